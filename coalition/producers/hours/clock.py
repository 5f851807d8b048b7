"""Whether they are open: at an instant, on a day, until when; on the clock of Brussels and its public holidays."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import opening_hours as library
from django.utils.translation import get_language

from coalition.base.dates import BRUSSELS, local_day, next_local_midnight
from coalition.base.holidays import holiday_name, is_holiday
from coalition.producers.hours.grammar import DAYS, outside_remarks

# Sunrise and sunset are those of Pajottenland; they differ by four minutes at most across Flanders.
PLACE = (50.80, 4.10)
AHEAD = 370  # days in which the next opening is looked for: a season's worth and a year's end
APPOINTMENT = re.compile(
    r"appointment|on request|afspraak|aanvraag|rendez-?vous|\brdv\b|demande|vereinbarung|absprache|anmeldung|anfrage",
    re.IGNORECASE,
)

# First day, last day, and the reason that people may read.
Closure = tuple[date, date, str]


class Kind(StrEnum):
    """What a visitor may expect."""

    OPEN = "open"
    CLOSED = "closed"
    APPOINTMENT = "appointment"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Span:
    """A part of one day, in minutes on the wall clock from its midnight (0 to 1440)."""

    start: int
    end: int
    kind: Kind
    remark: str = ""


@dataclass(frozen=True)
class State:
    """How it stands at an instant. Instants are in UTC."""

    kind: Kind
    until: datetime | None = None  # when this changes; None: not within the year ahead
    opens: datetime | None = None  # the next opening, where it is not open
    remark: str = ""
    closure: str = ""  # why it is closed, where a closure says so
    holiday: str = ""  # the public holiday that it is, in the language of the moment
    may_differ: bool = False  # a public holiday of which these hours say nothing


@lru_cache(maxsize=8192)
def _engine(text: str, holiday: int | None = None) -> library.OpeningHours | None:
    """What evaluates the text; None where it cannot.

    On a public holiday the rules for holidays (PH) are those of that very weekday: so the calendar is ours, with
    Easter and Whit Sunday, and not the one that came with the library, which leaves Whit Sunday out.
    """
    if holiday is not None:
        text = _outside(r"\bPH\b(?! [+-])", DAYS[holiday], text)
    sun = re.search(r"sun(rise|set)|dawn|dusk", outside_remarks(text))
    # Without a country no day is a holiday; with a time zone the library reads the sun at the place.
    place = {"timezone": BRUSSELS, "coords": PLACE} if sun else {}
    try:
        return library.OpeningHours(text, auto_country=False, max_interval_days=366, **place)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001  a text that was never cleaned, or a panic of the library: not known, no error
        return None


def _outside(pattern: str, meant: str, text: str) -> str:
    return re.sub(rf'("[^"]*")|{pattern}', lambda found: found[1] or meant, text)


def _engine_of(text: str, day: date) -> library.OpeningHours | None:
    holiday = day.weekday() if "PH" in text and is_holiday(day) else None
    return _engine(text, holiday) if text else None


def spans_of(text: str, day: date, closures: Sequence[Closure] = ()) -> list[Span]:
    """The whole day from 0 to 1440, part by part, closed parts included."""
    if closure_on(day, closures) is not None:
        return [Span(0, 1440, Kind.CLOSED)]
    return _spans(text, day)


def _spans(text: str, day: date) -> list[Span]:
    return _read(_engine_of(text, day), day)


def spans_on_weekday(text: str, day: date, holiday: bool) -> list[Span]:
    """The spans of a day as if it were a public holiday, or as if it were none."""
    return _read(_engine(text, day.weekday() if holiday else None), day)


def _read(engine: library.OpeningHours | None, day: date) -> list[Span]:
    if engine is None:
        return [Span(0, 1440, Kind.UNKNOWN)]
    start, found = datetime.combine(day, time.min), []
    for begin, end, state, remark in engine.intervals(start, start + timedelta(days=1)):
        span = Span(_minute(begin, day), _minute(end, day), _kind(state, remark), remark)
        if span.end > span.start:
            found.append(span)
    return found


def _minute(at: datetime, day: date) -> int:
    return 1440 if at.date() > day else at.hour * 60 + at.minute


def _kind(state: library.State, remark: str) -> Kind:
    if state == library.State.CLOSED:
        return Kind.CLOSED
    if remark and APPOINTMENT.search(remark):
        return Kind.APPOINTMENT
    return Kind.OPEN if state == library.State.OPEN else Kind.UNKNOWN


def closure_on(day: date, closures: Iterable[Closure]) -> str | None:
    """The reason for which it is closed on that day; None where no closure covers it."""
    return next((reason for first, last, reason in closures if first <= day <= last), None)


def is_open(text: str, at: datetime, closures: Sequence[Closure] = ()) -> bool:
    """Whether somebody who arrives at the instant `at` finds it open; unknown and by appointment are not open."""
    wall = at.astimezone(BRUSSELS).replace(tzinfo=None)
    engine = _engine_of(text, wall.date())
    if engine is None or (closures and closure_on(wall.date(), closures) is not None):
        return False
    return _kind(*engine.state(wall)) == Kind.OPEN


def open_on(text: str, day: date, closures: Sequence[Closure] = ()) -> list[tuple[time, time]]:
    """From when until when it is open on that day; midnight at the end is 00:00.

    What goes on past midnight belongs to the day on which it began, until six in the morning.
    """
    found = _merged(span for span in spans_of(text, day, closures) if span.kind == Kind.OPEN)
    before = spans_of(text, day - timedelta(days=1), closures)
    if found and found[0][0] == 0 and found[0][1] <= 360 and before[-1].kind == Kind.OPEN:
        del found[0]
    if found and found[-1][1] == 1440 and found[-1][0] > 0:
        after = spans_of(text, day + timedelta(days=1), closures)[0]
        if after.kind == Kind.OPEN and after.end <= 360:
            found[-1] = (found[-1][0], after.end)
    return [(_time(start), _time(end)) for start, end in found]


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for span in spans:
        if found and found[-1][1] == span.start:
            found[-1] = (found[-1][0], span.end)
        else:
            found.append((span.start, span.end))
    return found


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def state_at(text: str, at: datetime, closures: Sequence[Closure] = (), *, ahead: int = AHEAD) -> State:
    """How it stands at the instant `at`, until when, and when it opens next; looked for `ahead` days at most."""
    wall = at.astimezone(BRUSSELS)
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    now = next(span for span in spans_of(text, today, closures) if span.start <= minute < span.end)
    until = opens = None
    for day, span in _from(text, today, minute, closures, ahead):
        if until is None and span.kind != now.kind:
            until = instant(day, span.start, after=at)
        if now.kind == Kind.OPEN and until:
            break
        if now.kind != Kind.OPEN and span.kind == Kind.OPEN:
            opens = instant(day, span.start, after=at)
            break
    return State(
        now.kind,
        until,
        opens,
        now.remark,
        closure_on(today, closures) or "",
        holiday_name(today, get_language() or "nl"),
        may_differ=may_differ(text, today) and closure_on(today, closures) is None,
    )


def _from(text: str, today: date, minute: int, closures: Sequence[Closure], ahead: int) -> Iterator[tuple[date, Span]]:
    """The spans that begin later than `minute` today, and those of the days that follow."""
    if not text:
        return
    for step in range(ahead):
        day = today + timedelta(days=step)
        for span in spans_of(text, day, closures):
            if step or span.start > minute:
                yield day, span


def instant(day: date, minute: int, *, after: datetime | None = None) -> datetime:
    """The instant (UTC) at which the wall clock shows that minute of that day.

    Of the hour that comes twice in October the first is meant, unless it has passed at `after`.
    """
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    found = wall.replace(tzinfo=BRUSSELS).astimezone(UTC)
    if after is not None and found <= after:
        found = wall.replace(tzinfo=BRUSSELS, fold=1).astimezone(UTC)
    return found


def may_differ(text: str, day: date) -> bool:
    """Whether it is a public holiday of which these hours say nothing."""
    return bool(text) and "PH" not in outside_remarks(text) and is_holiday(day)


def next_boundary(texts: Iterable[str], at: datetime) -> datetime | None:
    """When a page that says which of these are open now is no longer true: at midnight at the latest (UTC).

    None where there are no hours to go by.
    """
    wall = at.astimezone(BRUSSELS)
    today, minute, first, some = wall.date(), wall.hour * 60 + wall.minute, 1440, False
    for text in {text for text in texts if text}:
        some = True
        first = min([first, *(span.start for span in _spans(text, today) if span.start > minute)])
    if not some:
        return None
    found = instant(local_day(at), first, after=at) if first < 1440 else next_local_midnight(at)
    return found if found > at else next_local_midnight(at)
