"""Open or closed at this moment, in words, and until when that stays true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from coalition.base.dates import BRUSSELS, at_local
from coalition.producers import queries
from coalition.producers.models import Producer


@dataclass(frozen=True)
class State:
    """`is_open` is None where nobody can know; `until` is when that changes."""

    is_open: bool | None = None
    words: str = ""
    until: datetime | None = None


def minute_of_week(now: datetime) -> int:
    """How many minutes of the week have passed on the wall clock of Brussels; Monday 0.00 is 0."""
    here = now.astimezone(BRUSSELS)
    return here.weekday() * 1440 + here.hour * 60 + here.minute


def first(states: Iterable[State]) -> datetime | None:
    """When the first of these states changes."""
    return min((state.until for state in states if state.until is not None), default=None)


def state(producer: Producer, now: datetime) -> State:
    return State()


def open_at(rows: QuerySet[Producer], now: datetime) -> list[int]:
    return []


def open_on_sunday(rows: QuerySet[Producer], day: date) -> list[int]:
    return []


def hours(producer: Producer) -> list[str]:
    return spoken(producer.opening_hours)


def spoken(text: str) -> list[str]:
    return [text] if text else []
