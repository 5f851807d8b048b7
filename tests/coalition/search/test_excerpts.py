import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.search.excerpts import LENGTH, excerpt, pieces

LONG = "Een lange inleiding die nergens over gaat. " * 10 + "Dan komt de boerenmarkt. " + "En nog wat woorden na. " * 20


def marked(parts: list) -> list[str]:
    return [text for text, hit in parts if hit]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Markt in Gooik", ("markt",), ["Markt"]),
        ("De Boerenmarkt, en de markten", ("markt",), ["Boerenmarkt", "markten"]),
        ("Crème-fraîche", ("creme", "fraiche"), ["Crème", "fraîche"]),
        ("Toegankelijkheids\u00adverklaring", ("verklaring",), ["Toegankelijkheids\u00adverklaring"]),
        ("Wie maakt de markt", ("markt",), ["markt"]),
        ("Wie maakt wat", ("markt",), ["maakt"]),
        ("cafe\u0301 noir", ("cafe",), ["cafe\u0301"]),
        ("Niets hier", ("markt",), []),
        ("", ("markt",), []),
    ],
)
def test_the_words_that_were_found_are_marked_as_they_are_written(text, words, expected):
    assert marked(pieces(text, words)) == expected


def test_an_excerpt_stands_round_the_word_that_was_found():
    shown = "".join(text for text, _hit in excerpt(LONG, ("boerenmarkt",)))

    assert "boerenmarkt" in shown
    assert shown[0] == shown[-1] == "…"
    assert len(shown) <= LENGTH + 2


def test_a_short_text_is_shown_whole():
    assert excerpt("Kort\nen goed.", ("goed",)) == [("Kort en ", False), ("goed", True), (".", False)]


@given(text=st.text(max_size=400), words=st.lists(st.text("abc1", min_size=1, max_size=6), max_size=3))
def test_nothing_is_added_or_lost(text, words):
    assert "".join(part for part, _hit in pieces(text, tuple(words))) == text
    assert len("".join(part for part, _hit in excerpt(text, tuple(words)))) <= LENGTH + 2
