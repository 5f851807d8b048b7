"""When a word that somebody types means a word that stands on a page."""

from collections.abc import Iterator
from enum import IntEnum

from coalition.territory.rules import fold

# Longer words are cut, on pages and in questions alike.
LONGEST_WORD = 40
MOST_WORDS = 6
# From how many letters on the beginning of a word is enough, and a part inside a compound.
BEGINNING_FROM = 3
INSIDE_FROM = 4
# How long a word on a page is before one typing error in it is forgiven.
FORGIVEN_FROM = 5
SOFT_HYPHEN = "\u00ad"


class Grade(IntEnum):
    """How well a word answers, the best first."""

    WHOLE = 0
    BEGINNING = 1
    INSIDE = 2
    FORGIVEN = 3


class Place(IntEnum):
    """Where on a page a word stands, the most telling first."""

    TITLE = 0
    LEAD = 1
    TEXT = 2


def words_in(text: str) -> list[str]:
    """The words of a text as they are searched: no accents, capitals or signs; "korte-keten" is two words."""
    return [word[:LONGEST_WORD] for word in fold(text.replace(SOFT_HYPHEN, "")).split()]


def question(text: str) -> tuple[str, ...]:
    """What somebody asks for: each word once, the first six."""
    return tuple(dict.fromkeys(words_in(text)))[:MOST_WORDS]


def grade(sought: str, word: str) -> Grade | None:
    """How well a `word` on a page answers the `sought` one, both folded; None where it does not."""
    if word == sought:
        return Grade.WHOLE
    if len(sought) >= BEGINNING_FROM and word.startswith(sought):
        return Grade.BEGINNING
    if len(sought) >= INSIDE_FROM and sought in word[1:]:
        return Grade.INSIDE
    return Grade.FORGIVEN if may_be_forgiven(word) and is_one_error(sought, word) else None


def cost(grade: Grade, place: Place) -> int:
    """Where an answer stands among others, the lowest first: what is forgiven comes last, then place, then grade."""
    return place * 10 + (FORGIVEN_COST if grade == Grade.FORGIVEN else grade)


# More than all other costs of a question together.
FORGIVEN_COST = 1000


def may_be_forgiven(word: str) -> bool:
    """Whether a typing error in a word is forgiven; another number is never the same number."""
    return len(word) >= FORGIVEN_FROM and word.isalpha()


def is_one_error(typed: str, meant: str) -> bool:
    """Whether one letter was added, left out or mistaken, or two neighbours changed places (Damerau 1964)."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = _shared(typed, meant)
    one, other = typed[start:], meant[start:]
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[1:] == shorter
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from the start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def shortened(word: str) -> set[str]:
    """A word with each of its letters left out in turn: two words one error apart share one of these or themselves."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def tails(word: str) -> Iterator[str]:
    """What is left of a word without its beginning, as long as somebody may ask for it."""
    return (word[at:] for at in range(1, len(word) - INSIDE_FROM + 1))
