import json
from datetime import date

import pytest

from coalition.territory.ground import ground_on
from tests.factories.territory import LocalityFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
INSIDE = (4.11, 50.79)


def square(west: float, south: float, side: float = 0.1) -> str:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def test_an_official_boundary_says_where_a_point_lies():
    here = MunicipalityFactory(boundary=square(4.05, 50.75))
    LocalityFactory(municipality=MunicipalityFactory(), postcode="1755", name="Gooik")

    assert ground_on(DAY).where(*INSIDE, "1755", "Gooik") == here.pk


def test_a_postcode_is_believed_before_a_schematic_boundary():
    drawn = MunicipalityFactory(boundary=square(4.05, 50.75), is_schematic=True)
    right = LocalityFactory(postcode="1755", name="Gooik").municipality
    ground = ground_on(DAY)

    assert ground.where(*INSIDE, "1755", "Gooik") == right.pk
    assert ground.where(*INSIDE) == drawn.pk
    assert ground.where(None, None, "1755") == right.pk


def test_a_postcode_of_two_municipalities_needs_the_village():
    one = LocalityFactory(postcode="1540", name="Herfelingen").municipality
    LocalityFactory(postcode="1540", name="Herne")
    ground = ground_on(DAY)

    assert ground.where(None, None, "1540") is None
    assert ground.where(None, None, "1540", "herfelingen") == one.pk


def test_nowhere_is_no_municipality():
    MunicipalityFactory(boundary=square(4.05, 50.75))

    assert ground_on(DAY).where(5.5, 51.0) is None


def test_what_has_ended_holds_no_point():
    MunicipalityFactory(boundary=square(4.05, 50.75), valid_until=date(2024, 12, 31))

    assert ground_on(DAY).where(*INSIDE) is None
