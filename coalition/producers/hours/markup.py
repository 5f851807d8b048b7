"""Opening hours as search engines read them (https://schema.org/OpeningHoursSpecification)."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from coalition.base.holidays import is_holiday
from coalition.producers.hours.clock import Closure, open_on
from coalition.producers.hours.tables import PLAIN_MONDAY, table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AHEAD = 60  # days for which holidays are named one by one
AHEAD_BY_DATE = 14  # days told one by one where weeks differ


def specification(text: str, today: date, closures: Sequence[Closure] = ()) -> list[dict]:
    """The value of openingHoursSpecification, for the week and the days ahead; empty where no hours are known.

    Whole days are 00:00 to 23:59; a closed day is one that opens and closes at 00:00, as Google asks.
    """
    kept = table(text)
    if kept is not None:
        found = _week(text)
        if kept["holiday"] is not None:
            found += _days(text, [day for day in _ahead(today, AHEAD) if is_holiday(day)], keep_closed=True)
    else:
        found = _days(text, _ahead(today, AHEAD_BY_DATE), keep_closed=False)
    return found + [
        _hours(time.min, time.min, closed=True, validFrom=first.isoformat(), validThrough=last.isoformat())
        for first, last, _reason in closures
        if last >= today
    ]


def _ahead(today: date, days: int) -> list[date]:
    return [today + timedelta(days=step) for step in range(days)]


def _week(text: str) -> list[dict]:
    days: dict[tuple[time, time], list[str]] = {}
    for weekday, name in enumerate(WEEKDAYS):
        for span in open_on(text, PLAIN_MONDAY + timedelta(days=weekday)):
            days.setdefault(span, []).append(f"https://schema.org/{name}")
    return [_hours(*span, dayOfWeek=names) for span, names in days.items()]


def _days(text: str, days: list[date], *, keep_closed: bool) -> list[dict]:
    found = []
    for day in days:
        valid = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
        spans = open_on(text, day)
        found += [_hours(*span, **valid) for span in spans]
        if not spans and keep_closed:
            found.append(_hours(time.min, time.min, closed=True, **valid))
    return found


def _hours(opens: time, closes: time, *, closed: bool = False, **more: object) -> dict:
    until = "23:59" if closes == time.min and not closed else f"{closes:%H:%M}"
    return {"@type": "OpeningHoursSpecification", **more, "opens": f"{opens:%H:%M}", "closes": until}
