"""What the house holds of somebody: each room says what, why, for how long, and how it is shown, erased and forgotten.

Rooms `register` at start-up (see `coalition.apps` and `cms.apps`), the lower ones first; `coalition.rights` asks them
and knows none of them. The register stands on the floor of people, the lowest that knows what a person is, because
the memory, the post office and the imports hold something of people too and may not look higher.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from coalition.people.models import Person


@dataclass(frozen=True)
class Subject:
    """Somebody as the house can know him: addresses that he has proven to be his, and his account if he has one.

    traces: kind and key of the rows that are about him, as `coalition.activity` writes them down.
    """

    addresses: tuple[str, ...]
    person: "Person | None" = None
    traces: frozenset[tuple[str, str]] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """What names him in texts that he wrote or that are about him; a first name alone names many."""
        name = self.person.name.strip() if self.person else ""
        return (*self.addresses, name) if " " in name else self.addresses


@dataclass(frozen=True)
class Item:
    """One thing that is held: what it is called, and its facts by their labels."""

    title: Any
    facts: dict[Any, Any]


def _nothing(*_args: Any) -> tuple:
    return ()


@dataclass(frozen=True)
class Holding:
    """What one room holds of people.

    purpose, kept, stays: sentences for whoever it is about: why, for how long, and what is left after erasing.
    show: everything held of a subject; erase: make it go, or make him unrecognisable in it; a second time does nothing.
    about: rows that are about a subject; coalitions: ids of those that hold it;
    obstacles: sentences why he must do something else first; forget: let go of at most so many rows that are held too
    long, returns how many.
    """

    name: str
    purpose: Any
    kept: Any
    show: Callable[[Subject], list[Item]]
    erase: Callable[[Subject, datetime], None]
    stays: Any = ""
    about: Callable[[Subject], Iterable[models.Model]] = _nothing
    coalitions: Callable[[Subject], Iterable[int]] = _nothing
    obstacles: Callable[[Subject, datetime], Iterable[str]] = _nothing
    forget: Callable[[datetime, int], int] | None = None


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> Holding:
    """Make a holding known; the same name twice is a mistake in the code."""
    if holding.name in _holdings and _holdings[holding.name] != holding:
        raise ValueError(f"holding {holding.name} is registered twice")
    _holdings[holding.name] = holding
    return holding


def from_the_ground_up() -> list[Holding]:
    """All holdings, those of the lowest rooms first."""
    return list(_holdings.values())


def from_the_roof_down() -> list[Holding]:
    """All holdings, those of the highest rooms first: who is built on an account goes before the account."""
    return list(reversed(_holdings.values()))


def with_traces(subject: Subject) -> Subject:
    """The subject with every row that is about him named, while those rows are still there."""
    rows = [row for holding in from_the_ground_up() for row in holding.about(subject)]
    return replace(subject, traces=frozenset((row._meta.model_name, str(row.pk)) for row in rows))
