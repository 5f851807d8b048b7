"""From facts to a finished sheet: what makes one sheet the same as another, and the making itself.

Facts are what a template reads, as JSON. Three names in them are known here: `pictures`, by the plain file name that
the template uses {"from": name in the media storage, "of": whose, "width": mm, "height": mm}; `codes`, addresses that
become square codes; and `day`, the date of the facts, which alone makes no new sheet.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from django.core.files.storage import default_storage
from django.utils.text import slugify
from django.utils.translation import gettext as _
from unidecode import unidecode

from coalition.press import codes, glyphs, imposition, pictures, typeset
from coalition.press.rules import Form

# The date of the facts is no fact.
NOT_COMPARED = ("day",)
# Whoever waits sees the count move; the database is not told of each picture.
TELL_EVERY = 10
LONGEST_NAME = 80
HANDS = 2


@dataclass(frozen=True)
class Made:
    """A finished sheet, and sentences on what could not be printed."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def fingerprint(*, template: str, form: str, facts: Mapping[str, Any]) -> str:
    """64 hexadecimal digits: the same for the same facts, template, colours, fonts and compositor."""
    compared = {name: value for name, value in facts.items() if name not in NOT_COMPARED}
    parts = [form, json.dumps(compared, sort_keys=True, ensure_ascii=True, default=str), _press()]
    parts += [hashlib.sha256(typeset.source(template)).hexdigest(), json.dumps(typeset.colours(), sort_keys=True)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _press() -> str:
    return f"typst {version('typst')} {glyphs.version()}"


def file_name(title: str, form: str) -> str:
    """A name in plain ASCII for whoever takes the sheet home."""
    return f"{slugify(unidecode(title))[:LONGEST_NAME].strip('-') or 'drukwerk'}-{form}.pdf"


def parts(facts: Mapping[str, Any]) -> int:
    """How many steps the making takes: every picture, the setting, the putting away."""
    return len(facts.get("pictures", {})) + 2


def make(*, template: str, form: str, facts: Mapping[str, Any], made_at: datetime, tell: Callable[[int], None]) -> Made:
    """Make the PDF; `tell` hears how many parts are done. Raises Refusal when it cannot be made."""
    ready, notes = _pictures(facts.get("pictures", {}), tell)
    paper = {
        **facts,
        "pictures": sorted(ready),
        "codes": {url: codes.qr_svg(url) for url in facts.get("codes", [])},
        "paper": "a4" if form == Form.A4 else "a5",
    }
    printed = typeset.typeset(template, paper, pictures=ready, made_at=made_at)
    if printed.lost:
        notes.append(
            _("Characters that cannot be printed were left out: %(characters)s") % {"characters": printed.lost}
        )
    pdf = imposition.booklet(printed.pdf) if form == Form.BOOKLET else printed.pdf
    tell(parts(facts) - 1)
    return Made(pdf=pdf, pages=imposition.count(pdf), notes=tuple(notes))


def _pictures(wanted: Mapping[str, Mapping], tell: Callable[[int], None]) -> tuple[dict[str, bytes], list[str]]:
    ready: dict[str, bytes] = {}
    notes: list[str] = []
    # Decoding goes on beside Python, so two hands are faster than one.
    with ThreadPoolExecutor(max_workers=HANDS) as hands:
        names = sorted(wanted)
        made = hands.map(_picture, [wanted[name] for name in names])
        for number, (name, picture) in enumerate(zip(names, made, strict=True), start=1):
            if picture is None:
                of = wanted[name]["of"]
                notes.append(_("The picture of %(name)s cannot be read and was left out.") % {"name": of})
            else:
                ready[name] = picture
            if number % TELL_EVERY == 0:
                tell(number)
    return ready, notes


def _picture(frame: Mapping[str, Any]) -> bytes | None:
    try:
        with default_storage.open(frame["from"]) as file:
            content = file.read()
    except OSError:
        return None
    return pictures.for_frame(content, width_mm=frame["width"], height_mm=frame["height"])
