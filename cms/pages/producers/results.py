"""How a producer is told of in a list: where from, how far, open or not, how to buy, what, and at what price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cms.pages.producers import clock
from cms.templatetags.words import euro, number
from coalition.producers.models import Producer, Product, SalesChannel
from coalition.producers.words import Contact
from coalition.territory.rules import fold

PRODUCTS_SHOWN = 6
DAYS_AHEAD = 8


@dataclass(frozen=True)
class Offer:
    """A product and its price from, "€ 2,80/kg"; empty where none is told."""

    name: str
    price: str


@dataclass(frozen=True)
class Way:
    """One way of buying, with what somebody should know before going."""

    word: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One line of the directory; `number` stands on the map too."""

    number: int
    slug: str
    name: str
    url: str
    origin: str
    distance: str
    state: clock.State
    ways: Sequence[Way]
    offers: Sequence[Offer]
    more_offers: int
    labels: Sequence[str]
    longitude: float | None
    latitude: float | None


def result(producer: Producer, position: int, url: str, metres: float | None, now: datetime) -> Result:
    """`producer` as `coalition.producers.queries.with_summary` gives him; no query."""
    products = list(producer.products.all())
    longitude, latitude = point_shown(producer)
    return Result(
        number=position,
        slug=producer.slug,
        name=producer.name,
        url=url,
        origin=origin(producer),
        distance=distance(metres) if metres is not None else "",
        state=clock.state(producer, now, ahead=DAYS_AHEAD),
        ways=[way(channel) for channel in producer.channels.all()],
        offers=[Offer(product.name, price(product)) for product in products[:PRODUCTS_SHOWN]],
        more_offers=max(0, len(products) - PRODUCTS_SHOWN),
        labels=[str(label) for label in producer.labels.all()],
        longitude=longitude,
        latitude=latitude,
    )


def origin(producer: Producer) -> str:
    """Village and municipality: "Kester (Pajottegem)"."""
    municipality = producer.municipality.name if producer.municipality else ""
    if not producer.place or fold(producer.place) == fold(municipality):
        return municipality
    return f"{producer.place} ({municipality})" if municipality else producer.place


def point_shown(producer: Producer) -> tuple[float | None, float | None]:
    """Longitude and latitude for readers: to the kilometre only, where he does not show his street."""
    if producer.longitude is None or producer.latitude is None:
        return None, None
    decimals = 5 if Contact.ADDRESS in producer.shown else 2
    return round(producer.longitude, decimals), round(producer.latitude, decimals)


def distance(metres: float) -> str:
    """How far as the crow flies: "350 m", "3,2 km", "21 km"."""
    if metres < 950:
        return _("%(far)s m") % {"far": max(50, round(metres / 50) * 50)}
    kilometres = round(metres / 1000, 1)
    return _("%(far)s km") % {"far": number(kilometres if kilometres < 10 else round(kilometres))}


def price(product: Product) -> str:
    """The price from, for its unit: "€ 2,80/kg"."""
    if product.price_cents is None:
        return ""
    return f"{euro(product.price_cents)}/{product.price_unit}"


def way(channel: SalesChannel) -> Way:
    """How one buys, its own name, and whether a wheelchair comes in where he says so."""
    name = f": {channel.name}" if channel.name else ""
    notes = []
    if channel.is_full:
        notes.append(_("full, no new customers"))
    if channel.is_accessible is not None:
        notes.append(_("accessible by wheelchair") if channel.is_accessible else _("not accessible by wheelchair"))
    return Way(f"{channel.get_kind_display()}{name}", tuple(notes))
