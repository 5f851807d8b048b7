"""A brochure as its template reads it: JSON, in the words of its language, cut for the paper it is printed on."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import override

from coalition.base.dates import LOCALES
from coalition.brochures.contents import Brochure, MapDrawing, Picture, ProducerFacts
from coalition.brochures.words import words
from coalition.press.rules import Form

# The frame of a producer's photo on A4, in millimetres; on A5 the same file is shown smaller.
PHOTO_WIDTH, PHOTO_HEIGHT = 46, 34.5
# So much of a story stands beside the facts; what is more runs on below, over pages if it must.
OPENING = {"a4": 700, "a5": 450}
# The cover's photo, across the whole of an A4.
COVER_WIDTH, COVER_HEIGHT = 210, 104
# A new paragraph takes as much room as so many characters.
PARAGRAPH = 40
# No heading may be empty: readers who hear the brochure walk from one to the next.
NAMELESS = "–"
COVER = "cover.jpg"


def facts(brochure: Brochure, *, form: str) -> dict[str, Any]:
    """Everything that `templates/print/brochure.typ` reads; the same brochure gives the same facts.

    Raises ValueError for a map that was not drawn by `coalition.press.drawing`.
    """
    with override(brochure.language):
        said = words()
    locale = LOCALES[brochure.language]
    return {
        **asdict(brochure),
        "title": one_line(brochure.title) or one_line(brochure.coalition) or NAMELESS,
        "coalition": one_line(brochure.coalition),
        "day": format_date(brochure.day, "d MMMM y", locale=locale),
        "address": re.sub("^https?://|/$", "", brochure.url),
        "map": _drawn_here(brochure.map),
        "producers": [_producer(one, form, said, locale) for one in brochure.producers],
        "cover_file": COVER if brochure.cover else "",
        "cover_alt": _alt(brochure.cover, brochure.title),
        "pictures": _pictures(brochure),
        "codes": [url for url in dict.fromkeys([brochure.url, *(one.url for one in brochure.producers)]) if url],
        "words": said,
    }


def _pictures(brochure: Brochure) -> dict[str, dict]:
    """What the press needs to know of each photo, by the name that the template gives it."""
    frames = {}
    if brochure.cover:
        frames[COVER] = _frame(brochure.cover, brochure.title, COVER_WIDTH, COVER_HEIGHT)
    for one in brochure.producers:
        if one.picture:
            frames[_photo(one)] = _frame(one.picture, one.name, PHOTO_WIDTH, PHOTO_HEIGHT)
    return frames


def _frame(picture: Picture, of: str, width: float, height: float) -> dict[str, Any]:
    return {"from": picture.file, "of": of, "width": width, "height": height}


def _photo(one: ProducerFacts) -> str:
    return f"p{one.number}.jpg" if one.picture else ""


def _alt(picture: Picture | None, instead: str) -> str:
    return one_line(picture.alt if picture else "") or one_line(instead) or NAMELESS


def _producer(one: ProducerFacts, form: str, said: Mapping[str, Any], locale: str) -> dict[str, Any]:
    opening, rest = split_story(one.story, OPENING["a4" if form == Form.A4 else "a5"])
    distance = "" if one.distance is None else f"{format_decimal(one.distance, '0.0', locale)} km"
    return {
        **asdict(one),
        "name": one_line(one.name) or NAMELESS,
        "story": None,
        "opening": opening,
        "rest": rest,
        "where": " · ".join(filter(None, [one.where, distance])),
        "hours": _lines(one.hours),
        "photo_file": _photo(one),
        "photo_alt": _alt(one.picture, one.name),
        "qr_alt": said["qr_of"] % {"name": one.name},
    }


def one_line(text: str) -> str:
    """A text without line breaks and without space around it."""
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    return [one_line(line) for line in text.splitlines() if line.strip()]


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
    return asdict(drawing) | {
        "svg": svg,
        "alt": one_line(drawing.alt) or NAMELESS,
        "ratio": float(box[2]) / float(box[1]),
    }
