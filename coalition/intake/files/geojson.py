"""GeoJSON (RFC 7946): one row for each feature, its properties by name and its place as latitude and longitude."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.intake.files import values
from coalition.intake.files.shape import Row, Sheet, plain

LATITUDE, LONGITUDE = "latitude", "longitude"
# A feature says only what it knows, so there are far more names than columns in a table.
MAX_NAMES = 1_000
MAX_DIGITS = 30


def read(text: str) -> Sheet:
    """The features of a FeatureCollection; raises Refusal for any other JSON."""
    document = _document(text)
    features = _features(document)
    head: dict[str, None] = {}
    for row in _rows(features):
        head.update(dict.fromkeys(row.cells))
        if len(head) > MAX_NAMES:
            raise Refusal(_("The features have more than %(limit)s different properties.") % {"limit": MAX_NAMES})
    told = (plain(_words(document.get(name)), 1) for name in ("attribution", "licence", "license"))
    return Sheet("geojson", tuple(head), lambda: _rows(features), credit="; ".join(filter(None, told)))


def _document(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=values.number, parse_int=str)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise Refusal(_("The file is not valid JSON (line %(line)s, column %(column)s).") % where) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(_("The file is not valid JSON.")) from error


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _features(document: Any) -> list:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        raise Refusal(_("The file is TopoJSON; save it as GeoJSON in WGS84 first."))
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise Refusal(_("The file is not a GeoJSON FeatureCollection."))
    if not document["features"]:
        raise Refusal(_("The file is empty."))
    return document["features"]


def _rows(features: list) -> Iterator[Row]:
    for number, feature in enumerate(features, start=1):
        yield _row(number, feature)


def _row(number: int, feature: Any) -> Row:
    """Numbered as features are counted, from 1."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Row(number, {}, (_("It is not a GeoJSON Feature."),))
    properties = feature.get("properties")
    cells = dict(_named(properties if isinstance(properties, dict) else {}, number))
    if "id" in feature and "id" not in cells:
        cells["id"] = plain(_words(feature["id"]), number)
    place, remarks = _place(feature.get("geometry"))
    cells = {name: words for name, words in (cells | place).items() if words}
    return Row(number, cells, remarks)


def _named(properties: dict[str, Any], number: int, before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        key = " ".join(plain(f"{before}{name}", number).split())[:100]
        if isinstance(value, dict) and not before:
            yield from _named(value, number, f"{key}.")
        elif key:
            yield key, plain(_words(value), number)


def _words(value: Any) -> str:
    """A scalar in words, a list of them with semicolons between (as OpenStreetMap writes it), nothing for the rest."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(_words(part) for part in value if not isinstance(part, list | dict))
    return value if isinstance(value, str) else ""


def _place(geometry: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    if geometry is None:
        return {}, ()
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind != "Point":
        return {}, (_("Its geometry must be a Point, not %(kind)s.") % {"kind": str(kind)[:40]},)
    position = geometry.get("coordinates")
    # Numbers come as the words in which they were written; so would words, which the place itself will refuse.
    if not isinstance(position, list) or len(position) < 2 or not all(isinstance(part, str) for part in position[:2]):
        return {}, (_("Its geometry is not a pair of numbers."),)
    longitude, latitude = (values.number(part[:MAX_DIGITS]) for part in position[:2])
    return {LATITUDE: latitude, LONGITUDE: longitude}, ()
