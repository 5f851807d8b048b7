import pytest
import shapely

from coalition.base import geo
from coalition.base.errors import Refusal

SQUARE = [[4.0, 50.7], [4.1, 50.7], [4.1, 50.8], [4.0, 50.8], [4.0, 50.7]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize(
    ("lon", "lat", "east", "north"),
    [
        # The false origin of EPSG:3812, then figures of PROJ 9 (pyproj, EPSG:4326 to EPSG:3812).
        (4.359215833333333, 50.797815, 649328.0, 665262.0),
        (4.0537, 50.7233, 627755.5464574157, 657017.5320238983),
        (2.6, 51.0, 525850.3474815768, 689216.1962912913),
        (5.8, 50.75, 750997.9546140534, 660929.6048204254),
    ],
)
def test_belgian_lambert_agrees_with_proj_to_a_micrometre(lon, lat, east, north):
    assert geo.to_lambert(lon, lat) == pytest.approx((east, north), abs=1e-6)


def test_a_polygon_is_read_with_its_hole_and_without_heights():
    hole = [[4.04, 50.74, 12], [4.06, 50.74, 12], [4.06, 50.76, 12], [4.04, 50.76, 12], [4.04, 50.74, 12]]

    area = geo.area_from_geojson(polygon(SQUARE, hole))

    assert len(area.interiors) == 1
    assert not shapely.has_z(area)
    assert not geo.contains(area, 4.05, 50.75)
    assert geo.contains(area, 4.01, 50.71)


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (None, "no geometry"),
        ({"type": "Point", "coordinates": [4, 50]}, "must be a Polygon"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "empty"),
        (polygon(SQUARE[:3]), "fewer than four"),
        (polygon(SQUARE[:4]), "not closed"),
        (polygon([[4.0, "50.7"], *SQUARE[1:]]), "not a pair of numbers"),
        (polygon([[4.0, True], *SQUARE[1:]]), "not a pair of numbers"),
        (polygon([[4.0, float("nan")], *SQUARE[1:]]), "not a pair of numbers"),
        (polygon([[4.0, 10**400], *SQUARE[1:]]), "not a pair of numbers"),
        (polygon([[lat, lon] for lon, lat in SQUARE]), "axes are swapped"),
        (polygon([[lon * 35_000, lat * 3_000] for lon, lat in SQUARE]), "metres, not degrees"),
        (polygon([[lon + 10, lat] for lon, lat in SQUARE]), "outside Belgium, at 14"),
        (polygon([SQUARE[i] for i in (0, 2, 1, 3, 0)]), "crosses or repeats itself near 4.05"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]]), "Its boundary"),
    ],
)
def test_a_doubtful_geometry_is_refused_with_the_reason(geometry, sentence):
    with pytest.raises(Refusal, match=sentence):
        geo.area_from_geojson(geometry)


def test_text_keeps_six_decimals_and_reads_back_the_same():
    area = geo.area_from_geojson(polygon([[lon + 1e-9, lat] for lon, lat in SQUARE]))

    text = geo.to_text(area)

    assert text == '{"type":"Polygon","coordinates":[[[4.0,50.7],[4.1,50.7],[4.1,50.8],[4.0,50.8],[4.0,50.7]]]}'
    assert geo.to_text(geo.from_text(text)) == text


def test_an_area_is_measured_on_the_ground():
    area = geo.area_from_geojson(polygon(SQUARE))

    # On the ellipsoid this quadrangle is 78.50 km² (7.06 km by 11.12 km).
    assert geo.square_metres(area) == pytest.approx(78.5e6, rel=2e-3)
    assert geo.bounds([area]) == (4.0, 50.7, 4.1, 50.8)


def test_neighbours_stay_neighbours_when_simplified():
    border = [[4.1, 50.7 + step / 100] for step in range(11)]
    for number, point in enumerate(border[1:-1]):
        point[0] += 0.0004 * (-1) ** number
    west = geo.area_from_geojson(polygon([[4.0, 50.7], *border, [4.0, 50.8], [4.0, 50.7]]))
    east = geo.area_from_geojson(polygon([[4.2, 50.7], [4.2, 50.8], *reversed(border), [4.2, 50.7]]))

    simpler = geo.simplify([west, east], metres=500)

    assert shapely.coverage_is_valid(simpler)
    assert sum(shapely.get_num_coordinates(simpler)) < sum(shapely.get_num_coordinates([west, east]))
    assert shapely.union_all(simpler).interiors[:] == []
    assert simpler[0].intersection(simpler[1]).area == 0


def test_cells_hold_their_own_point_and_share_the_ground():
    points = [(4.0476, 50.7572), (4.1548, 50.8042), (4.1361, 50.7360), (4.0880, 50.8314)]

    cells = geo.cells(points)

    for mine, cell in enumerate(cells):
        assert [geo.contains(cell, *point) for point in points] == [other == mine for other in range(4)]
    overlap = sum(a.intersection(b).area for i, a in enumerate(cells) for b in cells[i + 1 :])
    assert overlap == pytest.approx(0, abs=1e-12)


def test_one_point_has_one_cell_and_a_repeated_point_has_none():
    assert geo.contains(geo.cells([(4.0, 50.7)])[0], 4.0, 50.7)
    assert geo.cells([]) == []
    with pytest.raises(ValueError, match="two points are one"):
        geo.cells([(4.0, 50.7), (4.0, 50.7)])


def test_points_on_one_line_have_cells_too():
    points = [(4.0, 50.7), (4.1, 50.7), (4.2, 50.7)]

    assert [geo.contains(cell, *point) for cell, point in zip(geo.cells(points), points, strict=True)] == [True] * 3


def test_the_sheet_has_north_up_and_everything_on_it():
    area = geo.area_from_geojson(polygon(SQUARE))

    plane = geo.plane_for([area], width=400, height=300, padding=10)

    assert plane.height == pytest.approx(300)
    assert plane.width < 400
    assert plane.point(4.05, 50.8)[1] < plane.point(4.05, 50.7)[1]
    assert plane.point(4.0, 50.75)[0] < plane.point(4.1, 50.75)[0]
    assert plane.path(area).startswith("M")
    assert plane.path(area).endswith("Z")
    assert plane.middle(area) == pytest.approx((plane.width / 2, plane.height / 2), abs=1)
