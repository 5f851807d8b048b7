"""How long a link to somebody's data holds, and by when a request must be answered."""

from datetime import date, datetime, timedelta

from coalition.base.dates import local_day

# A link shows all that is held of somebody, so it is worth as little time as a code to sign in twice over (L-2.9).
LINK_MINUTES = 30
LINK_HOLDS = timedelta(minutes=LINK_MINUTES)
# Somebody who presses the button twice gets one letter.
BETWEEN_LINKS = timedelta(minutes=5)


def answer_by(asked_at: datetime) -> date:
    """The last day of the month within which a request must be answered (AVG art. 12.3): the same day a month later.

    Where the next month has no such day, its last one.
    """
    day = local_day(asked_at)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    first_after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), first_after - timedelta(days=1))


def link_holds(asked_at: datetime, now: datetime) -> bool:
    """Whether a link that was asked for at `asked_at` still opens."""
    return asked_at <= now < asked_at + LINK_HOLDS
