"""Open or closed at this moment, in words, and until when that stays true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.templatetags.words import date_medium, time_short
from coalition.base.dates import BRUSSELS, LOCALES, at_local, local_day
from coalition.producers import queries
from coalition.producers.hours import clock
from coalition.producers.hours.words import rules_in_words
from coalition.producers.models import Producer


@dataclass(frozen=True)
class State:
    """`is_open` is None where nobody can know, `words` are for readers; `until` is when that changes."""

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


def state(producer: Producer, now: datetime, *, ahead: int = clock.AHEAD) -> State:
    """How it stands with him now; his closures must be at hand. Nothing is said where nobody knows.

    The next opening is looked for `ahead` days at most: who opens again in spring takes a list too long.
    """
    if not producer.opening_hours:
        return State()
    found = clock.state_at(producer.opening_hours, now, closures_of(producer), ahead=ahead)
    if found.kind == clock.Kind.UNKNOWN:
        return State()
    words = _words(found, producer, local_day(now))
    if found.may_differ:
        words = _("%(words)s; on %(holiday)s it may be otherwise") % {"words": words, "holiday": found.holiday}
    return State(found.kind == clock.Kind.OPEN, words, found.until)


def closures_of(producer: Producer) -> list[tuple[date, date, str]]:
    return [(row.first_day, row.last_day, row.reason) for row in producer.closures.all()]


def _words(found: clock.State, producer: Producer, today: date) -> str:
    if found.kind == clock.Kind.OPEN:
        return _open(found, today)
    if found.kind == clock.Kind.APPOINTMENT:
        return _("Now by appointment")
    last = next((last for first, last, _why in closures_of(producer) if first <= today <= last), None)
    if last is not None:
        return _("Closed until %(day)s included") % {"day": date_medium(last)}
    if found.opens is None:
        return _("Closed now")
    return _("Closed now, opens %(when)s") % {"when": _when(found.opens, today)}


def _open(found: clock.State, today: date) -> str:
    if found.until is None or found.until - at_local(today, time.min) > timedelta(days=2):
        return _("Open now")
    return _("Open now, until %(hour)s") % {"hour": time_short(found.until)}


def _when(at: datetime, today: date) -> str:
    """ "today at 13.30 uur", "tomorrow at ...", "Saturday at ...", "on 3 March at ..."."""
    day, hour = local_day(at), time_short(at)
    if day == today:
        return _("today at %(hour)s") % {"hour": hour}
    if day == today + timedelta(days=1):
        return _("tomorrow at %(hour)s") % {"hour": hour}
    if day < today + timedelta(days=7):
        return _("%(weekday)s at %(hour)s") % {"weekday": _weekday(day), "hour": hour}
    return _("on %(day)s at %(hour)s") % {"day": date_medium(day), "hour": hour}


def _weekday(day: date) -> str:
    return format_date(day, "EEEE", locale=LOCALES.get(get_language() or "nl", LOCALES["nl"]))


# --- who is, where the hours depend on the day


def open_at(now: datetime) -> list[int]:
    """Those of whom it has to be worked out, and who are open now (two queries)."""
    asked = queries.hours_to_work_out()
    closures = queries.closures_of([pk for pk, _text in asked], local_day(now)) if asked else {}
    return [pk for pk, text in asked if clock.is_open(text, now, closures.get(pk, ()))]


def open_on_sunday(day: date) -> list[int]:
    """Those of whom it has to be worked out, and who are open on the first Sunday from `day` on (two queries)."""
    sunday = day + timedelta(days=6 - day.weekday())
    asked = queries.hours_to_work_out()
    closures = queries.closures_of([pk for pk, _text in asked], day) if asked else {}
    return [pk for pk, text in asked if clock.open_on(text, sunday, closures.get(pk, ()))]


def hours(producer: Producer) -> list[str]:
    """The opening hours in words, a line for each part."""
    return spoken(producer.opening_hours)


def spoken(text: str) -> list[str]:
    """Hours as people say them in the language of this visit, a line for each rule."""
    lines = rules_in_words(text, get_language() or "nl") if text else []
    return [line[:1].upper() + line[1:] for line in lines]
