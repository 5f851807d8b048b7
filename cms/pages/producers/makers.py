"""Who makes it here, for a front page or a corner: how many there are, some of them, and what is fresh now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils.translation import get_language

from cms.pages.producers import fresh
from cms.pages.producers import question as asked
from cms.pages.producers.results import origin, point_shown
from cms.pages.producers.scope import directory_of, everywhere
from coalition.base import freshness
from coalition.membership.models import Coalition
from coalition.press.drawing import Pin
from coalition.producers import queries
from coalition.producers.models import Producer
from coalition.territory.models import Municipality

SHOWN, WORDS, CROPS = 8, 4, 10


@dataclass(frozen=True)
class Maker:
    """One producer in a short list; `number` stands on the map too, where there is one."""

    number: int
    name: str
    url: str
    origin: str
    offers: tuple[str, ...]
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True)
class Makers:
    """`address` is the directory that names all of them; `fresh` are crops of this month with who has them."""

    total: int
    shown: Sequence[Maker]
    address: str
    fresh: Sequence[tuple[str, str]] = ()
    month: str = ""
    season_url: str = ""

    @property
    def pins(self) -> tuple[Pin, ...]:
        placed = [one for one in self.shown if one.longitude is not None and one.latitude is not None]
        return tuple(Pin(str(one.number), one.longitude, one.latitude) for one in placed)


NOBODY = Makers(0, (), "")


def of_coalition(coalition: Coalition, day: date) -> Makers:
    """Remembered while nothing changes in the coalition; else five queries."""
    name = f"makers:{coalition.pk}:{day}:{get_language()}"
    return freshness.remembered(name, lambda: _of_coalition(coalition, day), coalition.slug)


def _of_coalition(coalition: Coalition, day: date) -> Makers:
    address = directory_of(coalition)
    if address is None:
        return NOBODY
    found = queries.public(day, coalition)
    total, shown = _some(found)
    known = fresh.calendar(coalition) if total else {}
    makers = queries.crops_of(found) if total else {}
    crops = [slug for slug in fresh.crops(day.month, known) if slug in makers][:CROPS]
    return Makers(
        total=total,
        shown=[_maker(row, number, f"{address}{row.slug}/") for number, row in enumerate(shown, 1)],
        address=address,
        fresh=[(fresh.name_of(slug), f"{address}?{urlencode({asked.CROP: slug})}") for slug in crops],
        month=fresh.month_name(day.month),
        season_url=f"{address}seizoen/",
    )


def of_municipality(municipality: Municipality, day: date) -> Makers:
    """Those of a municipality, in whichever coalition readers find them; remembered, else five queries."""
    name = f"makers:nis{municipality.nis}:{day}:{get_language()}"
    return freshness.remembered(name, lambda: _of_municipality(municipality, day), "site")


def _of_municipality(municipality: Municipality, day: date) -> Makers:
    directories = everywhere().directories
    found = queries.public(day, among=directories).filter(municipality=municipality)
    total, shown = _some(found)
    where = queries.where_listed([row.pk for row in shown], day, directories) if shown else {}
    return Makers(
        total=total,
        shown=[
            _maker(row, number, f"{directories[where[row.pk].pk]}{row.slug}/")
            for number, row in enumerate(shown, 1)
            if row.pk in where
        ],
        address=f"{reverse('producers')}?{urlencode({asked.MUNICIPALITY: municipality.nis})}",
    )


def _some(found: QuerySet[Producer]) -> tuple[int, list[Producer]]:
    """How many there are, and those who confirmed last: the list changes by itself, and nobody pays for a place."""
    rows = queries.with_products(found.order_by("-confirmed_at", "pk")).annotate(total=Window(Count("pk")))
    shown = list(rows[:SHOWN])
    return (shown[0].total if shown else 0), shown


def _maker(row: Producer, number: int, url: str) -> Maker:
    offers = tuple(product.name for product in row.products.all())[:WORDS]
    longitude, latitude = point_shown(row)
    return Maker(number, row.name, url, origin(row), offers, longitude, latitude)
