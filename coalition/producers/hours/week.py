"""The week as a form shows it: seven days of at most two spans, a season, holidays, by appointment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coalition.producers.hours import clock
from coalition.producers.hours.grammar import DAYS, MONTHS, SIMPLE_TIMES, Rule, days_of, rules_of, span
from coalition.producers.hours.grammar import clock as written

BY_APPOINTMENT = "by appointment"
MOST_SPANS = 2
WHOLE_DAY = (0, 1440)

# From minute (0 to 1439) until minute, which is later, and past 1440 in the small hours of the next day.
Hours = tuple[int, int]


@dataclass(frozen=True)
class Week:
    """What most farm shops need to say; anything richer stays text."""

    days: tuple[tuple[Hours, ...], ...] = ((),) * 7  # Monday first
    season: tuple[int, int] | None = None  # first and last month, 1 to 12
    closed_on_holidays: bool = False
    by_appointment: bool = False  # at other times

    @property
    def is_empty(self) -> bool:
        return not any(self.days) and not self.by_appointment


def text_from_week(week: Week) -> str:
    """The week in OpenStreetMap's spelling, as `parse_hours` keeps it; empty where the week says nothing.

    Without any hours neither season nor holidays are told: there is nothing that they would limit.
    """
    rules = [" ".join(filter(None, [_days(days), _spans(spans)])) for spans, days in _alike(week)]
    if len(rules) == 1 and week.season and _rest_of_year(week.season):
        rules = [f"{_months(week.season)} {rules[0]}"]
    elif rules and week.season and (rest := _rest_of_year(week.season)):
        # Once for all days: seven days with a season before each would not fit.
        rules.append(f"{_months(rest)} off")
    if rules and week.closed_on_holidays:
        rules.append("PH off")
    text = "; ".join(rules)
    if text in ("Mo-Su", "Mo-Su; PH off"):
        text = text.replace("Mo-Su", "24/7")
    if week.by_appointment:
        text = f'{text} || 24/7 unknown "{BY_APPOINTMENT}"' if text else f'24/7 unknown "{BY_APPOINTMENT}"'
    return text


def _rest_of_year(season: tuple[int, int]) -> tuple[int, int] | None:
    """The months outside the season; None where there are none."""
    first, last = season[1] % 12 + 1, (season[0] - 2) % 12 + 1
    return None if first == season[0] else (first, last)


def _months(ends: tuple[int, int]) -> str:
    return "-".join(dict.fromkeys(MONTHS[month - 1] for month in ends))


def _alike(week: Week) -> list[tuple[tuple[Hours, ...], list[int]]]:
    """The days that keep the same hours, together."""
    found: dict[tuple[Hours, ...], list[int]] = {}
    for weekday, spans in enumerate(week.days):
        if spans:
            found.setdefault(tuple(sorted(spans)), []).append(weekday)
    return list(found.items())


def _days(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        ends = [DAYS[run[0]], DAYS[run[-1]]]
        parts += [ends[0]] if len(run) == 1 else ["-".join(ends)] if len(run) > 2 else ends
    return ",".join(parts)


def _spans(spans: Sequence[Hours]) -> str:
    if tuple(spans) == (WHOLE_DAY,):
        return ""
    return ",".join(f"{written(start)}-{written(end)}" for start, end in spans)


def week_from_text(text: str) -> Week | None:
    """The week that a clean text says; None where the text says more than the form can show."""
    days: list[tuple[Hours, ...]] = [()] * 7
    seasons: set[tuple[int, int] | None] = set()
    season, holidays, appointment = None, False, False
    for rule in rules_of(text):
        if _is_appointment(rule):
            appointment = True
        elif off := _shut_months(rule):
            season = _rest_of_year(off)
        elif (said := _said(rule)) is not None:
            months, spans, named, for_holidays = said
            holidays = holidays or for_holidays
            if spans:
                seasons.add(months)
            for day in named:
                days[day] = days[day] + spans if rule.joined_by == "," else spans
        else:
            return None
    season = season or next(iter(seasons), None)
    week = Week(tuple(tuple(sorted(spans)) for spans in days), season, holidays, appointment)
    return week if len(seasons) < 2 and _fits(week) and _same(week, text) else None


def _shut_months(rule: Rule) -> tuple[int, int] | None:
    """ "Nov-Mar off" as (11, 3)."""
    alone = _is_plain(rule) and rule.modifier == "off" and not (rule.days or rule.times)
    return _season(rule.wide) if alone and rule.wide else None


def _season(wide: str) -> tuple[int, int] | None:
    ends = wide.split("-")
    if len(ends) > 2 or not all(month in MONTHS for month in ends):
        return None
    return MONTHS.index(ends[0]) + 1, MONTHS.index(ends[-1]) + 1


def _is_appointment(rule: Rule) -> bool:
    alone = rule.joined_by == "||" or rule.always
    return (
        alone
        and rule.modifier == "unknown"
        and not (rule.wide or rule.days or rule.times)
        and rule.remark.lower() in (BY_APPOINTMENT, "op afspraak", "sur rendez-vous")
    )


def _is_plain(rule: Rule) -> bool:
    return not (rule.unread or rule.remark or rule.joined_by == "||" or rule.modifier == "unknown")


def _said(rule: Rule) -> tuple[tuple[int, int] | None, tuple[Hours, ...], list[int], bool] | None:
    """Season, spans, days, and whether it closes on holidays too ("Su,PH off"); None where the rule says more."""
    off = rule.modifier == "off"
    if not _is_plain(rule) or not SIMPLE_TIMES.fullmatch(rule.times) or (off and (rule.times or rule.wide)):
        return None
    codes = rule.days.split(",")
    for_holidays = off and "PH" in codes
    others = ",".join(code for code in codes if not (for_holidays and code == "PH"))
    named = [] if for_holidays and not others else days_of(others)
    season = _season(rule.wide) if rule.wide else None
    if named is None or (rule.wide and season is None):
        return None
    spans = () if off else tuple(span(part) for part in rule.times.split(",")) if rule.times else (WHOLE_DAY,)
    return season, spans, named, for_holidays


def _fits(week: Week) -> bool:
    """No more spans than the form has room for, no two of them on top of each other."""
    return all(
        len(spans) <= MOST_SPANS and all(spans[at][1] <= spans[at + 1][0] for at in range(len(spans) - 1))
        for spans in week.days
    )


def _same(week: Week, text: str) -> bool:
    """Whether the week and the text agree on every day of a year: a rule can undo another in ways of its own."""
    again = text_from_week(week)
    if again == text:
        return True
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(366)]
    return all(_kinds(clock.spans_of(text, day)) == _kinds(clock.spans_of(again, day)) for day in days)


def _kinds(spans: Sequence[clock.Span]) -> list[tuple[int, clock.Kind]]:
    """Where the kind changes in a day; remarks apart."""
    found: list[tuple[int, clock.Kind]] = []
    for part in spans:
        if not found or found[-1][1] != part.kind:
            found.append((part.start, part.kind))
    return found
