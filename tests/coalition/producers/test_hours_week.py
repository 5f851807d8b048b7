"""The week of the form: what it can say comes back the same, what it cannot say stays text."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.producers.hours import Week, parse_hours, specification, text_from_week, week_from_text

MORNING, AFTERNOON = (540, 720), (810, 1080)
SHOP = Week(days=((), *[(MORNING, AFTERNOON)] * 4, ((540, 960),), ()), closed_on_holidays=True)

minutes = st.integers(0, 1439)
months = st.tuples(st.integers(1, 12), st.integers(1, 12))


@st.composite
def spans(draw):
    """No span, one, or two in order; the last may go on until six in the morning."""
    cuts = sorted(draw(st.lists(minutes, max_size=4, unique=True)))
    if len(cuts) % 2:
        last = draw(st.integers(1441, 1800)) if cuts[-1] > 360 else 1440
        return ((cuts[-1], last),)
    return tuple((cuts[at], cuts[at + 1]) for at in range(0, len(cuts), 2))


weeks = st.builds(
    Week,
    days=st.tuples(*[spans()] * 7),
    season=st.none()
    | st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda ends: ends[1] % 12 + 1 != ends[0]),
    closed_on_holidays=st.booleans(),
    by_appointment=st.booleans(),
)


@pytest.mark.parametrize(
    ("week", "text"),
    [
        (Week(), ""),
        (SHOP, "Tu-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00; PH off"),
        (Week(days=((MORNING,), (), (MORNING,), (), (), (), ())), "Mo,We 09:00-12:00"),
        (Week(days=(((0, 1440),),) * 7), "24/7"),
        (Week(days=((), (), (), (), ((1200, 1560),), (), ()), season=(4, 10)), "Apr-Oct Fr 20:00-02:00"),
        (
            Week(days=((MORNING,), (AFTERNOON,), (), (), (), (), ()), season=(11, 2)),
            "Mo 09:00-12:00; Tu 13:30-18:00; Mar-Oct off",
        ),
        (Week(by_appointment=True), '24/7 unknown "by appointment"'),
    ],
)
def test_a_week_is_written_in_the_spelling_that_is_kept(week, text):
    assert text_from_week(week) == text
    assert parse_hours(text) == text
    assert week_from_text(text) == week


@settings(max_examples=300, deadline=None)
@given(weeks)
def test_every_week_comes_back_as_it_went(week):
    text = text_from_week(week)

    assert parse_hours(text) == text
    if any(week.days):
        assert week_from_text(text) == week
    else:
        assert week_from_text(text) == Week(by_appointment=week.by_appointment)


@pytest.mark.parametrize(
    "text",
    [
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "Apr-Oct Mo 09:00-18:00; Nov-Mar Mo 10:00-16:00",
        "Mo[1] 09:00-12:00",
        "Mo-Su,PH 09:00-12:00",
        "sunrise-sunset",
        "Mo 09:00+",
        "PH 10:00-12:00",
        'Mo 09:00-12:00 "bel eerst"',
        "Jul 1-15 off",
        "Mo 09:00-12:00,11:00-13:00",
    ],
)
def test_what_says_more_than_the_form_can_show_stays_text(text):
    assert week_from_text(parse_hours(text)) is None


def test_another_spelling_of_the_same_week_is_understood():
    assert week_from_text("Tu-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00; Mo,Su,PH off") == SHOP
    assert week_from_text('Mo 09:00-12:00 || 24/7 unknown "op afspraak"').by_appointment


def test_most_real_texts_fit_the_form(sample_data):
    texts = json.loads((sample_data / "farmshops" / "osm-opening-hours-samples.json").read_text("utf-8"))
    read, fitting = 0, 0
    for text in texts[::5]:
        try:
            text = parse_hours(text)
        except Refusal:
            continue
        read, fitting = read + 1, fitting + (week_from_text(text) is not None)
    assert fitting / read > 0.75


# --- for search engines


def test_search_engines_get_the_week_the_holidays_ahead_and_the_closures():
    closures = [(date(2026, 8, 1), date(2026, 8, 15), "past"), (date(2027, 1, 4), date(2027, 1, 9), "verlof")]
    told = specification(text_from_week(SHOP), date(2026, 12, 1), closures)

    assert told[0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{day}" for day in ("Tuesday", "Wednesday", "Thursday", "Friday")],
        "opens": "09:00",
        "closes": "12:00",
    }
    shut = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}
    assert told[3:] == [
        {**shut, "validFrom": "2026-12-25", "validThrough": "2026-12-25"},
        {**shut, "validFrom": "2027-01-01", "validThrough": "2027-01-01"},
        {**shut, "validFrom": "2027-01-04", "validThrough": "2027-01-09"},
    ]


def test_search_engines_get_whole_days_and_days_by_date():
    (always,) = specification("24/7", date(2026, 12, 1))
    assert (always["opens"], always["closes"], len(always["dayOfWeek"])) == ("00:00", "23:59", 7)

    by_date = specification("Dec Sa 10:00-12:00", date(2026, 12, 1))
    assert [entry["validFrom"] for entry in by_date] == ["2026-12-05", "2026-12-12"]
    assert specification("", date(2026, 12, 1)) == []
