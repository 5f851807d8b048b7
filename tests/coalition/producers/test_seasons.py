"""What is in season: over the turn of the year, with holes in the table, and as a coalition knows better."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.producers import seasons
from coalition.producers.seasons import (
    CROPS,
    SeasonState,
    back_when,
    calendar,
    clean_months,
    in_season,
    months_of,
    strip,
)

FRESH, GLASS, STORAGE, NONE = SeasonState
POTATO, WITLOOF, CHARD = CROPS["aardappel"].months, CROPS["witloof"].months, CROPS["warmoes"].months

month = st.integers(1, 12)
ranges = st.lists(st.tuples(month, month).map(lambda ends: f"{ends[0]}-{ends[1]}"), max_size=3).map(",".join)
months = st.tuples(ranges, ranges, ranges)


def test_there_are_sixty_crops_each_with_three_names_and_months_that_can_be_read():
    assert len(CROPS) == 60
    for slug, crop in CROPS.items():
        assert slug == crop.slug
        assert crop.nl
        assert crop.fr
        assert crop.en
        assert crop.kind
        assert any(crop.months)
        assert all(clean_months(text) == text for text in crop.months), slug


def test_in_january_potatoes_come_from_storage_and_leek_from_the_field():
    assert seasons.state_of(POTATO, 1) == STORAGE
    assert seasons.state_of(CROPS["prei"].months, 1) == FRESH
    assert seasons.state_of(CROPS["tomaat"].months, 1) == NONE


def test_a_range_over_the_turn_of_the_year_holds_december_and_january():
    assert months_of("10-5") == {10, 11, 12, 1, 2, 3, 4, 5}
    assert months_of("12-1") == {12, 1}
    assert months_of("1-12") == set(range(1, 13))
    assert months_of("7-6") == set(range(1, 13))
    assert months_of("4-4") == months_of("4") == {4}
    assert months_of("2-3,10-11") == {2, 3, 10, 11}
    assert months_of("") == set()


def test_an_empty_column_is_never_and_does_not_move_the_next():
    assert WITLOOF == ("", "9-5", "")
    assert seasons.state_of(WITLOOF, 1) == GLASS
    assert seasons.state_of(WITLOOF, 7) == NONE
    assert strip(("", "", "")) == [NONE] * 12


def test_fresh_goes_before_glass_and_glass_before_storage():
    assert seasons.state_of(("7-9", "6-10", "1-12"), 8) == FRESH
    assert seasons.state_of(("7-9", "6-10", "1-12"), 10) == GLASS
    assert seasons.state_of(("7-9", "6-10", "1-12"), 11) == STORAGE
    assert seasons.state_of(CHARD, 4) == GLASS


def test_the_next_month_is_found_over_the_turn_of_the_year():
    assert back_when(CROPS["asperge"].months, 7) == 3
    assert back_when(CROPS["kers"].months, 1) == 6
    assert back_when(CROPS["kers"].months, 6) == 6
    assert back_when(("", "", ""), 6) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("7-4", "7-4"), (" 07 – 4 ", "7-4"), ("2-3, 10-11", "2-3,10-11"), ("4", "4"), (",", "")],
)
def test_months_are_kept_in_one_spelling(typed, kept):
    assert clean_months(typed) == kept


@pytest.mark.parametrize("typed", ["13", "1-13", "0-3", "7-", "-7", "7-8-9", "juli", "7/8", "٣-٤", "1.5"])
def test_what_are_no_months_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match="are no months: write 7-10"):
        clean_months(typed)


def test_a_coalition_knows_its_own_crops_better_and_no_others():
    known = calendar({"kers": ("5-6", "", ""), "ananas": ("1-12", "", "")})

    assert known["kers"] == ("5-6", "", "")
    assert known["appel"] == CROPS["appel"].months
    assert set(known) == set(CROPS)


def test_what_is_fresh_goes_first():
    found = in_season(calendar(), 6)
    states = [list(SeasonState).index(seasons.state_of(CROPS[slug].months, 6)) for slug in found]

    assert "aardbei" in found
    assert "pompoen" not in found
    assert states == sorted(states)


def test_a_crop_has_a_name_in_the_language_of_the_visit():
    for language, name in [("nl", "Ajuin"), ("fr", "Oignon"), ("en", "Onion")]:
        with override(language):
            assert CROPS["ajuin"].name == name


@given(months, month)
def test_the_strip_says_what_each_month_says(crop, number):
    assert strip(crop)[number - 1] == seasons.state_of(crop, number)


@given(months, month)
def test_the_month_in_which_it_is_back_is_the_first_that_holds_it(crop, number):
    back, year = back_when(crop, number), strip(crop)

    if back is None:
        assert set(year) == {NONE}
    else:
        ahead = (back - number) % 12
        assert [year[(number - 1 + step) % 12] == NONE for step in range(ahead + 1)] == [True] * ahead + [False]


@given(st.text(max_size=60))
def test_no_text_whatever_raises_anything_but_a_refusal(text):
    try:
        kept = clean_months(text)
    except Refusal:
        return
    assert clean_months(kept) == kept
    assert months_of(kept) <= set(range(1, 13))
