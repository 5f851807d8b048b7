"""What a reader asks of the directory, as it stands in the address: plain words, no script and no memory needed."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from coalition.producers.words import Category, ChannelKind, LabelKind
from coalition.territory.rules import is_nis

LONGEST = 60
YES = "1"
# The words in the address, in the order in which they stand there.
WORDS, CATEGORY, CHANNEL, LABEL, MUNICIPALITY = "q", "soort", "verkoop", "label", "gemeente"
OPEN_NOW, OPEN_SUNDAY, IN_SEASON, CROP, PAGE = "open", "zondag", "seizoen", "gewas", "p"


@dataclass(frozen=True)
class Question:
    """Every part may be empty; what is in the address and means nothing here is not in it."""

    words: str = ""
    category: str = ""
    channel: str = ""
    label: str = ""
    municipality: str = ""
    crop: str = ""
    open_now: bool = False
    open_sunday: bool = False
    in_season: bool = False
    page: str = ""

    @classmethod
    def read(cls, asked: QueryDict) -> Self:
        """The question in an address; unknown words are left out rather than answered with an error."""
        words = "".join(letter for letter in asked.get(WORDS, "").replace("\x00", " ") if letter.isprintable())
        nis, crop = asked.get(MUNICIPALITY, ""), asked.get(CROP, "")
        return cls(
            words=" ".join(words.split())[:LONGEST].strip(),
            category=_known(asked.get(CATEGORY, ""), Category.values),
            channel=_known(asked.get(CHANNEL, ""), ChannelKind.values),
            label=_known(asked.get(LABEL, ""), LabelKind.values),
            municipality=nis if is_nis(nis) else "",
            crop=crop if crop.isalpha() and crop.isascii() and len(crop) <= 20 else "",
            open_now=asked.get(OPEN_NOW) == YES,
            open_sunday=asked.get(OPEN_SUNDAY) == YES,
            in_season=asked.get(IN_SEASON) == YES,
            page=asked.get(PAGE, ""),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked beside a place or a word."""
        return replace(self, words="", page="") != Question()

    @property
    def is_empty(self) -> bool:
        return replace(self, page="") == Question()

    def address(self, **changed: str) -> str:
        """The question as it stands behind an address, from its first page on; `p` asks for another page."""
        told = {
            WORDS: self.words,
            CATEGORY: self.category,
            CHANNEL: self.channel,
            LABEL: self.label,
            MUNICIPALITY: self.municipality,
            CROP: self.crop,
            OPEN_NOW: YES if self.open_now else "",
            OPEN_SUNDAY: YES if self.open_sunday else "",
            IN_SEASON: YES if self.in_season else "",
        }
        asked = urlencode({name: value for name, value in (told | changed).items() if value})
        return f"?{asked}" if asked else ""


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""
