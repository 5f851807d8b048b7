"""Whether they are open, on the clock of Brussels, on holidays, in the nights on which the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from coalition.base.dates import BRUSSELS
from coalition.producers.hours import (
    Kind,
    is_open,
    moment,
    next_boundary,
    open_now,
    open_on,
    parse_hours,
    state_at,
    table,
    weekly,
)

SHOP = "Tu-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00; PH off"
CHRISTMAS, WHIT_SUNDAY, EASTER_MONDAY = date(2026, 12, 25), date(2026, 5, 24), date(2027, 3, 29)


def brussels(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=BRUSSELS, fold=fold).astimezone(UTC)


def test_the_wall_clock_of_brussels_counts_in_winter_and_in_summer():
    assert is_open(SHOP, datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    assert not is_open(SHOP, datetime(2026, 11, 24, 7, 59, tzinfo=UTC))
    assert is_open(SHOP, datetime(2026, 7, 14, 7, 0, tzinfo=UTC))
    assert not is_open(SHOP, datetime(2026, 7, 14, 16, 0, tzinfo=UTC))


def test_on_a_public_holiday_the_rule_for_holidays_counts():
    assert CHRISTMAS.weekday() == 4
    assert open_on(SHOP, CHRISTMAS) == []
    assert open_on("Mo-Su 10:00-12:00; PH 10:00-11:00", CHRISTMAS) == [(time(10), time(11))]
    assert open_on("Mo-Sa 09:00-18:00; PH,Su off", EASTER_MONDAY) == []


def test_whit_sunday_is_a_holiday_too():
    assert open_on("Mo-Su 09:00-12:00; PH off", WHIT_SUNDAY) == []


def test_hours_that_say_nothing_of_holidays_may_differ_on_them():
    assert state_at("Mo-Fr 09:00-18:00", brussels(2026, 12, 25, 10)).may_differ
    assert state_at("Mo-Fr 09:00-18:00", brussels(2026, 12, 25, 10)).holiday == "Christmas Day"
    with override("fr"):
        assert state_at("Mo-Fr 09:00-18:00", brussels(2026, 12, 25, 10)).holiday == "Noël"
    assert not state_at(SHOP, brussels(2026, 12, 25, 10)).may_differ
    assert not state_at("Mo-Fr 09:00-18:00", brussels(2026, 12, 24, 10)).may_differ
    # Flanders celebrates on 11 July, and its farms sell.
    assert not state_at("Mo-Su 09:00-18:00", brussels(2026, 7, 11, 10)).may_differ


def test_the_state_says_until_when_and_when_next():
    open_, noon = state_at(SHOP, brussels(2026, 11, 24, 10)), state_at(SHOP, brussels(2026, 11, 24, 12))
    weekend = state_at(SHOP, brussels(2026, 11, 28, 16))

    assert (open_.kind, open_.until, open_.opens) == (Kind.OPEN, brussels(2026, 11, 24, 12), None)
    assert (noon.kind, noon.opens) == (Kind.CLOSED, brussels(2026, 11, 24, 13, 30))
    assert (weekend.kind, weekend.opens) == (Kind.CLOSED, brussels(2026, 12, 1, 9))


def test_a_season_opens_next_in_spring():
    state = state_at("Apr-Oct Sa 10:00-12:00", brussels(2026, 11, 24, 12))

    assert (state.kind, state.opens) == (Kind.CLOSED, brussels(2027, 4, 3, 10))


def test_always_open_never_changes():
    assert state_at("24/7", brussels(2026, 11, 24, 12)).until is None
    assert open_on("24/7", date(2026, 11, 24)) == [(time(0), time(0))]


def test_by_appointment_and_unknown_are_not_open():
    for text, kind in [(parse_hours('We "op afspraak"'), Kind.APPOINTMENT), (parse_hours('We "soms"'), Kind.UNKNOWN)]:
        assert state_at(text, brussels(2026, 11, 25, 10)).kind == kind
        assert not is_open(text, brussels(2026, 11, 25, 10))


@pytest.mark.parametrize("text", ["", "no hours at all", "Mo 99:00"])
def test_hours_that_are_missing_or_broken_are_not_known(text, now):
    assert state_at(text, now).kind == Kind.UNKNOWN
    assert state_at(text, now).opens is None
    assert not is_open(text, now)
    assert open_on(text, date(2026, 11, 24)) == []


def test_a_closure_wins_until_its_last_day_and_says_why():
    closures = [(date(2026, 11, 23), date(2026, 11, 27), "vakantie")]
    state = state_at(SHOP, brussels(2026, 11, 24, 10), closures)

    assert (state.kind, state.closure, state.opens) == (Kind.CLOSED, "vakantie", brussels(2026, 11, 28, 9))
    assert not is_open(SHOP, brussels(2026, 11, 27, 10), closures)
    assert is_open(SHOP, brussels(2026, 11, 28, 10), closures)
    assert open_on(SHOP, date(2026, 11, 27), closures) == []


def test_a_night_belongs_to_the_day_on_which_it_began():
    text = "Fr,Sa 20:00-02:00"

    assert open_on(text, date(2026, 11, 27)) == [(time(20), time(2))]
    assert open_on(text, date(2026, 11, 28)) == [(time(20), time(2))]
    assert open_on(text, date(2026, 11, 29)) == []
    assert is_open(text, brussels(2026, 11, 29, 1, 59))
    assert state_at(text, brussels(2026, 11, 28, 23)).until == brussels(2026, 11, 29, 2)


def test_in_the_hour_that_comes_twice_the_change_is_never_in_the_past():
    text, second = "Su 02:15-02:30", brussels(2026, 10, 25, 2, 10, fold=1)

    opens = state_at(text, second).opens
    assert opens == brussels(2026, 10, 25, 2, 15, fold=1)
    assert opens > second
    assert next_boundary([text], second) == opens


def test_in_the_hour_that_is_skipped_nothing_falls_over():
    before = brussels(2027, 3, 28, 1, 50)

    assert state_at("Su 02:15-02:30", before).opens > before
    assert next_boundary(["Su 02:15-02:30"], before) > before


def test_a_page_expires_at_the_first_change_or_at_midnight():
    at = brussels(2026, 11, 24, 10)

    assert next_boundary([SHOP, "Tu 11:00-11:30", "", "24/7"], at) == brussels(2026, 11, 24, 11)
    assert next_boundary([SHOP], brussels(2026, 11, 24, 18)) == brussels(2026, 11, 25, 0)
    assert next_boundary(["24/7"], at) == brussels(2026, 11, 25, 0)
    assert next_boundary(["", ""], at) is None


def test_the_week_is_a_table_where_every_week_is_the_same():
    assert weekly("Mo 09:00-12:00,13:00-18:00") == [(540, 720), (780, 1080)]
    assert weekly("Su 22:00-02:00")[-1] == (9960, 10080)
    assert weekly("24/7") == [(0, 10080)]
    for text in (
        "",
        SHOP,
        "Apr-Oct Mo 09:00-12:00",
        "Mo[1] 09:00-12:00",
        "sunrise-sunset",
        "week01-53/2 Mo 09:00-12:00",
    ):
        assert weekly(text) is None


def test_the_table_keeps_the_holidays_beside_the_week():
    assert table("Mo 09:00-12:00") == {"week": [[540, 720]], "holiday": None}
    assert table("Mo 09:00-12:00; PH off") == {"week": [[540, 720]], "holiday": []}
    assert table("Apr-Oct Mo 09:00-12:00") is None
    assert table("") is None


@pytest.mark.parametrize(
    "text",
    [SHOP, "24/7", "Mo-Su,PH 10:00-18:00", "Fr,Sa 20:00-02:00; PH off", "Apr-Oct Mo-Su 10:00-20:00", "", 'We "x"'],
)
def test_the_table_says_what_the_text_says_at_any_hour_of_a_year(text):
    text, kept = parse_hours(text), table(parse_hours(text))
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=step) for step in range(0, 8760, 5)]

    assert [open_now(kept, text, moment(at)) for at in hours] == [is_open(text, at) for at in hours]


def test_daylight_is_that_of_flanders():
    assert is_open("sunrise-sunset", brussels(2026, 6, 21, 21, 30))
    assert not is_open("sunrise-sunset", brussels(2026, 12, 21, 17, 30))
