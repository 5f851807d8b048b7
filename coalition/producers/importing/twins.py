"""Who is known here already: by number, by the list he came from, or by name and place."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from coalition.membership.models import Coalition
from coalition.producers import queries
from coalition.producers.models import Producer
from coalition.territory.rules import fold

# Degrees of latitude and longitude about 600 m wide, in which names are compared.
CELL = 0.006, 0.009
SAME_PLACE_METRES = 600
SAME_DOOR_METRES = 60
ALIKE = 0.8


@dataclass(frozen=True)
class Twin:
    """Somebody who may be the same: a producer by his key, or an earlier row of the file by its number."""

    reason: str
    key: int | None = None
    row: int | None = None
    label: str = ""


@dataclass(frozen=True)
class _Known:
    key: int | None
    row: int | None
    name: str
    label: str
    number: str
    source_key: str
    postcode: str
    place: str
    latitude: float | None
    longitude: float | None


class Twins:
    """Those who are known, ready to be asked for many rows."""

    def __init__(self) -> None:
        self.by_number: dict[str, _Known] = {}
        self.by_source: dict[str, _Known] = {}
        self.by_name: dict[str, list[_Known]] = {}
        self.by_cell: dict[tuple[int, int], list[_Known]] = {}

    def add(self, known: _Known) -> None:
        if known.number:
            self.by_number.setdefault(known.number, known)
        if known.source_key:
            self.by_source.setdefault(known.source_key, known)
        self.by_name.setdefault(known.name, []).append(known)
        if known.latitude is not None and known.longitude is not None:
            self.by_cell.setdefault(_cell(known.latitude, known.longitude), []).append(known)

    def add_row(self, number: int, facts: Mapping[str, Any], source_key: str) -> None:
        """Remember a row of the file itself, for the rows after it."""
        self.add(_Known(None, number, fold(facts["name"]), facts["name"], *_told(facts, source_key)))

    def find(self, facts: Mapping[str, Any], source_key: str, *, is_nameless: bool = False) -> Twin | None:
        """Who is probably the same as this profile, by the surest sign; a name that we gave ourselves is none."""
        return (
            self._named("key", self.by_source.get(source_key) if source_key else None)
            or self._named("number", self.by_number.get(facts["enterprise_number"]))
            or (None if is_nameless else self._same_name(facts))
            or self._same_door(facts)
        )

    def _named(self, reason: str, known: _Known | None) -> Twin | None:
        return Twin(reason, known.key, known.row, known.label) if known else None

    def _same_name(self, facts: Mapping[str, Any]) -> Twin | None:
        for known in self.by_name.get(fold(facts["name"]), []):
            metres = _metres(known, facts)
            same_place = bool(facts["postcode"]) and known.postcode == facts["postcode"]
            same_place = same_place or (bool(facts["place"]) and known.place == fold(facts["place"]))
            if (metres is not None and metres <= SAME_PLACE_METRES) or (same_place and (metres or 0) < 5_000):
                return self._named("name", known)
        return None

    def _same_door(self, facts: Mapping[str, Any]) -> Twin | None:
        if facts["latitude"] is None:
            return None
        name, (row, column) = fold(facts["name"]), _cell(facts["latitude"], facts["longitude"])
        near = [
            known
            for r in (row - 1, row, row + 1)
            for c in (column - 1, column, column + 1)
            for known in self.by_cell.get((r, c), [])
            if (_metres(known, facts) or 0) <= SAME_DOOR_METRES
        ]
        alike = (known for known in near if SequenceMatcher(None, known.name, name).ratio() >= ALIKE)
        return self._named("door", next(alike, None))


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / CELL[0]), math.floor(longitude / CELL[1])


def _metres(known: _Known, facts: Mapping[str, Any]) -> float | None:
    """Near enough for a comparison of neighbours."""
    if known.latitude is None or known.longitude is None or facts["latitude"] is None:
        return None
    north = (known.latitude - facts["latitude"]) * 111_195
    east = (known.longitude - facts["longitude"]) * 70_200
    return math.hypot(north, east)


def _told(facts: Mapping[str, Any], source_key: str) -> tuple:
    return (
        facts["enterprise_number"], source_key, facts["postcode"], fold(facts["place"]), facts["latitude"],
        facts["longitude"],
    )  # fmt: skip


def twins_of(coalition: Coalition, day: date) -> Twins:
    """All whom this coalition may know of: those it lists, drafts too, and those whom everybody sees (one query)."""
    own = queries.of_coalition(coalition).order_by().values("pk")
    seen = Producer.objects.filter(Q(pk__in=own) | Q(pk__in=queries.public(day).order_by().values("pk")))
    twins = Twins()
    for known in _known(seen):
        twins.add(known)
    return twins


def _known(producers: Iterable[Producer]) -> Iterable[_Known]:
    columns = ("pk", "name", "enterprise_number", "source_key", "postcode", "place", "latitude", "longitude")
    for pk, name, number, key, postcode, place, latitude, longitude in producers.order_by("pk").values_list(*columns):
        label = f"{name}, {place}" if place else name
        yield _Known(pk, None, fold(name), label, number, key, postcode, fold(place), latitude, longitude)
