"""The map in a brochure: the municipalities that take part, and which producers are in each."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from cms.pages.places import COLOURS, memberships_shown
from cms.pages.producers.results import point_shown
from coalition.base import geo
from coalition.brochures.contents import MAP_HEIGHT, MAP_WIDTH, MapDrawing
from coalition.membership.models import Coalition
from coalition.membership.rules import Standing
from coalition.press.drawing import Kind, Pin, Shape, map_svg
from coalition.producers.models import Producer


def drawing(coalition: Coalition, rows: Sequence[Producer], day: date) -> MapDrawing | None:
    """The map with lines that say the same; None where no municipality has an outline (one query)."""
    told = memberships_shown([coalition], day)
    drawn = [row.municipality for row, standing in told if standing == Standing.MEMBER and row.municipality.outline]
    if not drawn:
        return None
    title = _("Municipalities of %(name)s") % {"name": coalition.name}
    kind = Kind("member", str(Standing.MEMBER.label), COLOURS.get(coalition.accent, COLOURS["leaf"]))
    svg = map_svg(
        [Shape(place.name, kind, geo.from_text(place.outline)) for place in drawn],
        pins=_pins(rows),
        title=title,
        schematic=any(place.is_schematic for place in drawn),
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
    )
    return MapDrawing(svg=str(svg), alt=title, legend=tuple(_lines(rows)))


def _pins(rows: Sequence[Producer]) -> list[Pin]:
    """The numbers of the brochure on the ground; to the kilometre only, where somebody does not show his street."""
    placed = ((number, *point_shown(row)) for number, row in enumerate(rows, start=1))
    return [Pin(str(number), east, north) for number, east, north in placed if east is not None]


def _lines(rows: Sequence[Producer]) -> list[str]:
    """ "Lennik: 2, 7": the numbers of the producers of each municipality, guests' too."""
    numbers: dict[str, list[str]] = {}
    for number, row in enumerate(rows, start=1):
        if row.municipality:
            numbers.setdefault(row.municipality.name, []).append(str(number))
    return [f"{name}: {', '.join(found)}" for name, found in sorted(numbers.items())]
