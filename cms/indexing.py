"""What the index of readers is told of pages: those that anybody may read, and nothing of any other."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.search.index import SearchField

from cms.pages.coalitions import CoalitionPage
from coalition.search.actions import Facts, forget_all_but, forget_documents, keep_documents
from coalition.search.models import SearchDocument

Kind = SearchDocument.Kind
KINDS = {"coalitionpage": Kind.COALITION, "municipalitypage": Kind.MUNICIPALITY, "newspage": Kind.NEWS}
# What a page says of itself in two sentences has one of these names; every other field that is searched is its text.
LEADS = ("lead", "intro")
PAGES_AT_ONCE = 200
# A page that was put there without ever being published stands behind all others.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def index_page(page: Page) -> None:
    """Write down one page as it is now, or take it out where it is not public."""
    index_pages(Page.objects.filter(pk=page.pk))


def index_branch(page: Page) -> None:
    """The same for a page and all that is below it, which shares its privacy and part of its address."""
    index_pages(Page.objects.descendant_of(page, inclusive=True))


def is_found_at_its_address(page: Page) -> bool:
    """Whether the index knows the page where it stands: then what is below it stands where it stood."""
    return SearchDocument.objects.filter(number=page.pk, url=page.get_url() or "").exists()


def forget_page(page: Page) -> None:
    forget_documents([page.pk])


def rebuild() -> tuple[int, int]:
    """Make the index what the receivers would have made it; returns how many pages are in it and how many went."""
    gone = forget_all_but(Page.objects.values_list("pk", flat=True))
    index_pages(Page.objects.all())
    return SearchDocument.objects.count(), gone


def index_pages(pages: QuerySet[Page]) -> None:
    """Write down or take out each of these pages, some hundreds at a time."""
    shut, spaces = _shut_paths(), _spaces()
    numbers = list(pages.order_by("path").values_list("pk", flat=True))
    for at in range(0, len(numbers), PAGES_AT_ONCE):
        part = list(Page.objects.filter(pk__in=numbers[at : at + PAGES_AT_ONCE]).specific().select_related("locale"))
        public = [page for page in part if _is_public(page, shut)]
        shown = {page.pk for page in public}
        forget_documents([page.pk for page in part if page.pk not in shown])
        keep_documents([_facts(page, spaces) for page in public])


def _shut_paths() -> set[str]:
    """Where a branch of the tree begins that not everybody may read: withdrawn, or closed."""
    withdrawn = Page.objects.filter(live=False).values_list("path", flat=True)
    closed = PageViewRestriction.objects.values_list("page__path", flat=True)
    return {*withdrawn, *closed}


def _is_public(page: Page, shut: set[str]) -> bool:
    return not shut.intersection(_road(page.path)) and bool(page.get_url())


def _road(path: str) -> Iterator[str]:
    """The tree paths of a page and everything above it."""
    return (path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen))


def _spaces() -> dict[str, int]:
    """The coalition that has each space, by the tree path of its page."""
    spaces = CoalitionPage.objects.filter(coalition__isnull=False)
    return dict(spaces.values_list("path", "coalition"))


def _facts(page: Page, spaces: dict[str, int]) -> Facts:
    lead, text = _words(page)
    municipality = getattr(page, "municipality", None)
    return Facts(
        number=page.pk,
        kind=KINDS.get(page._meta.model_name, Kind.PAGE),
        coalition_id=next((spaces[path] for path in _road(page.path) if path in spaces), None),
        subject=municipality.nis if municipality is not None else "",
        title=page.title,
        lead=lead,
        text=text,
        url=page.get_url(),
        language=page.locale.language_code,
        published_at=page.first_published_at or NEVER,
    )


def _words(page: Page) -> tuple[str, str]:
    """The lead and the text of a page, from what it declares as searched beside its title (`search_fields`)."""
    lead, text = [], []
    for field in page.search_fields:
        if isinstance(field, SearchField) and field.field_name != "title":
            (lead if field.field_name in LEADS else text).append(_plain(page, field))
    return _joined(lead), _joined(text)


def _plain(page: Page, field: SearchField) -> str:
    value = field.get_value(page)
    return _joined(value) if isinstance(value, list | tuple) else str(value or "")


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(" ".join(str(part).split()) for part in parts if str(part).strip())
