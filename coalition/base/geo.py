"""Shapes on the ground: the only file that knows the geometry library.

Coordinates come and go as degrees WGS84, longitude before latitude (GeoJSON, RFC 7946). Distances and areas are
measured in Belgian Lambert 2008 (EPSG:3812), in metres; never in web Mercator, which makes Flanders 1.6 times too long.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

from coalition.base import lambert
from coalition.base.errors import Refusal

Area = Polygon | MultiPolygon

# Belgium with some kilometres round it: west, south, east, north.
BELGIUM = (2.3, 49.3, 6.6, 51.7)
DECIMALS = 6
_METRES_PER_DEGREE = 111_195.0
_SHRINK = math.cos(math.radians(50.9))


# --- reading and writing


def area_from_geojson(value: Any) -> Area:
    """The polygon or multipolygon of a GeoJSON geometry, holes included; heights are dropped.

    Raises Refusal with a sentence about what is wrong: type, rings that do not close, numbers that are none, swapped
    axes, metres instead of degrees, a place outside Belgium, a boundary that crosses itself.
    """
    if not isinstance(value, dict):
        raise Refusal(_("It has no geometry."))
    kind, coordinates = value.get("type"), value.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise Refusal(_("Its geometry must be a Polygon or a MultiPolygon, not %(kind)s.") % {"kind": _shortened(kind)})
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise Refusal(_("Its geometry is empty."))
    parts = [_polygon(rings) for rings in polygons]
    _refuse_elsewhere(np.vstack([shapely.get_coordinates(part) for part in parts]))
    area = parts[0] if kind == "Polygon" else MultiPolygon(parts)
    _refuse_invalid(area)
    return area


def _shortened(value: Any) -> str:
    return str(value)[:40]


def _polygon(rings: Any) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise Refusal(_("Its geometry is empty."))
    shell, *holes = [_ring(ring) for ring in rings]
    return Polygon(shell, holes)


def _ring(positions: Any) -> np.ndarray:
    if not isinstance(positions, list) or len(positions) < 4:
        raise Refusal(_("A ring of its boundary has fewer than four points."))
    if not all(_is_position(position) for position in positions):
        raise Refusal(_("A point of its boundary is not a pair of numbers."))
    try:
        ring = np.array([position[:2] for position in positions], dtype=float)
    except OverflowError:
        raise Refusal(_("A point of its boundary is not a pair of numbers.")) from None
    if not np.isfinite(ring).all():
        raise Refusal(_("A point of its boundary is not a pair of numbers."))
    if (ring[0] != ring[-1]).any():
        raise Refusal(_("A ring of its boundary is not closed: the last point must equal the first."))
    return ring


def _is_position(position: Any) -> bool:
    return (
        isinstance(position, list)
        and len(position) >= 2
        and all(type(number) in (int, float) for number in position[:2])
    )


def _within(coordinates: np.ndarray, west: float, south: float, east: float, north: float) -> bool:
    x, y = coordinates[:, 0], coordinates[:, 1]
    return bool((x >= west).all() and (x <= east).all() and (y >= south).all() and (y <= north).all())


def _refuse_elsewhere(coordinates: np.ndarray) -> None:
    if _within(coordinates, *BELGIUM):
        return
    if _within(coordinates[:, ::-1], *BELGIUM):
        raise Refusal(_("Its axes are swapped: longitude must come before latitude."))
    if np.abs(coordinates).max() > 360:
        raise Refusal(_("Its coordinates are metres, not degrees: save the file in WGS84 (EPSG:4326)."))
    lon, lat = coordinates[~_inside(coordinates)][0]
    raise Refusal(_("It lies outside Belgium, at %(lon)s, %(lat)s.") % {"lon": f"{lon:.4f}", "lat": f"{lat:.4f}"})


def _inside(coordinates: np.ndarray) -> np.ndarray:
    west, south, east, north = BELGIUM
    x, y = coordinates[:, 0], coordinates[:, 1]
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _refuse_invalid(area: Area) -> None:
    if shapely.is_valid(area) and not area.is_empty and area.area > 0:
        return
    spot = re.search(r"\[(\S+) (\S+)\]", shapely.is_valid_reason(area))
    if spot is None:
        raise Refusal(_("Its boundary encloses nothing."))
    lon, lat = (f"{float(number):.4f}" for number in spot.groups())
    raise Refusal(_("Its boundary crosses or repeats itself near %(lon)s, %(lat)s.") % {"lon": lon, "lat": lat})


# Where the metres of Belgian maps lie: west, south, east, north of the country with a margin.
_LAMBERT_72 = (15_000, 15_000, 305_000, 255_000)
_LAMBERT_2008 = (510_000, 515_000, 805_000, 755_000)


def place_from(latitude: float, longitude: float) -> tuple[float, float]:
    """The longitude and latitude of a place in Belgium, in degrees WGS84.

    Metres of Lambert 72 (EPSG:31370) and of Lambert 2008 (EPSG:3812), x as longitude and y as latitude, are known by
    their size and made degrees within a metre. Raises Refusal for swapped axes, other metres and places elsewhere.
    """
    longitude, latitude = _degrees(longitude, latitude)
    _refuse_elsewhere(np.array([[longitude, latitude]], dtype=float))
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def _degrees(x: float, y: float) -> tuple[float, float]:
    spot = np.array([[x, y]], dtype=float)
    if not np.isfinite(spot).all():
        raise Refusal(_("A place is two numbers: latitude such as 50.795 and longitude such as 4.118."))
    if _within(spot, *_LAMBERT_2008):
        return lambert.from_lambert_2008(x, y)
    return lambert.from_lambert_72(x, y) if _within(spot, *_LAMBERT_72) else (x, y)


def to_text(area: Area) -> str:
    """A shape as compact GeoJSON text, 6 decimals (about 10 cm); the same shape always gives the same text."""
    kind = area.geom_type
    parts = [[_positions(ring) for ring in (part.exterior, *part.interiors)] for part in _parts(area)]
    coordinates = parts if kind == "MultiPolygon" else parts[0]
    return json.dumps({"type": kind, "coordinates": coordinates}, separators=(",", ":"))


def _positions(ring: Any) -> list:
    return shapely.get_coordinates(ring).round(DECIMALS).tolist()


def _parts(area: Area) -> list[Polygon]:
    return list(area.geoms) if area.geom_type == "MultiPolygon" else [area]


def from_text(text: str) -> Area:
    """The shape of a text that `to_text` wrote; not for text from outside."""
    return shapely.from_geojson(text)


# --- measuring


def _lambert_2008() -> Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Lambert conformal conic with two standard parallels, ellipsoid GRS80.

    Formulas: EPSG guidance note 7-2, method 9802; figures: EPSG:3812. ETRS89 and WGS84 are taken as one (under 1 m).
    """
    a, f = 6378137.0, 1 / 298.257222101
    e = math.sqrt(2 * f - f * f)
    lat0, lon0 = math.radians(50.797815), math.radians(4.359215833333333)
    south, north = math.radians(49 + 50 / 60), math.radians(51 + 10 / 60)
    false_east, false_north = 649328.0, 665262.0

    def m(lat):
        return np.cos(lat) / np.sqrt(1 - (e * np.sin(lat)) ** 2)

    def t(lat):
        return np.tan(np.pi / 4 - lat / 2) / ((1 - e * np.sin(lat)) / (1 + e * np.sin(lat))) ** (e / 2)

    n = np.log(m(south) / m(north)) / np.log(t(south) / t(north))
    scale = a * m(south) / (n * t(south) ** n)
    rho0 = scale * t(lat0) ** n

    def forward(lon, lat):
        rho = scale * t(np.radians(lat)) ** n
        theta = n * (np.radians(lon) - lon0)
        return false_east + rho * np.sin(theta), false_north + rho0 - rho * np.cos(theta)

    return forward


