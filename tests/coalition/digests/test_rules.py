from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.base.dates import BRUSSELS
from coalition.digests import rules
from coalition.digests.models import DigestSchedule


def schedule(weekday=2, hour=time(20, 15), since=date(2026, 1, 1)) -> DigestSchedule:
    return DigestSchedule(weekday=weekday, hour=hour, since=since)


def test_an_edition_is_due_at_its_local_hour_in_winter_and_in_summer():
    assert rules.due_at(schedule(), "2026-W48") == datetime(2026, 11, 24, 19, 15, tzinfo=UTC)
    assert rules.due_at(schedule(), "2026-W30") == datetime(2026, 7, 21, 18, 15, tzinfo=UTC)


def test_before_this_weeks_hour_the_latest_edition_is_last_weeks():
    before = datetime(2026, 11, 24, 19, 14, 59, tzinfo=UTC)

    assert rules.latest_due(schedule(), before)[0] == "2026-W47"
    assert rules.latest_due(schedule(), before + timedelta(seconds=1))[0] == "2026-W48"


def test_the_year_2026_has_a_week_53_and_the_next_week_is_the_first_of_2027():
    assert rules.latest_due(schedule(), datetime(2027, 1, 2, 12, 0, tzinfo=UTC))[0] == "2026-W53"
    assert rules.latest_due(schedule(), datetime(2027, 1, 6, 12, 0, tzinfo=UTC))[0] == "2027-W01"


def test_weeks_before_the_schedule_began_have_no_edition():
    began = schedule(since=date(2026, 11, 25))

    assert rules.latest_due(began, datetime(2026, 11, 26, 12, 0, tzinfo=UTC)) is None
    assert rules.latest_due(began, datetime(2026, 12, 2, 12, 0, tzinfo=UTC))[0] == "2026-W49"


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        (time(0, 30), datetime(2026, 10, 24, 22, 30, tzinfo=UTC)),
        (time(2, 0), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)),
        (time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (time(7, 0), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
    ],
)
def test_in_the_night_that_summer_time_ends_the_first_of_two_hours_is_meant(hour, due):
    assert rules.due_at(schedule(weekday=7, hour=hour), "2026-W43") == due


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        (time(2, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_in_the_night_that_summer_time_begins_the_lost_hour_shifts_forward(hour, due):
    assert rules.due_at(schedule(weekday=7, hour=hour), "2027-W12") == due


@given(
    weekday=st.integers(1, 7),
    hour=st.times(),
    start=st.datetimes(datetime(2026, 1, 5), datetime(2030, 1, 1)),  # noqa: DTZ001
)
def test_every_week_has_one_edition_whatever_the_day_and_hour(weekday, hour, start):
    kept = schedule(weekday, hour.replace(tzinfo=None), since=date(2025, 1, 1))
    now = start.replace(tzinfo=BRUSSELS)

    keys = {rules.latest_due(kept, now + timedelta(hours=h))[0] for h in range(0, 7 * 24 * 4, 6)}

    assert len(keys) in (4, 5)
    assert rules.latest_due(kept, rules.next_due(kept, now))[1] == rules.next_due(kept, now)


def test_an_edition_is_too_late_after_a_day_and_a_half():
    due = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)

    assert not rules.is_too_late(due, due + timedelta(hours=36))
    assert rules.is_too_late(due, due + timedelta(hours=36, seconds=1))
