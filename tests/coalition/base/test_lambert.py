"""Metres of Belgian maps, against figures of others."""

import math

import pytest

from coalition.base import geo, lambert
from coalition.base.errors import Refusal


def test_the_example_of_the_epsg_guidance_note_is_found():
    """Note 7-2, Lambert conic conformal (Belgium): 50°40'46.461"N 5°48'26.533"E is 251763.20 E, 153034.13 N.

    That is EPSG:31300, whose parallels lie 6 cm from those of EPSG:31370.
    """
    longitude, latitude = lambert.LAMBERT_72.degrees(251763.20, 153034.13)

    assert latitude == pytest.approx(50 + 40 / 60 + 46.461 / 3600, abs=1e-6)
    assert longitude == pytest.approx(5 + 48 / 60 + 26.533 / 3600, abs=1e-6)


def laea_degrees(x: float, y: float) -> tuple[float, float]:
    """EPSG:3035 to degrees: an independent road to corners of the European grid."""
    a, f = 6378137.0, 1 / 298.257222101
    e2 = 2 * f - f * f
    e = math.sqrt(e2)

    def q(phi):
        sine = math.sin(phi)
        return (1 - e2) * (sine / (1 - e2 * sine**2) - math.log((1 - e * sine) / (1 + e * sine)) / (2 * e))

    phi0, lam0 = math.radians(52), math.radians(10)
    pole = q(math.pi / 2)
    radius = a * math.sqrt(pole / 2)
    beta0 = math.asin(q(phi0) / pole)
    d = a * math.cos(phi0) / math.sqrt(1 - e2 * math.sin(phi0) ** 2) / (radius * math.cos(beta0))
    east, north = x - 4321000, y - 3210000
    rho = math.hypot(east / d, d * north)
    c = 2 * math.asin(rho / 2 / radius)
    target = pole * (math.cos(c) * math.sin(beta0) + d * north * math.sin(c) * math.cos(beta0) / rho)
    phi = math.asin(target / 2)
    for _time in range(10):
        sine = math.sin(phi)
        phi += (1 - e2 * sine**2) ** 2 / (2 * math.cos(phi)) * (target - q(phi)) / (1 - e2)
    lam = lam0 + math.atan2(
        east * math.sin(c), d * rho * math.cos(beta0) * math.cos(c) - d * d * north * math.sin(beta0) * math.sin(c)
    )
    return math.degrees(lam), math.degrees(phi)


@pytest.mark.parametrize(
    ("grid", "metres"),
    [
        # Corners of the 10 km grid of the European Environment Agency as PROJ puts them in EPSG:31370.
        ((3760000, 3180000), (-20851.02, 240718.4)),
        ((3760000, 3190000), (-21626.25, 250679.5)),
        ((3760000, 3200000), (-22402.56, 260640.9)),
    ],
)
def test_lambert_72_with_its_change_of_datum_agrees_with_the_european_grid(grid, metres):
    assert geo.distance_metres(lambert.from_lambert_72(*metres), laea_degrees(*grid)) < 1


def test_lambert_2008_goes_there_and_back():
    for longitude, latitude in [(2.6, 51.0), (4.0537, 50.7233), (6.2, 49.6)]:
        x, y = (float(metres) for metres in geo.to_lambert(longitude, latitude))

        assert lambert.from_lambert_2008(x, y) == pytest.approx((longitude, latitude), abs=1e-10)


def test_a_place_in_metres_is_the_same_place_in_degrees():
    by_72 = geo.place_from(latitude=148974, longitude=235166)

    # Another programme, with a rougher change of datum: within some metres.
    assert geo.distance_metres(by_72, (5.572941, 50.645173)) < 5
    x, y = (float(metres) for metres in geo.to_lambert(*by_72))
    assert geo.distance_metres(by_72, geo.place_from(latitude=y, longitude=x)) < 0.2


@pytest.mark.parametrize(
    ("latitude", "longitude", "sentence"),
    [
        (4.118, 50.795, "swapped"),
        (5635000.0, 458000.0, "metres"),
        (50.795, 14.118, "outside Belgium"),
        (0.0, 0.0, "outside Belgium"),
        (float("nan"), 4.1, "two numbers"),
        (float("inf"), 4.1, "two numbers"),
    ],
)
def test_a_doubtful_place_is_refused_with_the_reason(latitude, longitude, sentence):
    from django.utils.translation import override

    with override("en"), pytest.raises(Refusal, match=sentence):
        geo.place_from(latitude=latitude, longitude=longitude)


def test_distances_are_measured_for_many_places_at_once():
    found = geo.distances([4.0, 4.0, 4.1], [50.8, 50.9, 50.8], longitude=4.0, latitude=50.8)

    assert found.round().tolist() == pytest.approx([0, 11125, 7050], abs=15)
