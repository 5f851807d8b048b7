"""What stands in a joint brochure: plain facts without a database, and the same as a template reads them.

Whoever fills these asks every room; nothing in here asks anybody. `facts` gives JSON: the same brochure, the same text.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import override

from coalition.base.dates import LOCALES
from coalition.brochures.words import words

# The frame of a producer's photo on A4, in millimetres; on A5 the same file is shown smaller.
PHOTO_WIDTH, PHOTO_HEIGHT = 52, 39
# So much of a story stands beside the facts; what is more runs on below, over pages if it must.
OPENING = {"a4": 700, "a5": 450}
# The cover's photo, across the whole of an A4.
COVER_WIDTH, COVER_HEIGHT = 210, 104
# Drawn to this size at most, the names on a map are readable on A5 too (`drawing.map_svg(width=..., height=...)`).
MAP_WIDTH, MAP_HEIGHT = 500, 400
# A new paragraph takes as much room as so many characters.
PARAGRAPH = 40
MONTHS = 12
COVER = "cover.jpg"


@dataclass(frozen=True)
class Picture:
    """A photo: its name in the media storage, and what there is to see on it."""

    file: str
    alt: str


@dataclass(frozen=True)
class Line:
    """A way to reach somebody, for instance a telephone number with a `tel:` address; `url` may be empty."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class ProducerFacts:
    """One producer as a reader of paper needs him. `hours` may have several lines; `distance` is in kilometres."""

    number: int
    name: str
    place: str = ""
    municipality: str = ""
    distance: float | None = None
    story: str = ""
    products: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hours: str = ""
    contact: tuple[Line, ...] = ()
    labels: tuple[str, ...] = ()
    url: str = ""
    picture: Picture | None = None

    @property
    def where(self) -> str:
        """Village and municipality, once if they are the same."""
        return ", ".join(dict.fromkeys(filter(None, [self.place, self.municipality])))


@dataclass(frozen=True)
class CropRow:
    """A crop and how it is had in each month from January: `fresh`, `glass`, `stored`, or empty."""

    name: str
    months: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS or set(self.months) - {"", "fresh", "glass", "stored"}:
            raise ValueError(f"{self.name}: twelve months, each fresh, glass, stored or empty")


@dataclass(frozen=True)
class MapDrawing:
    """A map drawn by `coalition.press.drawing`, what it shows in words, and lines that say the same as the map."""

    svg: str
    alt: str
    legend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brochure:
    """A joint brochure in one language ("nl" or "fr"); `day` is the date of the facts, `publisher` answers for it."""

    title: str
    coalition: str
    language: str
    day: date
    url: str
    subtitle: str = ""
    intro: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    accent: str = "leaf"
    publisher: str = ""
    producers: tuple[ProducerFacts, ...] = ()
    calendar: tuple[CropRow, ...] = ()
    map: MapDrawing | None = None
    cover: Picture | None = None

    def facts(self, form: str) -> dict[str, Any]:
        """Everything that `templates/print/brochure.typ` reads, for a form of `coalition.press.rules.Form`."""
        with override(self.language):
            said = words()
            return {
                **asdict(self),
                "title": self.title.strip() or self.coalition,
                "day": format_date(self.day, "d MMMM y", locale=LOCALES[self.language]),
                "address": re.sub("^https?://|/$", "", self.url),
                "map": _drawn_here(self.map),
                "producers": [_producer(one, form, said, LOCALES[self.language]) for one in self.producers],
                "cover_file": COVER if self.cover else "",
                "pictures": _pictures(self.producers) | self._cover(),
                "codes": [url for url in dict.fromkeys([self.url, *(one.url for one in self.producers)]) if url],
                "words": said,
            }

    def _cover(self) -> dict[str, dict]:
        if self.cover is None:
            return {}
        return {COVER: {"from": self.cover.file, "of": self.title, "width": COVER_WIDTH, "height": COVER_HEIGHT}}


def _producer(one: ProducerFacts, form: str, said: Mapping[str, Any], locale: str) -> dict[str, Any]:
    opening, rest = split_story(one.story, OPENING["a4" if form == "a4" else "a5"])
    distance = "" if one.distance is None else f"{format_decimal(one.distance, '0.0', locale)} km"
    return {
        **asdict(one),
        "story": None,
        "opening": opening,
        "rest": rest,
        "where": " · ".join(filter(None, [one.where, distance])),
        "hours": _lines(one.hours),
        "photo_file": _photo(one),
        "qr_alt": said["qr_of"] % {"name": one.name},
    }


def _photo(one: ProducerFacts) -> str:
    return f"p{one.number}.jpg" if one.picture else ""


def _pictures(producers: tuple[ProducerFacts, ...]) -> dict[str, dict]:
    return {
        _photo(one): {"from": one.picture.file, "of": one.name, "width": PHOTO_WIDTH, "height": PHOTO_HEIGHT}
        for one in producers
        if one.picture
    }


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def split_story(story: str, length: int) -> tuple[list[str], list[str]]:
    """The paragraphs of a story: those of about `length` characters that stand beside the facts, and the others.

    A paragraph that is too long for what is left is cut behind a sentence; the first one, if it must be, behind a word.
    """
    opening: list[str] = []
    rest = _lines(story)
    while rest and length > 0:
        paragraph = rest.pop(0)
        if len(paragraph) > length * 1.25:
            head, tail = _cut(paragraph, length, anywhere=not opening)
            return [*opening, *filter(None, [head])], [tail, *rest]
        opening.append(paragraph)
        length -= len(paragraph) + PARAGRAPH
    return opening, rest


def _cut(paragraph: str, length: int, *, anywhere: bool) -> tuple[str, str]:
    ends = [found.end() for found in re.finditer(r"[.!?…]\s", paragraph[:length])]
    at = ends[-1] if ends else 0
    if anywhere and at < length // 3:
        at = paragraph.rfind(" ", 0, length) + 1 or length
    return paragraph[:at].strip(), paragraph[at:].strip()


def _drawn_here(drawing: MapDrawing | None) -> dict[str, Any] | None:
    """A map of our own drawing; raises ValueError for one that would fetch something (uploads are never drawn)."""
    if drawing is None or not drawing.svg:
        return None
    if re.search(r"<!|<image|<script|href|url\(\s*[\"']?(?!#)", drawing.svg, re.IGNORECASE):
        raise ValueError("this drawing was not made here")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing.svg)
    if box is None:
        raise ValueError("a drawing without a size")
    svg = drawing.svg.replace('font-family="sans-serif"', 'font-family="Source Sans 3"')
    return asdict(drawing) | {"svg": svg, "ratio": float(box[2]) / float(box[1])}
