"""Finding the municipality somebody means, by its name, a postcode, a village or a name from before a merger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.territory.models import Locality, Municipality
from coalition.territory.rules import fold


class Reason(StrEnum):
    """Why a municipality answers, the plainest reason first."""

    NAME = "name"
    POSTCODE = "postcode"
    LOCALITY = "locality"
    FORMER = "former"


@dataclass(frozen=True)
class Match:
    """A municipality that holds on the day asked, and what in it answered.

    `matched` is the name or postcode that was found; `merged_on` the first day on which the municipality of that name
    was another, None where nothing merged. `place` is the former municipality of that very name, whose point is nearer
    to what is meant than that of the municipality which it is part of now.
    """

    municipality: Municipality
    matched: str
    reason: Reason
    merged_on: date | None = None
    place: Municipality | None = None

    @property
    def note(self) -> str:
        """Why it answers, as a sentence for the reader; empty where its own name does."""
        if self.merged_on:
            day = date_format(self.merged_on, "DATE_FORMAT")
            return _("%(matched)s has been part of it since %(day)s.") % {"matched": self.matched, "day": day}
        return "" if self.reason == Reason.NAME else self.matched


def find(text: str, on: date, limit: int = 10) -> list[Match]:
    """The municipalities on the day `on` that somebody may mean by `text`, the likeliest first, each once.

    Capitals, accents and hyphens do not matter, the beginning of a word is enough; a municipality that has ended
    answers with what it became, through any number of mergers. Two queries where nothing answers, else three.
    """
    sought = fold(text)
    if not sought:
        return []
    hits = [*_by_name(sought), *_by_locality(sought)]
    if not hits:
        return []
    known = _known({hit.origin for hit in hits})
    roads = {row.pk: (row.successor_id, row.valid_until) for row in known if row.successor_id and row.valid_until}
    former = {fold(row.name_nl): row for row in known if row.pk in roads}
    ends = {hit.origin: _present_day(hit.origin, roads, on) for hit in hits}
    answers = {row.pk: row for row in known if row.holds_on(on)}
    hits.sort(key=lambda hit: hit.rank(sought))
    matches: dict[int, Match] = {}
    for hit in hits:
        end = ends[hit.origin]
        if end in answers and end not in matches:
            merged_on = roads[hit.origin][1] + timedelta(days=1) if end != hit.origin else None
            reason = Reason.FORMER if merged_on and hit.reason == Reason.NAME else hit.reason
            place = former.get(fold(hit.matched.lstrip("0123456789")))
            within = place is not None and _present_day(place.pk, roads, on) == end
            matches[end] = Match(answers[end], hit.matched, reason, merged_on, place if within else None)
    return list(matches.values())[:limit]


@dataclass(frozen=True)
class _Hit:
    origin: int
    matched: str
    reason: Reason

    def rank(self, sought: str) -> tuple:
        """Whole names before beginnings, names before villages, then the alphabet."""
        name = fold(self.matched)
        closeness = 0 if name == sought else 1 if name.startswith(sought) else 2
        return closeness, list(Reason).index(self.reason), name


def _by_name(sought: str) -> Iterator[_Hit]:
    rows = Municipality.objects.filter(search_text__contains=f" {sought}")
    for pk, *names in rows.values_list("pk", "name_nl", "name_fr"):
        yield _Hit(pk, _closest(names, sought), Reason.NAME)


def _by_locality(sought: str) -> Iterator[_Hit]:
    rows = Locality.objects.filter(search_text__contains=f" {sought}")
    for origin, name, postcode in rows.values_list("municipality_id", "name", "postcode"):
        by_code = sought.isdigit()
        whole = fold(f"{postcode} {name}") == sought
        matched = f"{postcode} {name}".strip() if by_code or whole else name
        yield _Hit(origin, matched, Reason.POSTCODE if by_code else Reason.LOCALITY)


def _closest(names: Iterable[str], sought: str) -> str:
    known = [name for name in names if name]
    return next((name for name in known if f" {sought}" in f" {fold(name)}"), known[0])


def _known(origins: set[int]) -> list[Municipality]:
    """These municipalities, all that merged, and what they merged into (one query)."""
    merged = Municipality.objects.filter(successor__isnull=False)
    wanted = Q(pk__in=origins) | Q(successor__isnull=False) | Q(pk__in=merged.values("successor"))
    return list(Municipality.objects.filter(wanted).defer("boundary", "outline"))


def _present_day(origin: int, roads: dict[int, tuple[int, date]], on: date) -> int:
    """Where the road of mergers leads by the day `on`; a road that goes round in a circle ends where it began."""
    seen = {origin}
    at = origin
    while at in roads and roads[at][1] < on:
        at = roads[at][0]
        if at in seen:
            return origin
        seen.add(at)
    return at
