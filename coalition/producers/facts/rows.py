"""A profile as rows: reading them as one dict, and writing the dict back."""

from datetime import date, datetime
from typing import Any

from coalition.producers import hours
from coalition.producers.facts.cleaning import EMPTY, PLAIN
from coalition.producers.models import Closure, Label, OpenSpan, Producer, Product, SalesChannel
from coalition.territory.ground import Ground

# The columns of what hangs on a producer, in the words of the profile.
ROWS = {
    "channels": (SalesChannel, ("kind", "name", "url", "opening_hours", "note", "is_full", "is_accessible")),
    "products": (
        Product,
        ("name", "category", "crop", "allergen_state", "allergens", "may_contain", "price_cents", "price_unit"),
    ),
    "labels": (Label, ("kind", "name", "certificate", "body", "expires_on")),
    "closures": (Closure, ("first_day", "last_day", "reason")),
}
DAYS = {"expires_on", "first_day", "last_day", "favv_checked_on"}
POSITIONED = {"channels", "products"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def read_facts(producer: Producer) -> dict[str, Any]:
    """The profile as it stands in the rows (four queries)."""
    facts = {key: _plain(getattr(producer, key)) for key in EMPTY if key not in ROWS}
    for key, (_model, columns) in ROWS.items():
        rows = getattr(producer, key).values(*columns)
        facts[key] = [{column: _plain(value) for column, value in row.items()} for row in rows]
    return facts


def write_facts(producer: Producer, facts: dict[str, Any], *, ground: Ground, now: datetime) -> None:
    """Make the rows say what a clean profile says; rows that nobody named are gone."""
    for key in (*PLAIN, "latitude", "longitude"):
        setattr(producer, key, _day(key, facts[key]))
    week = hours.weekly(producer.opening_hours) if producer.opening_hours else []
    producer.hours_depend = week is None
    producer.municipality_id = where(facts, ground)
    producer.offer_text = " ".join(product["name"] for product in facts["products"])
    producer.changed_at = now
    is_new = producer.pk is None
    producer.save()
    for key in ROWS:
        _write_rows(producer, key, facts[key], is_new)
    if not is_new:
        producer.spans.all().delete()
    OpenSpan.objects.bulk_create(OpenSpan(producer=producer, begins=begins, ends=ends) for begins, ends in week or [])


def where(facts: dict[str, Any], ground: Ground) -> int | None:
    """The id of the municipality in which a profile lies."""
    return ground.where(facts["longitude"], facts["latitude"], facts["postcode"], facts["place"])


def _write_rows(producer: Producer, key: str, rows: list[dict[str, Any]], is_new: bool) -> None:
    model, columns = ROWS[key]
    if not is_new:
        getattr(producer, key).all().delete()
    places = [{"position": number} if key in POSITIONED else {} for number in range(len(rows))]
    model.objects.bulk_create(
        model(producer=producer, **{column: _day(column, row[column]) for column in columns}, **place)
        for row, place in zip(rows, places, strict=True)
    )


def _day(key: str, value: Any) -> Any:
    return date.fromisoformat(value) if key in DAYS and value else value
