import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.search.rules import (
    FORGIVEN_COST,
    MOST_WORDS,
    Grade,
    Place,
    cost,
    grade,
    is_one_error,
    may_be_forgiven,
    question,
    shortened,
    tails,
    words_in,
)

LETTERS = "abcdefgmnortu"
WORDS = st.text(LETTERS, min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("sought", "word", "expected"),
    [
        ("markt", "markt", Grade.WHOLE),
        ("mark", "markten", Grade.BEGINNING),
        ("mar", "markt", Grade.BEGINNING),
        ("ma", "markt", None),
        ("ei", "ei", Grade.WHOLE),
        ("markt", "boerenmarkt", Grade.INSIDE),
        ("boer", "hoeveboerderij", Grade.INSIDE),
        ("ham", "beenham", None),
        ("makrt", "markt", Grade.FORGIVEN),
        ("markkt", "markt", Grade.FORGIVEN),
        ("mrkt", "markt", Grade.FORGIVEN),
        ("marct", "markt", Grade.FORGIVEN),
        ("kaes", "kaas", None),
        ("mrakt", "markten", None),
        ("mrkat", "markt", None),
        ("15700", "15701", None),
    ],
)
def test_how_well_a_word_answers(sought, word, expected):
    assert grade(sought, word) == expected


def test_accents_capitals_hyphens_and_soft_hyphens_do_not_matter():
    assert words_in("Crème-fraîche, ÉÉN Toegankelijkheids\u00adverklaring!") == [
        "creme",
        "fraiche",
        "een",
        "toegankelijkheidsverklaring",
    ]


def test_a_question_has_each_word_once_and_the_first_six():
    assert question("Markt markt a b c d e f") == ("markt", "a", "b", "c", "d", "e")
    assert len(question("één twee drie vier vijf zes zeven")) == MOST_WORDS
    assert question("!?* \x00 --") == ()


@given(one=WORDS, other=WORDS)
def test_one_error_is_distance_one_by_the_textbook(one, other):
    assert is_one_error(one, other) == (distance(one, other) == 1)


@given(word=st.text(LETTERS, min_size=5, max_size=12), data=st.data())
def test_words_one_error_apart_meet_in_what_is_left_when_a_letter_goes(word, data):
    typed = data.draw(mistyped(word))

    assert ({word} | shortened(word)) & ({typed} | shortened(typed))


@given(word=st.text(LETTERS, min_size=4, max_size=12), at=st.integers(1, 11), length=st.integers(4, 12))
def test_every_part_of_a_compound_begins_one_of_its_tails(word, at, length):
    part = word[at : at + length]
    if len(part) >= 4:
        assert any(tail.startswith(part) for tail in tails(word))


def test_what_is_forgiven_comes_after_anything_else_of_the_longest_question():
    worst = cost(Grade.INSIDE, Place.TEXT) * MOST_WORDS

    assert worst < cost(Grade.FORGIVEN, Place.TITLE)
    assert worst < FORGIVEN_COST


def test_short_words_and_numbers_are_not_forgiven():
    assert may_be_forgiven("markt")
    assert not may_be_forgiven("kaas")
    assert not may_be_forgiven("23106")


@st.composite
def mistyped(draw, word: str) -> str:
    """The word with one letter added, left out or mistaken, or two neighbours that changed places."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    other = draw(st.sampled_from([one for one in LETTERS if one != word[at]]))
    ways = [word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + other + word[at + 1 :]]
    if at + 1 < len(word) and word[at] != word[at + 1]:
        ways.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return draw(st.sampled_from(ways))


def distance(one: str, other: str) -> int:
    """Optimal string alignment, row by row."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
