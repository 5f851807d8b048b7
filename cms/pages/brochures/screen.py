"""A brochure on the screen: the same choice as on paper, with what a screen adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.base.cache import keep_until
from cms.pages.brochures.facts import crops_shown, producer_facts
from cms.pages.brochures.selection import producers_of
from cms.pages.brochures.sheets import prints_of
from cms.pages.places import Map
from cms.pages.producers import fresh, maps
from cms.pages.producers.results import Offer, origin, point_shown, price
from cms.pages.producers.scope import of_one
from coalition.base.dates import local_day
from coalition.brochures.contents import ProducerFacts
from coalition.press.drawing import Pin
from coalition.producers import seasons
from coalition.producers.models import Photo, Producer
from coalition.producers.seasons import SeasonState

if TYPE_CHECKING:
    from cms.pages.brochures.page import BrochurePage

# How soon a page on which something is being made is made anew.
WHILE_WORKING = timedelta(seconds=10)


@dataclass(frozen=True)
class Entry:
    """One producer; `number` is the one on paper."""

    facts: ProducerFacts
    url: str
    origin: str
    offers: Sequence[Offer]
    photo: Photo | None
    # To the kilometre only, where he does not show his street.
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True)
class CropLine:
    name: str
    strip: Sequence[fresh.Month]


def shown(page: "BrochurePage", request: HttpRequest, *, now: datetime) -> dict:
    """The context of a brochure's page; the same queries for 3 and for 300 producers."""
    day = local_day(now)
    rows, prints = producers_of(page, day), prints_of(page)
    entries = [_entry(row, number) for number, row in enumerate(rows, start=1)]
    if not all(one.is_settled for one in prints):
        keep_until(request, now + WHILE_WORKING)
    return {
        "entries": entries,
        "crops": _crops(page, rows, day.month) if page.with_calendar else [],
        "letters": [(fresh.month_name(n, "narrow").upper(), fresh.month_name(n)) for n in seasons.MONTHS],
        "states": [(state.value, fresh.WORDS[state]) for state in SeasonState],
        "map": _map(page, entries, day),
        "prints": prints,
        "is_making": any(not one.is_settled for one in prints),
        "day": day,
    }


def _entry(row: Producer, number: int) -> Entry:
    longitude, latitude = point_shown(row)
    return Entry(
        facts=producer_facts(row, number, get_language() or "nl"),
        url=reverse("producer", args=[row.slug]),
        origin=origin(row),
        offers=[Offer(product.name, price(product)) for product in row.products.all()],
        photo=next(iter(row.photos.all()), None),
        longitude=longitude,
        latitude=latitude,
    )


def _crops(page: "BrochurePage", rows: Sequence[Producer], month: int) -> list[CropLine]:
    known = fresh.calendar(page.coalition)
    return [CropLine(fresh.name_of(crop), fresh.strip(known[crop], month)) for crop in crops_shown(rows, known)]


def _map(page: "BrochurePage", entries: Sequence[Entry], day: date) -> Map | None:
    """The producers by their numbers; None where nobody has a point."""
    if not page.with_map or page.coalition is None:
        return None
    placed = [one for one in entries if one.longitude is not None and one.latitude is not None]
    pins = [Pin(str(one.facts.number), one.longitude, one.latitude) for one in placed]
    return maps.on_ground(of_one(page.coalition, ""), pins, _("Where these producers are"), day) if pins else None
