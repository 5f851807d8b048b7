"""The official file of municipal boundaries, read and doubted: GeoJSON in, municipalities or a list of faults out."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coalition.base import geo
from coalition.base.errors import Refusal
from coalition.territory.rules import is_nis

MAX_BYTES = 30_000_000
MAX_NAME = 120
# The names that Statbel and those who pass its file on give to the same three columns.
NIS_COLUMNS = ("nis", "cd_munty_refnis", "niscode", "refnis", "cd_refnis")
DUTCH_COLUMNS = ("name_nl", "tx_munty_descr_nl", "tx_munty_dscr_nl", "naam", "name")
FRENCH_COLUMNS = ("name_fr", "tx_munty_descr_fr", "tx_munty_dscr_fr")
MERGED_COLUMNS = ("merged_from",)
# Statbel tells two of one name apart by the arrondissement: "Halle (Halle-Vilvoorde)" is called Halle.
_ARRONDISSEMENT = re.compile(r"(?<=\S) \([^()]*\)$")


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file, in words for whoever sent it."""

    place: str
    sentence: str


class BrokenFile(Refusal):
    """A file was refused; `faults` names every place at fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(f"{first.place}: {first.sentence}" if first.place else first.sentence)


@dataclass(frozen=True)
class Outlined:
    """One municipality of the file."""

    nis: str
    name_nl: str
    name_fr: str
    area: geo.Area = field(repr=False)
    merged_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class BoundaryFile:
    """All municipalities of the file, and the columns that were not read."""

    municipalities: tuple[Outlined, ...]
    unread: tuple[str, ...] = ()


def refuse_oversized(size: int) -> None:
    """Raise BrokenFile for a file of more than MAX_BYTES bytes; to be asked before it is read."""
    if size > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise BrokenFile([Fault("", _("The file is larger than %(limit)s MB.") % {"limit": limit})])


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without byte order mark; raises BrokenFile otherwise."""
    encoding = "utf-8-sig"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif content[:4:2] == b"\0\0" or content[1:4:2] == b"\0\0":
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        sentence = _("The file is not text in UTF-8 (byte %(position)s cannot be read).") % {"position": error.start}
        raise BrokenFile([Fault("", sentence)]) from error


def edition_in(file_name: str) -> date | None:
    """The day an edition starts to hold when its file name tells the year: "flanders-2025.geojson" is 1 January 2025.

    Mergers of municipalities take effect on the first of January.
    """
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", file_name))
    return date(int(years.pop()), 1, 1) if len(years) == 1 else None


def read_boundaries(content: bytes) -> BoundaryFile:
    """The municipalities of a GeoJSON FeatureCollection in WGS84; raises BrokenFile naming every feature at fault."""
    refuse_oversized(len(content))
    features = _features(decoded(content))
    read: list[Outlined] = []
    faults: list[Fault] = []
    for number, feature in enumerate(features, start=1):
        try:
            read.append(_municipality(feature))
        except Refusal as refusal:
            faults.append(Fault(_place(number, feature), refusal.sentence))
    faults += _repeated(read)
    if faults:
        raise BrokenFile(faults)
    return BoundaryFile(tuple(read), _unread(features))


def _features(text: str) -> list:
    document = _json(text)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        raise BrokenFile([Fault("", _("The file is TopoJSON; save it as GeoJSON in WGS84 first."))])
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise BrokenFile([Fault("", _("The file is not a GeoJSON FeatureCollection."))])
    if not document["features"]:
        raise BrokenFile([Fault("", _("The file holds no municipality."))])
    return document["features"]


def _json(text: str) -> Any:
    if not text.strip():
        raise BrokenFile([Fault("", _("The file is empty."))])
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
        raise BrokenFile([Fault(where, _broken_json(text, error))]) from error
    except (ValueError, RecursionError) as error:
        raise BrokenFile([Fault("", _("The file is not valid JSON."))]) from error


def _broken_json(text: str, error: json.JSONDecodeError) -> str:
    if text.lstrip()[:1] == "<":
        return _("The file is a web page or XML, not GeoJSON.")
    if text.lstrip()[:1] in "{[" and error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
        return _("The file stops halfway: it was not saved or sent completely.")
    return _("The file is not valid JSON.")


def _municipality(feature: Any) -> Outlined:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Refusal(_("It is not a GeoJSON Feature."))
    properties = _properties(feature)
    return Outlined(
        nis=_nis(properties),
        name_nl=_name(properties, DUTCH_COLUMNS, required=True),
        name_fr=_name(properties, FRENCH_COLUMNS),
        area=geo.area_from_geojson(feature.get("geometry")),
        merged_from=_merged_from(properties),
    )


def _properties(feature: Any) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return {key.lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}


def _first(properties: dict[str, Any], columns: tuple[str, ...]) -> Any:
    return next((properties[column] for column in columns if properties.get(column) not in (None, "")), None)


def _nis(properties: dict[str, Any]) -> str:
    value = _first(properties, NIS_COLUMNS)
    if value is None:
        raise Refusal(
            _("It has no NIS code: none of its properties is called %(names)s.") % {"names": ", ".join(NIS_COLUMNS)}
        )
    code = str(value).strip() if type(value) in (str, int) else ""
    if not is_nis(code):
        raise Refusal(_("“%(code)s” is not a NIS code: that is five digits.") % {"code": str(value)[:40]})
    return code


def _name(properties: dict[str, Any], columns: tuple[str, ...], *, required: bool = False) -> str:
    value = _first(properties, columns)
    if value is None and not required:
        return ""
    name = _ARRONDISSEMENT.sub("", " ".join(value.split())) if isinstance(value, str) else ""
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise Refusal(_("It has no name of 1 to %(limit)s characters.") % {"limit": MAX_NAME})
    return name


def _merged_from(properties: dict[str, Any]) -> tuple[str, ...]:
    codes = _first(properties, MERGED_COLUMNS) or []
    if not isinstance(codes, list) or not all(isinstance(code, str) and is_nis(code) for code in codes):
        raise Refusal(_("“merged_from” must be a list of NIS codes."))
    return tuple(dict.fromkeys(codes))


def _place(number: int, feature: Any) -> str:
    """Feature, code and name as far as they can be told."""
    properties = _properties(feature)
    told = [_first(properties, columns) for columns in (NIS_COLUMNS, DUTCH_COLUMNS)]
    known = ", ".join(" ".join(str(value).split())[:60] for value in told if isinstance(value, str | int))
    return (
        _("feature %(number)s (%(known)s)") % {"number": number, "known": known}
        if known
        else (_("feature %(number)s") % {"number": number})
    )


def _repeated(read: list[Outlined]) -> Iterator[Fault]:
    seen: set[str] = set()
    for municipality in read:
        if municipality.nis in seen:
            sentence = _("The NIS code %(nis)s stands in the file more than once.") % {"nis": municipality.nis}
            yield Fault(municipality.name_nl, sentence)
        seen.add(municipality.nis)


def _unread(features: list) -> tuple[str, ...]:
    read = {*NIS_COLUMNS, *DUTCH_COLUMNS, *FRENCH_COLUMNS, *MERGED_COLUMNS}
    return tuple(sorted({key for feature in features for key in _properties(feature)} - read))