to_lambert = _lambert_2008()


def _in_metres(geometry: Any) -> Any:
    return shapely.transform(geometry, lambda c: np.column_stack(to_lambert(c[:, 0], c[:, 1])))


def square_metres(area: Area) -> float:
    """The size of a shape in square metres, measured in EPSG:3812 (within 0.1 % in Belgium)."""
    return float(_in_metres(area).area)


def distances(
    longitudes: Sequence[float], latitudes: Sequence[float], *, longitude: float, latitude: float
) -> np.ndarray:
    """How far each of many places is from one, in metres as the crow flies (EPSG:3812, within 0.1 % in Belgium)."""
    x, y = to_lambert(np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float))
    east, north = to_lambert(longitude, latitude)
    return np.hypot(x - east, y - north)


def distance_metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places (longitude, latitude) are apart, in metres."""
    return float(distances([one[0]], [one[1]], longitude=other[0], latitude=other[1])[0])


def bounds(areas: Iterable[Area]) -> tuple[float, float, float, float]:
    """West, south, east and north of some shapes, in degrees."""
    west, south, east, north = shapely.total_bounds(list(areas)).tolist()
    return west, south, east, north


def contains(area: Area, longitude: float, latitude: float) -> bool:
    """Whether a point lies in a shape or on its boundary."""
    return bool(shapely.intersects_xy(area, longitude, latitude))


class Index:
    """Many shapes among which the one that holds a point is found fast."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = list(areas)
        shapely.prepare(self._areas)
        self._tree = shapely.STRtree(self._areas)

    def at(self, longitude: float, latitude: float) -> int | None:
        """The position of the first shape that holds the point or has it on its boundary; None where none does."""
        hits = self._tree.query(Point(longitude, latitude), predicate="intersects")
        return int(min(hits)) if len(hits) else None


