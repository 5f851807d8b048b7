"""The plain table behind the hours: what can be worked out once, on saving, and asked of 5,000 producers at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from coalition.base.dates import BRUSSELS
from coalition.base.holidays import is_holiday
from coalition.producers.hours import clock
from coalition.producers.hours.grammar import is_weekly, outside_remarks

# A week without a public holiday and without a change of the clock, to read the days of the week from.
PLAIN_MONDAY = date(2026, 9, 14)
DAY, WEEK = 1440, 7 * 1440

Minutes = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Moment:
    """An instant as the tables know it: minutes since Monday 00:00 in Brussels, and whether it is a holiday."""

    minute: int
    holiday: bool
    at: datetime


def moment(at: datetime) -> Moment:
    """The instant `at`, looked up once for all tables."""
    wall = at.astimezone(BRUSSELS)
    return Moment(wall.weekday() * DAY + wall.hour * 60 + wall.minute, is_holiday(wall.date()), at)


@lru_cache(maxsize=8192)
def _week(text: str, holiday: bool) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for weekday in range(7):
        for start, end in _day(text, weekday, holiday):
            start, end = weekday * DAY + start, weekday * DAY + end
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return tuple(found)


def _day(text: str, weekday: int, holiday: bool) -> list[tuple[int, int]]:
    spans = clock.spans_on_weekday(text, PLAIN_MONDAY + timedelta(days=weekday), holiday)
    return [(span.start, span.end) for span in spans if span.kind == clock.Kind.OPEN]


def weekly(text: str) -> list[tuple[int, int]] | None:
    """When it is open, in minutes since Monday 00:00 (0 to 10080), the same every week of the year.

    What goes on past midnight is one pair, only the end of Sunday cuts it. None where the hours depend on the date,
    on public holidays or on the sun: ask `clock` instead.
    """
    if not text or "PH" in outside_remarks(text) or not is_weekly(text):
        return None
    return list(_week(text, False))


def table(text: str) -> dict | None:
    """What to keep beside the text, as plain JSON: {"week": [[start, end], …], "holiday": [[…]] or null}.

    "week" is as in `weekly`; "holiday" says, at the minutes of each weekday, when it is open on a public holiday that
    falls on it, null where the hours say nothing of holidays. None where the hours need evaluation (by season, by
    date, by the sun) or where there are none.
    """
    if not text or not is_weekly(text):
        return None
    speaks = "PH" in outside_remarks(text)
    return {
        "week": [list(pair) for pair in _week(text, False)],
        "holiday": [list(pair) for pair in _week(text, True)] if speaks else None,
    }


def open_now(kept: dict | None, text: str, now: Moment) -> bool:
    """Whether it is open: by the table that was kept, and by the text itself where there is none.

    Closures are not looked at: they are days, so the query leaves them out.
    """
    if kept is None:
        return bool(text) and clock.is_open(text, now.at)
    pairs: Minutes = kept["week"]
    if now.holiday and kept["holiday"] is not None:
        pairs = kept["holiday"]
    minute = now.minute
    return any(start <= minute < end for start, end in pairs)
