import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.press import glyphs
from coalition.press.glyphs import NO_SPACE, SOFT_HYPHEN, Case, Sieve, breakable

LATIN = frozenset(map(chr, range(0x20, 0x17F))) | {"–", SOFT_HYPHEN}


def sieve() -> Sieve:
    """A sieve for fonts with Latin letters and one accent that combines."""
    return Sieve(Case(letters=LATIN, marks=frozenset("\u0301")))


@pytest.mark.parametrize(("typed", "set_"), [
    ("Hoeve Café", "Hoeve Café"),
    ("Cafe\u0301", "Café"),
    ("a\x00b\x1bc", "abc"),
    ("a\tb\rc", "a b c"),
    ("een\ntwee", "een\ntwee"),
    ("\u202eomgekeerd\u202c", "omgekeerd"),
    ("samen\u200dge\ufeffplakt", "samengeplakt"),
    ("half\ud800", "half"),
    ("regel\u2028regel", "regel regel"),
    ("ﬁets ① ２kg", "fiets 1 2kg"),
    ("\U0001f95a eieren", " eieren"),
    ("тест", "test"),
    ("b\u0323", "ḅ" if "ḅ" in LATIN else "b"),
])  # fmt: skip
def test_what_the_fonts_lack_is_spelled_otherwise_or_gone(typed, set_):
    assert sieve().line(typed) == set_


def test_what_was_lost_is_known():
    strainer = sieve()

    strainer.facts({"name": "Ei \U0001f95a", "lines": ["سوق", "①"]})

    assert "\U0001f95a" in strainer.lost
    assert "س" in strainer.lost
    assert "①" not in strainer.lost


def test_a_text_of_which_nothing_stays_has_a_dash():
    assert sieve().facts(["\U0001f95a", "", "\u00ad"]) == ["–", "", "–"]


@given(st.text())
def test_only_what_the_fonts_have_leaves_the_sieve(typed):
    left = sieve().line(typed)

    assert all(character in LATIN or character in "\n\u0301" for character in left)
    assert left == sieve().line(left) or unicodedata.normalize("NFC", left) != left


def test_a_long_word_has_places_to_break_and_loses_nothing():
    word = "voedselcoalitiecoördinatorenvergaderzaal"

    assert breakable(word).count(SOFT_HYPHEN) == 2
    assert breakable(word).replace(SOFT_HYPHEN, "") == word
    assert breakable("landbouwverenigingen") == "landbouwverenigingen"


def test_an_address_breaks_behind_its_joints_and_never_with_a_hyphen():
    address = "info@kruidenijnachtuilenboerderij.example.org"

    assert SOFT_HYPHEN not in breakable(address)
    assert f"@{NO_SPACE}" in breakable(address)
    assert breakable(address).replace(NO_SPACE, "") == address


@given(st.text())
def test_no_line_is_too_long_to_break(typed):
    for run in breakable(typed).replace(SOFT_HYPHEN, " ").replace(NO_SPACE, " ").split():
        assert len(run) < glyphs.LONGEST_RUN


def test_addresses_and_drawings_are_left_in_one_piece():
    url = "https://example.org/producenten/een-heel-lange-naam-van-een-hoeve/"

    assert sieve().facts({"url": url, "codes": {url: url}, "photo_file": "p1.jpg"}) == {
        "url": url, "codes": {url: url}, "photo_file": "p1.jpg",
    }  # fmt: skip


def test_numbers_and_nothing_pass_as_they_are():
    assert sieve().facts({"number": 3, "picture": None, "ratio": 0.8, "shown": True}) == {
        "number": 3, "picture": None, "ratio": 0.8, "shown": True,
    }  # fmt: skip


def test_the_fonts_have_what_is_written_here(settings):
    if not (settings.PRINT_FONTS / "literata").is_dir():
        pytest.skip("node_modules is absent: no fonts to look into")
    case = glyphs.case()

    assert all(case.has(character) for character in "abcÀéëïßœŒŁż€½°²·–—’“”…•")
    assert not case.has("\U0001f95a")
    assert glyphs.version().count(".ttf") == len(glyphs.faces()) == 8
