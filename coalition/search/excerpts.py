"""The piece of a text that shows why it was found, cut into words that were found and what stands between."""

import re
from collections.abc import Sequence

from coalition.search.rules import Grade, grade, words_in

# A word as it is written: with the soft hyphens and the combining accents that may stand in it.
_WRITTEN = re.compile(r"[\w\u00ad\u0300-\u036f]+")
BEFORE, LENGTH = 60, 220
ELLIPSIS = "…"

Piece = tuple[str, bool]


def pieces(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole text as (part, whether it was found); what is forgiven counts only where nothing answers better."""
    hits = _hits(text, words)
    plain = [hit for hit in hits if hit[0] < Grade.FORGIVEN]
    found: list[Piece] = []
    at = 0
    for _grade, start, end in plain or hits:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    found.append((text[at:], False))
    return [piece for piece in found if piece[0]]


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """Some two lines round the first word that answers best; the beginning of the text where none does."""
    _grade, first, _end = min(_hits(text, words), default=(Grade.WHOLE, 0, 0))
    start = _word_start(text, first - BEFORE) if first > BEFORE else 0
    end = _word_end(text, start + LENGTH)
    shown = " ".join(text[start:end].split())
    return pieces((ELLIPSIS if start else "") + shown + (ELLIPSIS if end < len(text) else ""), words)


def _hits(text: str, words: Sequence[str]) -> list[tuple[Grade, int, int]]:
    """Every word that answers, with where it begins and ends."""
    graded = ((answers(match.group(), words), *match.span()) for match in _WRITTEN.finditer(text))
    return [(how, start, end) for how, start, end in graded if how is not None]


def answers(written: str, words: Sequence[str]) -> Grade | None:
    """How well a word as it is written answers the best of the words asked; None where it answers none."""
    grades = (grade(sought, word) for word in words_in(written) for sought in words)
    return min((one for one in grades if one is not None), default=None)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at)
    return at if space < 0 or space - at > BEFORE else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return at if space < at - BEFORE else space
