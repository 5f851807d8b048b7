"""Days, hours and amounts as people here write them."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override

from cms.templatetags import words

SUNDAY = date(2027, 3, 7)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "zondag 7 maart 2027"), ("fr", "dimanche 7 mars 2027"), ("en", "Sunday 7 March 2027")],
)
def test_a_day_is_written_out_in_the_language_of_the_visit(language, said):
    with override(language):
        assert words.date_long(SUNDAY) == said


def test_an_unknown_language_is_answered_in_dutch():
    with override("de"):
        assert words.date_long(SUNDAY) == "zondag 7 maart 2027"


def test_an_instant_is_shown_as_the_day_and_hour_of_brussels():
    instant = datetime(2027, 3, 6, 23, 30, tzinfo=UTC)

    with override("nl"):
        assert words.date_long(instant) == "zondag 7 maart 2027"
        assert words.time_short(instant) == "0.30 uur"


@pytest.mark.parametrize(("language", "said"), [("nl", "9.00 uur"), ("fr", "9 h 00"), ("en", "9:00")])
def test_an_hour_is_written_as_people_say_it(language, said):
    with override(language):
        assert words.time_short(time(9, 0)) == said


def test_afternoon_hours_count_on_to_twenty_four():
    with override("nl"):
        assert words.time_short(time(16, 30)) == "16.30 uur"


@pytest.mark.parametrize(
    ("cents", "said"), [(280, "€\xa02,80"), (0, "€\xa00,00"), (125000, "€\xa01.250,00"), (-5, "€\xa0-0,05")]
)
def test_cents_become_euros_with_a_comma(cents, said):
    with override("nl"):
        assert words.euro(cents) == said


def test_thousands_are_parted_by_a_point():
    with override("nl"):
        assert words.number(1250) == "1.250"


def test_a_short_day_keeps_its_zeros():
    with override("nl"):
        assert words.date_short(SUNDAY) == "07/03/2027"
        assert words.date_medium(SUNDAY) == "7 maart 2027"
        assert words.month_year(SUNDAY) == "maart 2027"


@pytest.mark.parametrize(
    "word",
    [
        words.date_long,
        words.date_medium,
        words.date_short,
        words.month_year,
        words.time_short,
        words.euro,
        words.number,
    ],
)
def test_what_is_not_known_is_left_empty(word):
    assert word(None) == ""