# --- making simpler, making up


def simplify(areas: Sequence[Area], *, metres: float) -> list[Area]:
    """The same shapes with fewer points, neighbours without gaps or overlaps between them (shapely.coverage_simplify).

    Detail smaller than about `metres` disappears. Where the shapes overlap to begin with they are no coverage, and each
    is simplified by itself.
    """
    flat = _stretched(np.array(list(areas), dtype=object), _SHRINK)
    tolerance = metres / _METRES_PER_DEGREE
    if shapely.coverage_is_valid(flat):
        simpler = shapely.coverage_simplify(flat, tolerance)
    else:
        simpler = shapely.simplify(flat, tolerance, preserve_topology=True)
    return list(_stretched(simpler, 1 / _SHRINK))


def _stretched(geometries: np.ndarray, factor: float) -> np.ndarray:
    return shapely.transform(geometries, lambda c: c * (factor, 1.0))


def cells(points: Sequence[tuple[float, float]], *, reach: float = 5_000.0) -> list[Area]:
    """For each point (longitude, latitude) the ground that is nearer to it than to any other: its Voronoi cell.

    Cells end `reach` metres outside the hull of all points. Raises ValueError when two points are one.
    """
    if len(set(points)) < len(points):
        raise ValueError("two points are one: they have no cells")
    if not points:
        return []
    flat = MultiPoint([(lon * _SHRINK, lat) for lon, lat in points])
    frame = flat.convex_hull.buffer(reach / _METRES_PER_DEGREE, quad_segs=4)
    if len(points) == 1:
        drawn = [frame]
    else:
        voronoi = shapely.voronoi_polygons(flat, extend_to=frame).geoms
        tree = shapely.STRtree(list(voronoi))
        drawn = [voronoi[tree.query(point, predicate="intersects")[0]].intersection(frame) for point in flat.geoms]
    return list(_stretched(np.array(drawn, dtype=object), 1 / _SHRINK))


# --- drawing on paper


@dataclass(frozen=True)
class Plane:
    """A flat sheet for drawing: EPSG:3812 scaled to fit, x to the right, y downwards, in units of the drawing."""

    west: float
    north: float
    scale: float
    padding: float
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies on the sheet."""
        x, y = to_lambert(longitude, latitude)
        return float(self.padding + (x - self.west) * self.scale), float(self.padding + (self.north - y) * self.scale)

    def path(self, area: Area) -> str:
        """A shape as the `d` of an SVG path, one decimal; for fill-rule evenodd."""
        return "".join(self._ring(ring) for part in _parts(area) for ring in (part.exterior, *part.interiors))

    def _ring(self, ring: Any) -> str:
        lon, lat = shapely.get_coordinates(ring)[:-1].T
        x, y = self.point_arrays(lon, lat)
        steps: list[str] = []
        for step in (f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True)):
            if not steps or steps[-1] != step:
                steps.append(step)
        return f"M{'L'.join(steps)}Z"

    def point_arrays(self, longitudes: np.ndarray, latitudes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `point`, for many places at once."""
        x, y = to_lambert(longitudes, latitudes)
        return self.padding + (x - self.west) * self.scale, self.padding + (self.north - y) * self.scale

    def middle(self, area: Area) -> tuple[float, float]:
        """A point well inside the biggest part of a shape: where its name goes."""
        biggest = max(_parts(area), key=lambda part: part.area)
        spot: Point = biggest.centroid if biggest.contains(biggest.centroid) else biggest.representative_point()
        return self.point(spot.x, spot.y)

    def size(self, area: Area) -> float:
        """The surface of a shape on the sheet, in square units."""
        return square_metres(area) * self.scale**2


def plane_for(areas: Sequence[Area], *, width: float, height: float, padding: float = 8.0) -> Plane:
    """A sheet at most `width` x `height` on which all shapes fit; raises ValueError when there are none."""
    if not areas:
        raise ValueError("nothing to draw")
    west, south, east, north = shapely.total_bounds([_in_metres(area) for area in areas]).tolist()
    wide, high = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((width - 2 * padding) / wide, (height - 2 * padding) / high)
    return Plane(west, north, scale, padding, wide * scale + 2 * padding, high * scale + 2 * padding)
