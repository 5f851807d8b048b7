"""Where producers are: pins on the ground of their coalition; the list of producers says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.pages.places import Map, Spot, memberships_shown
from cms.pages.producers.results import Result
from cms.pages.producers.scope import Scope
from coalition.base import freshness, geo
from coalition.membership.models import Coalition
from coalition.membership.rules import Standing
from coalition.press.drawing import Ground, Kind, Pin, Shape, ground

# The municipalities are only the ground here: no colour of theirs means anything.
GROUND = "ground"


@dataclass(frozen=True)
class _Sheet:
    """A drawn ground, and where its lines came from; None where no municipality has a boundary."""

    ground: Ground | None
    sources: tuple[str, ...]
    schematic: bool


def of_results(scope: Scope, results: Sequence[Result], day: date) -> Map | None:
    """The producers of one page of the directory, with the numbers they have there; None where nobody has a point."""
    placed = [one for one in results if one.longitude is not None and one.latitude is not None]
    pins = [Pin(str(one.number), one.longitude, one.latitude) for one in placed]
    return on_ground(scope, pins, _("Where these producers are"), day) if pins else None


def of_one(scope: Scope, spot: Spot, day: date) -> Map | None:
    """One producer, named beside the map."""
    pin = Pin("", spot.longitude, spot.latitude)
    return on_ground(scope, [pin], _("Where %(name)s is") % {"name": spot.name}, day, spots=(spot,))


def on_ground(scope: Scope, pins: Sequence[Pin], title: str, day: date, *, spots: tuple[Spot, ...] = ()) -> Map | None:
    """Pins on the municipalities of a scope; the ground is drawn once while nothing changes."""
    slug = scope.coalition.slug if scope.coalition else "site"
    sheet = freshness.remembered(f"ground:{slug}:{day}:{get_language()}", lambda: _draw(scope, day), slug)
    if sheet.ground is None:
        return None
    query = f"?coalitie={slug}" if scope.coalition else ""
    return Map(
        prefix="map",
        title=title,
        ground=sheet.ground,
        data_url=reverse("municipalities_geojson") + query,
        places=(),
        sources=sheet.sources,
        schematic=sheet.schematic,
        pins=tuple(pins),
        spots=spots,
    )


def _draw(scope: Scope, day: date) -> _Sheet:
    """The members of these coalitions, each once (two queries at most)."""
    coalitions = [scope.coalition] if scope.coalition else Coalition.objects.filter(pk__in=scope.among)
    told = memberships_shown(coalitions, day)
    rows = {row.municipality_id: row.municipality for row, standing in told if standing == Standing.MEMBER}
    drawn = [row for row in rows.values() if row.outline]
    if not drawn:
        return _Sheet(None, (), False)
    kind = Kind(GROUND, "", colour="#77735f", texture="empty")
    shapes = [Shape(row.name, kind, geo.from_text(row.outline)) for row in drawn]
    schematic = any(row.is_schematic for row in drawn)
    sheet = ground(
        shapes,
        title=_("Map of the producers"),
        description=_("The numbers are those of the list."),
        schematic=schematic,
        legend=False,
    )
    return _Sheet(sheet, tuple(sorted({row.source for row in drawn if row.source})), schematic)
