"""When a producer, a product or a label may be shown; objects and a day in, an answer out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coalition.producers.words import NEEDS_CERTIFICATE, FoodAgencyLevel

if TYPE_CHECKING:
    from coalition.producers.models import Label, Producer

# How long a link in a letter to a farmer works, and how long his last yes counts as fresh.
LINK_OPEN = timedelta(minutes=30)
LETTER_OPEN = timedelta(days=14)
FRESH = timedelta(days=365)
LONGEST_STORY = 4000
MOST_PRODUCTS = 120
MOST_CHANNELS = 20
MOST_LABELS = 20
MOST_CLOSURES = 30
MOST_PHOTOS = 12


def lacks_food_agency(producer: "Producer") -> bool:
    """Whether he processes or resells without a declaration to the food agency (L-9.2): then he is not shown."""
    undeclared = producer.favv_level in (FoodAgencyLevel.NONE, FoodAgencyLevel.PRIMARY)
    return (producer.processes or producer.sells_third_party) and undeclared


def is_label_valid(label: "Label", day: date) -> bool:
    """Whether a label may be shown on `day`: where the law wants a certificate, there is one and it holds."""
    if label.expires_on is not None and label.expires_on < day:
        return False
    return label.kind not in NEEDS_CERTIFICATE or bool(label.certificate and label.expires_on)


# What is counted for the completeness of a profile, most telling first.
PARTS = ("story", "opening_hours", "municipality", "enterprise_number", "favv_level")


def missing_parts(producer: "Producer", *, products: int, channels: int, photos: int) -> list[str]:
    """Which parts of a profile are empty, by the names of their fields."""
    empty = [part for part in PARTS if not getattr(producer, f"{part}_id" if part == "municipality" else part)]
    counted = {"products": products, "channels": channels, "photos": photos}
    return empty + [name for name, count in counted.items() if not count]


def completeness(missing: Iterable[str]) -> int:
    """How much of a profile is there, in whole per cent."""
    whole = len(PARTS) + 3
    return round(100 * (whole - len(list(missing))) / whole)


def is_stale(producer: "Producer", day: date) -> bool:
    """Whether his last yes is older than a year, or never came."""
    return producer.confirmed_at is None or producer.confirmed_at.date() < day - FRESH
