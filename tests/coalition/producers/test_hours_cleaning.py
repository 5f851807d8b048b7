"""Hours as people type them: read, mended where they can mean one thing, or refused with a reason."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.producers.hours import parse_hours, state_at, table
from coalition.producers.hours.cleaning import CODES

# What hours are made of, and what breaks them.
PIECES = [*CODES.values(), *'0123456789:-,;+/|[]()"', "09:00-12:00", "24/7", "off", "sunrise", "week", "é", "\x00"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("Tu-Fr 9:00-12:00", "Tu-Fr 09:00-12:00"),
        ("tu-fr 9.00 – 12.00", "Tu-Fr 09:00-12:00"),
        ("Mo-Fr: 08:00-12:00;", "Mo-Fr 08:00-12:00"),
        ("Th16:00-18:30", "Th 16:00-18:30"),
        ("Th [1] 15:00-20:00", "Th[1] 15:00-20:00"),
        ("Mo, Th OFF", "Mo,Th off"),
        ("Fr 8:00-12:00 13:00-18:00", "Fr 08:00-12:00,13:00-18:00"),
        ("Su, Ph off", "Su,PH off"),
        ("24/7", "24/7"),
        ('We "op afspraak"', 'We unknown "op afspraak"'),
        ("Mo 9:00-12:00 || “by appointment”", 'Mo 09:00-12:00 || 24/7 unknown "by appointment"'),
        ('"gesloten / closed"', '24/7 unknown "gesloten / closed"'),
        ("2021 Dec 24-2022 Jan 21 off", "2021 Dec 24-2022 Jan 21 off"),
        ("Fr 22:00-02:00", "Fr 22:00-02:00"),
    ],
)
def test_hours_are_kept_in_one_spelling(typed, kept):
    assert parse_hours(typed) == kept
    assert parse_hours(kept) == kept


def test_a_comma_with_a_space_before_an_hour_stays_with_its_days():
    assert parse_hours("Mo-Fr 08:00 - 12:00 , 13:00 - 14:00") == "Mo-Fr 08:00-12:00,13:00-14:00"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Di 08:00-13:00", "“Di” is not a day"),
        ("Montag 08:00-13:00", "“Montag” is not a day"),
        ("dinsdag 9:00-12:00", "“dinsdag” is not a day"),
        ("Mai-Okt Mo 09:00-12:00", "“Mai” is not a month"),
        ("nur nach Bestellung", "“nur” cannot be read"),
        ("Mo 9:00-12:00 Uhr", "“Uhr” cannot be read"),
        ("Mo 25:00-26:00", "“25:00” is not a time"),
        ("Mo 10:61-12:00", "“10:61” is not a time"),
        ("Mo 10:00-49:00", "“49:00” is not a time"),
        ("Mo 8-12", "“8-12” becomes “08:00-12:00”"),
        ("2026-13-01 09:00-12:00", "as month and day"),
        ("01.05.2026 09:00-12:00", "as month and day"),
        ("Feb 30 10:00-12:00", "no such day as Feb 30"),
        ("Jan 1-Feb 31 10:00-12:00", "no such day as Feb 31"),
        ("Mo 08:00-08:00", "begins and ends at the same time"),
        ('Mo 08:00-09:00 "bel', "one is missing"),
        ("Mo 08:00\x07-09:00", "cannot be read"),
        ("Mo 08:00-09:00; " * 40, "too long"),
        ("Mo 08:00-09:00 #", "from “#” on"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_that_helps(typed, reason):
    with pytest.raises(Refusal, match=reason) as refused:
        parse_hours(typed)
    assert refused.value.field == "opening_hours"


def test_every_real_text_is_read_or_refused_and_none_is_lost(sample_data, now):
    texts = json.loads((sample_data / "farmshops" / "osm-opening-hours-samples.json").read_text("utf-8"))
    read, refused = [], Counter()
    for text in texts:
        try:
            read.append(parse_hours(text))
        except Refusal as refusal:
            refused[str(refusal.sentence).split("”")[-1].strip()] += 1

    assert (len(texts), len(read), refused.total()) == (2694, 2539, 155)
    assert all(parse_hours(text) == text for text in read)
    assert all(state_at(text, now) for text in read)
    assert sum(table(text) is not None for text in read) > 0.85 * len(read)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_no_text_whatever_raises_anything_but_a_refusal(text):
    try:
        kept = parse_hours(text)
    except Refusal:
        return
    assert parse_hours(kept) == kept
