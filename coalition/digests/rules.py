"""When an edition is due, and when it is too late for it; days, hours and `now` in, an answer out."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from coalition.base.dates import at_local, day_of_week, local_day, week_key

if TYPE_CHECKING:
    from coalition.digests.models import DigestSchedule

# An edition that could not be planned for a day and a half passes; what it held comes in the next one.
MAX_LATENESS = timedelta(hours=36)
# Pages published in the last quarter of an hour wait for the next edition: an editor may still be at work.
CUT_OFF = timedelta(minutes=15)
# After this the letter is worth nothing: the next edition is near.
WORTH = timedelta(days=3)
# Confirmation links hold for a week; after that the request is forgotten (L-2.9).
CONFIRMATION_DAYS = 7
MOST_ITEMS = 12


def due_at(schedule: "DigestSchedule", key: str) -> datetime:
    """The instant (UTC) at which the edition of the ISO week `key` is due by the wall clock of Brussels."""
    return at_local(day_of_week(key, schedule.weekday), schedule.hour)


def first_day(hour: time, now: datetime) -> date:
    """The first day on which a schedule that is chosen at `now` may fall due at `hour` (Brussels): not in the past."""
    today = local_day(now)
    return today if at_local(today, hour) > now else today + timedelta(days=1)


def latest_due(schedule: "DigestSchedule", now: datetime) -> tuple[str, datetime] | None:
    """The week key and instant of the last edition that fell due at or before `now`; None before the first one."""
    today = local_day(now)
    for day in (today, today - timedelta(days=7)):
        key = week_key(day)
        due = due_at(schedule, key)
        if due <= now:
            return (key, due) if local_day(due) >= schedule.since else None
    return None


def next_due(schedule: "DigestSchedule", now: datetime) -> datetime:
    """The instant of the first edition that falls due after `now`."""
    day: date = local_day(now)
    due = due_at(schedule, week_key(day))
    return due if due > now else due_at(schedule, week_key(day + timedelta(days=7)))


def is_too_late(due: datetime, now: datetime) -> bool:
    """Whether an edition that was due at `due` is no longer planned at `now`."""
    return now - due > MAX_LATENESS
