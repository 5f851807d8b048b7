"""The letter case: which characters the printed fonts have, and what becomes of those that they lack.

PDF/UA refuses a document with a missing glyph, so nothing that somebody typed may reach the compositor unsieved.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from unidecode import unidecode

from coalition.base.errors import Refusal

FAMILIES = {"Literata": "literata", "Source Sans 3": "source-sans-3"}
FACES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")
# Addresses, drawings and file names are not texts: they keep every character, or lose what no font has.
VERBATIM = ("url", "svg", "file", "codes")
# Longer than any Dutch word that the hyphenation knows; whoever types on gets places to break.
LONGEST_RUN, STEP = 28, 14
SOFT_HYPHEN, NO_SPACE = "\u00ad", "\u200b"
KEPT, BLANK = "\n" + SOFT_HYPHEN, "\t\r\x0b\x0c\x85"
_RUN = re.compile(rf"[^\s{SOFT_HYPHEN}{NO_SPACE}]{{{LONGEST_RUN},}}")
_JOINT = re.compile(r"(?<=[/@._=&?-])(?=[^\s/@._=&?-])")
_LETTERS = re.compile(rf"[^\W\d_]{{{STEP + 1},}}")
_OTHERS = re.compile(rf"[\W\d_]{{{STEP + 1},}}")


def faces() -> list[Path]:
    """The folders of the faces; raises Refusal where the front-end packages are not installed."""
    folders = [settings.PRINT_FONTS / family / face for family in FAMILIES.values() for face in FACES]
    if not all(any(folder.glob("*.ttf")) for folder in folders):
        raise Refusal(_("The fonts for printing are not installed."))
    return folders


def version() -> str:
    """Which fonts these are: another size of a file makes another fingerprint of every sheet."""
    files = sorted(file for folder in faces() for file in folder.glob("*.ttf"))
    return " ".join(f"{file.name}:{file.stat().st_size}" for file in files)


@dataclass(frozen=True)
class Case:
    """The characters that can be set: by one of the families (letters), or by all of them (marks, which combine)."""

    letters: frozenset[str]
    marks: frozenset[str]

    def has(self, character: str) -> bool:
        return character in (self.marks if unicodedata.category(character).startswith("M") else self.letters)


def case() -> Case:
    """The case of the fonts that are installed."""
    return _case(tuple(map(str, faces())))


@cache
def _case(folders: tuple[str, ...]) -> Case:
    families = []
    for at in range(0, len(folders), len(FACES)):
        maps = [_characters(Path(folder)) for folder in folders[at : at + len(FACES)]]
        families.append(frozenset.intersection(*maps))
    return Case(letters=frozenset.union(*families), marks=frozenset.intersection(*families))


def _characters(folder: Path) -> frozenset[str]:
    with TTFont(next(folder.glob("*.ttf")), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@dataclass
class Sieve:
    """What goes to the compositor goes through here; `lost` are the characters that had to stay behind."""

    case: Case
    lost: set[str] = field(default_factory=set)

    def facts(self, value: Any, name: str = "") -> Any:
        """Facts of any depth with every text sieved; texts called url, svg, file or codes get no places to break."""
        if isinstance(value, str):
            return self.line(value) if name.endswith(VERBATIM) else breakable(self._words(value))
        if isinstance(value, Mapping):
            return {
                self.line(str(key)): self.facts(one, name if name.endswith(VERBATIM) else str(key))
                for key, one in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.facts(one, name) for one in value]
        return value

    def _words(self, text: str) -> str:
        """A text of which nothing stays has a dash: a heading without words would stop the whole document."""
        sieved = self.line(text)
        return sieved if sieved.replace(SOFT_HYPHEN, "").strip() or not text.strip() else "–"

    def line(self, text: str) -> str:
        """The text with what the fonts have; the rest in other letters where there are any, or gone."""
        text = unicodedata.normalize("NFC", text)
        if text.isascii() and text.isprintable():
            return text
        return "".join(self._letter(character) for character in text)

    def _letter(self, character: str) -> str:
        if character in KEPT:
            return character
        category = unicodedata.category(character)
        if category in ("Zl", "Zp") or character in BLANK:
            return " "
        if category == "Zs":
            return character if self.case.has(character) else " "
        # Controls such as NUL, turns of the reading direction, halves of pairs, what is nobody's.
        if category.startswith("C"):
            return ""
        return character if self.case.has(character) else self._instead(character, category)

    def _instead(self, character: str, category: str) -> str:
        other = unicodedata.normalize("NFKC", character)
        if other != character and all(self.case.has(one) for one in other):
            return other
        self.lost.add(character)
        spelled = unidecode(character).strip() if category[0] in "LN" else ""
        return spelled if all(self.case.has(one) for one in spelled) else ""


def breakable(text: str) -> str:
    """Places to break in what is too long for a column: after the joints of an address, or every so many letters."""
    return _RUN.sub(lambda run: _broken(run.group()), text)


def _broken(run: str) -> str:
    """Words get soft hyphens; an address must not seem to have a hyphen that it has not."""
    joined = _JOINT.sub(NO_SPACE, run)
    mark = SOFT_HYPHEN if joined == run else NO_SPACE
    joined = _LETTERS.sub(lambda part: _every(part.group(), mark), joined)
    return _OTHERS.sub(lambda part: _every(part.group(), NO_SPACE), joined)


def _every(run: str, joint: str) -> str:
    return joint.join(run[at : at + STEP] for at in range(0, len(run), STEP))
