"""Time as people keep it here: UTC in the database, the clock of Brussels on the wall."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

BRUSSELS = ZoneInfo("Europe/Brussels")
# The Belgian way of writing dates and numbers in each language of the site.
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}

Clock = Callable[[], datetime]


def local_day(now: datetime) -> date:
    """The calendar day in Brussels at the instant `now`."""
    return now.astimezone(BRUSSELS).date()


def at_local(day: date, at: time) -> datetime:
    """The instant (UTC) at which the wall clock in Brussels shows `at` on `day`.

    In the hour that summer time skips the instant shifts forward by an hour; in the hour that comes twice
    the first is meant (PEP 495, fold=0).
    """
    return datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC)


def next_local_midnight(now: datetime) -> datetime:
    """The instant (UTC) at which the next day begins in Brussels."""
    return at_local(local_day(now) + timedelta(days=1), time.min)


def week_key(day: date) -> str:
    """The ISO week of a day as a key, such as "2026-W53" (ISO 8601: the year is the week's, not the day's)."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_of_week(key: str, weekday: int) -> date:
    """The day in the week `key` ("2026-W53") that is `weekday` (1 Monday to 7 Sunday, ISO 8601)."""
    year, week = key.split("-W")
    return date.fromisocalendar(int(year), int(week), weekday)


def written_out(day: date, language: str = "nl") -> str:
    """A day as people write it: "zondag 7 maart 2027", "dimanche 7 mars 2027", "Sunday 7 March 2027"."""
    return format_date(day, "EEEE d MMMM y", locale=LOCALES.get(language, LOCALES["nl"]))
