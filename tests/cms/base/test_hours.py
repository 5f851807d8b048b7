"""The week in a form: what is typed becomes the text that is kept, and what is wrong is said beside its day."""

import pytest
from django import forms
from django.utils.translation import override

from cms.base.hours import WeekField, read_time


class HoursForm(forms.Form):
    hours = WeekField(label="Hours", required=False)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def day(number, *spans):
    return {
        f"hours-{number}-{at}-{which}": value
        for at, span in enumerate(spans)
        for which, value in zip(("from", "until"), span, strict=True)
    }


def kept(data):
    form = HoursForm(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data["hours"]


def test_a_week_becomes_the_text_that_is_kept():
    data = day(1, ("09:00", "12:00"), ("13:30", "18:00")) | day(5, ("09:00", "16:00")) | {"hours-holidays": "on"}

    assert kept(data) == "Tu 09:00-12:00,13:30-18:00; Sa 09:00-16:00; PH off"


def test_a_season_appointment_and_midnight_are_kept():
    season = {"hours-season-from": "4", "hours-season-until": "10", "hours-appointment": "on"}

    assert kept(day(4, ("20:00", "02:00")) | season) == 'Apr-Oct Fr 20:00-02:00 || 24/7 unknown "by appointment"'
    assert kept(day(4, ("20:00", "00:00"))) == "Fr 20:00-24:00"
    assert kept(day(4, ("00:00", "00:00"))) == "Fr"
    assert kept({}) == ""


@pytest.mark.parametrize("typed", ["9:30", "09:30", "9.30", "9u30", "9 h 30", "09:30:00"])
def test_a_time_is_read_as_people_write_it(typed):
    assert read_time(typed) == 570


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ([("18:00", "09:00")], "Until must be later than from."),
        ([("09:00", "09:00")], "Until must be later than from."),
        ([("09:00", "")], "Until when?"),
        ([("", "12:00")], "Fill in both"),
        ([("09:00", "12:00"), ("11:00", "13:00")], "overlap"),
        ([("25:00", "26:00")], "is not a time of the day"),
        ([("soon", "12:00")], "is not a time of the day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_day_and_nothing_typed_is_lost(spans, sentence):
    form = HoursForm(day(2, *spans))

    assert not form.is_valid()
    assert form.errors["hours"] == ["Look again at the hours of Wednesday."]
    html = str(form["hours"])
    assert sentence in html.split('id="id_hours-2-problem">')[1].split("</p>")[0]
    assert html.count("-problem") == 2  # the sentence and what points at it
    assert f'value="{spans[0][0]}"' in html


def test_half_a_season_is_refused():
    form = HoursForm(day(0, ("09:00", "12:00")) | {"hours-season-from": "4"})

    assert form.errors["hours"] == ["Choose both the first and the last month, or neither."]


@pytest.mark.parametrize("month", ["13", "0", "x", "-1"])
def test_no_other_month_is_let_in(month):
    data = day(0, ("09:00", "12:00")) | {"hours-season-from": month, "hours-season-until": "10"}

    assert "hours" in HoursForm(data).errors


def test_the_text_wins_where_it_is_filled_in():
    assert kept(day(0, ("09:00", "12:00")) | {"hours": "Mo[1] 9:00-12:00"}) == "Mo[1] 09:00-12:00"
    assert HoursForm({"hours": "Montag"}).errors["hours"][0].startswith("“Montag” is not a day")


def test_of_a_wrong_text_and_a_week_neither_is_lost():
    html = str(HoursForm(day(0, ("09:00", "12:00")) | {"hours": "Montag"})["hours"])

    assert 'value="09:00"' in html
    assert 'value="Montag"' in html
    assert '<details class="week__code" open>' in html


def test_hours_that_fit_are_shown_as_a_week():
    html = str(HoursForm(initial={"hours": "Apr-Oct Tu 09:00-24:00; PH off"})["hours"])

    assert 'name="hours-1-0-from" id="id_hours-1-0-from" value="09:00"' in html
    assert 'name="hours-1-0-until" id="id_hours-1-0-until" value="00:00"' in html
    assert '<option value="4" selected>' in html
    assert 'id="id_hours-holidays" checked' in html
    assert 'id="id_hours-appointment" checked' not in html


def test_hours_that_say_more_are_shown_as_text_and_in_words():
    html = str(HoursForm(initial={"hours": "Sa[1] 09:00-12:00"})["hours"])

    assert 'value="Sa[1] 09:00-12:00"' in html
    assert "The first Saturday of the month 9:00-12:00" in html
    assert "hours-0-0-from" not in html


def test_what_was_not_touched_has_not_changed():
    text = "Tu-Fr 09:00-12:00,13:30-18:00; PH off"
    spans = [("09:00", "12:00"), ("13:30", "18:00")]
    data = day(1, *spans) | day(2, *spans) | day(3, *spans) | day(4, *spans) | {"hours-holidays": "on"}

    assert not HoursForm(data, initial={"hours": text}).has_changed()
    assert HoursForm(day(1, *spans), initial={"hours": text}).has_changed()


def test_every_input_has_a_label_and_one_id():
    html = str(HoursForm()["hours"])
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]

    assert len(ids) == len(set(ids))
    assert html.count("<label") == html.count("<input") + html.count("<select")
