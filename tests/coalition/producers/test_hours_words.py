"""Hours in words: in English by the source's own sentences, in every language without a single code."""

import json
import re

import pytest

from coalition.base.errors import Refusal
from coalition.producers.hours import in_words, parse_hours, state_at, state_in_words
from coalition.producers.hours.grammar import DAYS, MONTHS

CODE = re.compile(rf"\b(?:{'|'.join(('PH', 'SH', 'off', *(set(DAYS) - {'Sa'}), *MONTHS))})\b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("24/7", "round the clock"),
        ("Tu-Fr 09:00-12:00,13:30-18:00", "Tuesday to Friday 9:00-12:00 and 13:30-18:00"),
        ("Sa 09:00-16:00; PH off", "Saturday 9:00-16:00, closed on public holidays"),
        ("Sa,Su 09:00-16:00; Su,PH off", "Saturday and Sunday 9:00-16:00, closed on Sunday and public holidays"),
        ("Mo-Su,PH 10:00-18:00", "Monday to Sunday and public holidays 10:00-18:00"),
        ("Apr-Oct Mo-Su 10:00-18:00", "April to October: every day 10:00-18:00"),
        ("Jul 1-Aug 15 off", "closed: 1 July to 15 August"),
        ("Dec 24-26 off", "closed: 24 December to 26 December"),
        ("2026 Dec 24 09:00-12:00", "24 December 2026 9:00-12:00"),
        ("Su[1,-1] 09:00-13:00", "the first and last Sunday of the month 9:00-13:00"),
        ("week02-52/2 Fr 08:00-14:00", "in even weeks: Friday 8:00-14:00"),
        ("Mo 09:00+", "Monday from 9:00"),
        ("sunrise-sunset", "from sunrise to sunset"),
        ("(sunrise+01:00)-20:00", "from 1 h after sunrise to 20:00"),
        ("Mo", "Monday all day"),
        ("off", "closed"),
        ('"op afspraak"', "by appointment"),
        ('Mo 09:00-12:00 || "by appointment"', "Monday 9:00-12:00, otherwise by appointment"),
        ('Tu 09:00-12:00 "bel eerst aan"', "Tuesday 9:00-12:00 (bel eerst aan)"),
        ("May Fr[1]-Oct Fr[1] 17:00-22:00", "on certain days"),
    ],
)
def test_hours_are_said_as_people_say_them(text, said):
    assert in_words(parse_hours(text), "en") == said


def test_days_months_and_hours_are_written_as_in_each_language():
    text = "Apr-Oct Tu-Fr 09:30-12:00"

    assert "dinsdag" in in_words(text, "nl")
    assert "april" in in_words(text, "nl")
    assert "9.30-12.00" in in_words(text, "nl")
    assert "mardi" in in_words(text, "fr")
    assert "9 h 30-12 h" in in_words(text, "fr")


def test_no_real_text_leaves_a_code_or_nothing_in_its_words(sample_data):
    texts = json.loads((sample_data / "farmshops" / "osm-opening-hours-samples.json").read_text("utf-8"))
    for text in texts:
        try:
            text = parse_hours(text)
        except Refusal:
            continue
        for language in ("nl", "fr"):
            said = in_words(text, language)
            for remark in re.findall(r'"([^"]*)"', text):
                said = said.replace(remark, "…")
            assert said
            assert not CODE.search(said), (text, said)


def test_the_state_is_said_in_one_line(now):
    def said(text):
        return state_in_words(state_at(text, now), now, "en")

    assert said("Tu 09:00-18:00") == "Open until 18:00"
    assert said("24/7") == "Open"
    assert said("Tu 14:00-18:00") == "Closed; opens today at 14:00"
    assert said("We 14:00-18:00") == "Closed; opens tomorrow at 14:00"
    assert said("Fr 14:00-18:00") == "Closed; opens Friday at 14:00"
    assert said("Apr-Oct Sa 14:00-18:00") == "Closed; opens Saturday 3 April at 14:00"
    assert said('unknown "op afspraak"') == "By appointment"
    assert said("") == "Opening hours not known"
    assert said("off") == "Closed"


def test_the_state_warns_on_a_public_holiday(now):
    christmas = now.replace(month=12, day=25)

    assert "public holiday" in state_in_words(state_at("Mo-Su 09:00-18:00", christmas), christmas, "en")
