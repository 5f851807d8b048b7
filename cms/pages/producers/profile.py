"""One producer for readers: who he is, what he makes, how to buy it, and by what right he stands here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.base.cache import keep_until
from cms.feeds.businesses import as_linked_data
from cms.pages.places import Map, Spot
from cms.pages.producers import clock, fresh, maps
from cms.pages.producers.results import Way, origin, point_shown, price, way
from cms.pages.producers.scope import Scope
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.producers import queries
from coalition.producers.models import Declaration, Label, Principles, Producer, Product, SalesChannel
from coalition.producers.seasons import Months
from coalition.producers.words import Allergen, AllergenState, Category, Contact


@dataclass(frozen=True)
class Item:
    """A product with its price from, what must be known of allergens, and the months in which it is there."""

    name: str
    price: str
    allergens: str
    strip: Sequence[fresh.Month]
    # How it is there this month.
    season: str = ""


@dataclass(frozen=True)
class Shelf:
    """The products of one category."""

    heading: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Point:
    """One way of buying with its own hours, where they differ from those of the producer."""

    way: Way
    url: str
    note: str
    hours: Sequence[str]


@dataclass(frozen=True)
class Vow:
    """One principle of the coalition, and what he declared on it; `answer` is empty where he has not said."""

    title: str
    text: str
    key: str
    answer: str
    words: str
    on: date | None


@dataclass(frozen=True)
class Grounds:
    """Why he stands here: the version of the principles that the coalition goes by."""

    principles: Principles
    vows: Sequence[Vow]

    @property
    def declared_on(self) -> date | None:
        return max((vow.on for vow in self.vows if vow.on), default=None)


def producer(request: HttpRequest, scope: Scope, slug: str, *, now: datetime) -> dict:
    """The context of a producer's page; raises Http404 where readers of this coalition may not see him."""
    day, coalition = local_day(now), scope.coalition
    row = queries.with_offer(queries.public(day, among=scope.among).filter(slug=slug), day).first()
    if row is None:
        raise Http404
    state = clock.state(row, now)
    keep_until(request, state.until)
    canonical = _canonical(row, scope, day)
    return {
        "producer": row,
        "origin": origin(row),
        "state": state,
        "hours": clock.hours(row),
        "closures": row.closures.all(),
        "points": [_point(channel) for channel in row.channels.all()],
        "shelves": _shelves(row.products.all(), day, coalition),
        "labels": row.labels.all(),
        "photos": row.photos.all(),
        "address": _address(row),
        "contact": {field.value: row.shows(field) for field in Contact},
        "grounds": grounds(row, coalition, day),
        "map": _map(row, scope, day),
        "canonical": canonical,
        "linked_data": as_linked_data(row, url=f"{settings.PUBLIC_URL}{canonical}", now=now),
        "now": now,
    }


def _map(row: Producer, scope: Scope, day: date) -> Map | None:
    longitude, latitude = point_shown(row)
    if longitude is None or latitude is None:
        return None
    words = ", ".join(_address(row))
    return maps.of_one(scope, Spot(row.name, words, longitude, latitude, Contact.ADDRESS in row.shown), day)


def _canonical(row: Producer, scope: Scope, day: date) -> str:
    """The one address by which he is known elsewhere, when he stands in several coalitions: the first by name."""
    from cms.pages.producers.scope import everywhere

    directories = everywhere().directories | scope.directories
    home = queries.where_listed([row.pk], day, directories)[row.pk]
    return f"{directories[home.pk]}{row.slug}/"


def _address(row: Producer) -> list[str]:
    """Street only when he shows it; the village always: that is where his products come from."""
    town = " ".join(part for part in (row.postcode, row.place or (row.municipality and row.municipality.name)) if part)
    return [line for line in (row.shows(Contact.ADDRESS), town) if line]


def _point(channel: SalesChannel) -> Point:
    return Point(way(channel), channel.url, channel.note, clock.spoken(channel.opening_hours))


# --- what he makes


def _shelves(products: Sequence[Product], day: date, coalition: Coalition | None) -> list[Shelf]:
    """The products by category, in the order of the categories."""
    rows = list(products)
    known = fresh.calendar(coalition) if any(product.crop for product in rows) else {}
    return [
        Shelf(str(category.label), [_item(row, day, known) for row in rows if row.category == category])
        for category in Category
        if any(row.category == category for row in rows)
    ]


def _item(product: Product, day: date, known: Mapping[str, Months]) -> Item:
    months = known.get(product.crop)
    strip, words = (fresh.strip(months, day.month), fresh.spoken(months, day.month)) if months else ((), "")
    return Item(product.name, price(product), allergens(product), strip, words)


def allergens(product: Product) -> str:
    """What the law wants said of a product, as one sentence (L-11.1)."""
    sentences = []
    if product.allergen_state == AllergenState.CONTAINS and product.allergens:
        sentences.append(_("Contains %(names)s.") % {"names": _names(product.allergens)})
    elif product.allergen_state == AllergenState.NONE:
        sentences.append(_("No allergens."))
    if product.may_contain:
        sentences.append(_("May contain traces of %(names)s.") % {"names": _names(product.may_contain)})
    return " ".join(sentences)


def _names(keys: Sequence[str]) -> str:
    known = [str(Allergen(key).label) for key in keys if key in Allergen.values]
    if len(known) < 2:
        return "".join(known)
    return pgettext("list", "%(most)s and %(last)s") % {"most": ", ".join(known[:-1]), "last": known[-1]}


# --- by what right


def grounds(row: Producer, coalition: Coalition | None, day: date) -> Grounds | None:
    """The principles of the coalition with what he declared on each; None where it has adopted none."""
    principles = queries.principles_of(coalition, day) if coalition else None
    if principles is None:
        return None
    declared = queries.declared(row, principles)
    return Grounds(principles, [_vow(item, declared.get(item["key"])) for item in principles.items])


def _vow(item: dict, said: Declaration | None) -> Vow:
    return Vow(
        title=item["title"],
        text=item.get("text", ""),
        key=said.answer if said else "",
        answer=str(said.get_answer_display()) if said else "",
        words=said.words if said else "",
        on=local_day(said.declared_at) if said else None,
    )


def certificate(label: Label) -> str:
    """The number and the control body behind a label."""
    return ", ".join(part for part in (label.certificate, label.body) if part)
