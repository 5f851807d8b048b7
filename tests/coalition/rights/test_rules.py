from datetime import UTC, date, datetime, timedelta

import pytest

from coalition.rights import rules


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 12, 24)),
        (datetime(2026, 12, 31, 12, tzinfo=UTC), date(2027, 1, 31)),
        (datetime(2027, 1, 30, 12, tzinfo=UTC), date(2027, 2, 28)),
        (datetime(2028, 1, 31, 12, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 11, 30, 12, tzinfo=UTC), date(2026, 12, 30)),
        # Half past midnight in Brussels is the day before in UTC.
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_an_answer_is_due_within_a_month(asked, by):
    assert rules.answer_by(asked) == by


def test_a_link_holds_for_half_an_hour_and_not_a_second_longer():
    asked = datetime(2026, 11, 24, 12, tzinfo=UTC)

    assert rules.link_holds(asked, asked)
    assert rules.link_holds(asked, asked + timedelta(minutes=29, seconds=59))
    assert not rules.link_holds(asked, asked + timedelta(minutes=30))
    assert not rules.link_holds(asked, asked - timedelta(seconds=1))
