"""What is in season in a month, who has it, and the whole year as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from cms.pages.producers import fresh
from cms.pages.producers.question import CROP, Question
from cms.pages.producers.scope import Scope
from coalition.base.dates import local_day
from coalition.producers import queries, seasons
from coalition.producers.seasons import Months, SeasonState

MONTH = "maand"
TEMPLATE = "cms/producers/seasons.html"


@dataclass(frozen=True)
class Line:
    """A crop in the month asked: how it is there, who has it, and its year."""

    name: str
    words: str
    makers: int
    url: str
    strip: Sequence[fresh.Month]


@dataclass(frozen=True)
class Group:
    """The crops that are there in the same way."""

    key: str
    heading: str
    lines: Sequence[Line]


def seasons_page(request: HttpRequest, scope: Scope, directory: str, *, now: datetime) -> dict:
    """The context of the season page; `directory` is the address where one finds who has a crop."""
    today = local_day(now)
    month = _month(request.GET.get(MONTH, ""), today.month)
    known = fresh.calendar(scope.coalition)
    makers = queries.crops_of(queries.public(today, among=scope.among))
    lines = {slug: _line(slug, known[slug], month, makers, directory) for slug in fresh.sorted_by_name(list(known))}
    return {
        "month": month,
        "month_name": fresh.month_name(month),
        "is_now": month == today.month,
        "months": [(number, fresh.month_name(number)) for number in seasons.MONTHS],
        "letters": [(fresh.month_name(n, "narrow").upper(), fresh.month_name(n)) for n in seasons.MONTHS],
        "groups": _groups(lines, known, month),
        "lines": list(lines.values()),
        "states": [(state.value, fresh.WORDS[state]) for state in SeasonState],
    }


def _month(text: str, now: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 and int(text) in seasons.MONTHS else now


def _line(slug: str, months: Months, month: int, makers: Mapping[str, int], directory: str) -> Line:
    count = makers.get(slug, 0)
    url = directory + Question().address(**{CROP: slug}) if count else ""
    return Line(fresh.name_of(slug), fresh.spoken(months, month), count, url, fresh.strip(months, month))


def _groups(lines: Mapping[str, Line], known: Mapping[str, Months], month: int) -> list[Group]:
    """What is there, the freshest first; then what is not."""
    states = {slug: seasons.state_of(known[slug], month) for slug in lines}
    return [
        Group(state.value, str(fresh.WORDS[state]), [lines[slug] for slug in lines if states[slug] == state])
        for state in SeasonState
        if state in states.values()
    ]
