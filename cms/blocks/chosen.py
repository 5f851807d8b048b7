"""What the blocks of one body have chosen, looked up together: one query for each kind, however full the body is.

Wagtail asks by itself for every kind of block, and again for every text with links. Here the body is read through
before it is shown; choosers (`cms.blocks.choosers`) and links (`cms.blocks.links`) then find what they want at hand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model, Q
from django.utils.translation import get_language
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from cms.base.closed import not_closed
from cms.blocks.pictures import with_sizes


@dataclass(frozen=True)
class Wish:
    """Something that a block shows; of a page also its `newest` pages, where the block wants as many."""

    model: type[Model]
    pk: int
    newest: int = 0


@dataclass
class AtHand:
    """What is known of the wishes of the body that is being shown, by kind and key."""

    things: dict[type[Model], dict[int, Model]] = field(default_factory=dict)
    newest: dict[int, list[Page]] = field(default_factory=dict)


_at_hand: ContextVar[AtHand | None] = ContextVar("at_hand", default=None)


@contextmanager
def looked_up(body: blocks.StreamValue) -> Iterator[None]:
    """While this lasts, all that `body` has chosen is at hand (at most a query for each kind, one for the newest)."""
    wishes = set(_of_stream(body.stream_block, body.raw_data))
    token = _at_hand.set(_look_up(wishes))
    try:
        yield
    finally:
        _at_hand.reset(token)


def known(model: type[Model]) -> dict[int, Model] | None:
    """What is at hand of `model`, by key; None where no body was read through for it."""
    found = _at_hand.get()
    return None if found is None else found.things.get(model)


def pages_linked(keys: Iterable[int]) -> dict[int, Page]:
    """The pages with these keys as a link leads to them: in the language of this visit where that is published."""
    keys = set(keys)
    found = known(Page)
    if found is None or not keys <= found.keys():
        found = _versions(keys)
    here = {page.translation_key: page for page in found.values() if page.locale.language_code == get_language()}
    versions = {key: here.get(found[key].translation_key) for key in keys & found.keys()}
    return {key: here if here is not None and here.live else found[key] for key, here in versions.items()}


def newest_below(page: Page, number: int) -> list[Page]:
    """The newest live pages below `page` that everybody may read."""
    found = _at_hand.get()
    if found is None or page.pk not in found.newest:
        return _newest({page: number})[page.pk]
    return found.newest[page.pk][:number]


# --- reading a body through


def _of_stream(stream: blocks.StreamBlock, raw: Iterable[dict]) -> Iterator[Wish]:
    for child in raw:
        if child["type"] in stream.child_blocks:
            yield from _wishes(stream.child_blocks[child["type"]], child["value"])


def _wishes(block: blocks.Block, raw) -> Iterator[Wish]:
    """What one block shows, from its raw value."""
    if not raw:
        return
    if isinstance(block, blocks.ChooserBlock):
        yield Wish(block.model_class, raw)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _links(raw)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _wishes(child, raw.get(name))
        if hasattr(block, "wishes"):
            yield from block.wishes(raw)
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            bare = not (isinstance(item, dict) and item.get("type") == "item" and "value" in item)
            yield from _wishes(block.child_block, item if bare else item["value"])
    elif isinstance(block, blocks.StreamBlock):
        yield from _of_stream(block, raw)
    elif isinstance(block, BaseTypedTableBlock):
        yield from _of_table(block, raw)


def _of_table(block: BaseTypedTableBlock, raw: dict) -> Iterator[Wish]:
    for place, column in enumerate(raw.get("columns", ())):
        child = block.child_blocks.get(column["type"])
        for row in raw.get("rows", ()) if child else ():
            yield from _wishes(child, row["values"][place])


def _links(source: str) -> Iterator[Wish]:
    models = {"page": Page, "document": get_document_model()}
    for tag in FIND_A_TAG.findall(source):
        attrs = extract_attrs(tag)
        if attrs.get("linktype") in models and attrs.get("id", "").isdecimal():
            yield Wish(models[attrs["linktype"]], int(attrs["id"]))


# --- asking for what was found


def _look_up(wishes: set[Wish]) -> AtHand:
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for wish in wishes:
        keys[wish.model].add(wish.pk)
    ways: dict[type[Model], Callable] = {Page: _versions, get_image_model(): with_sizes}
    found = AtHand({model: ways.get(model, model._default_manager.in_bulk)(wanted) for model, wanted in keys.items()})
    pages = found.things.get(Page, {})
    numbers: dict[Page, int] = defaultdict(int)
    for wish in wishes:
        if wish.newest and wish.pk in pages:
            numbers[pages[wish.pk]] = max(wish.newest, numbers[pages[wish.pk]])
    found.newest = _newest(numbers) if numbers else {}
    return found


def _versions(keys: Iterable[int]) -> dict[int, Page]:
    """The pages with these keys, and the same pages in other languages (one query)."""
    chosen = Page.objects.filter(pk__in=keys).order_by().values("translation_key")
    return {page.pk: page for page in Page.objects.filter(translation_key__in=chosen).select_related("locale")}


def _newest(numbers: dict[Page, int]) -> dict[int, list[Page]]:
    """So many live, public pages below each of these pages, the newest first, by the key of the page (one query)."""
    order = ("-first_published_at", "-pk")
    wanted = Q(pk__in=[])
    for page, number in numbers.items():
        below = Page.objects.descendant_of(page).live().filter(not_closed(page)).order_by(*order)
        wanted |= Q(pk__in=below.values("pk")[:number])
    found = list(Page.objects.filter(wanted).order_by(*order))
    return {page.pk: [one for one in found if one.is_descendant_of(page)][:number] for page, number in numbers.items()}
