"""From metres on Belgian maps back to degrees: what surveys and town halls still hand over.

Formulas: EPSG guidance note 7-2, methods 9802 (Lambert conformal conic with two parallels) and 9606 (seven parameters,
position vector); figures: EPSG:31370, EPSG:3812 and EPSG:15929, which says of itself that it holds within a metre.
"""

import math
from dataclasses import dataclass
from functools import cached_property

ARC_SECOND = math.pi / 648_000


@dataclass(frozen=True)
class Ellipsoid:
    a: float
    f: float

    @property
    def e(self) -> float:
        return math.sqrt(2 * self.f - self.f * self.f)


HAYFORD = Ellipsoid(6378388.0, 1 / 297)
GRS80 = Ellipsoid(6378137.0, 1 / 298.257222101)


@dataclass(frozen=True)
class Cone:
    """One Lambert projection, in degrees and metres."""

    ellipsoid: Ellipsoid
    latitude: float
    longitude: float
    parallels: tuple[float, float]
    east: float
    north: float

    def _m(self, latitude: float) -> float:
        return math.cos(latitude) / math.sqrt(1 - (self.ellipsoid.e * math.sin(latitude)) ** 2)

    def _t(self, latitude: float) -> float:
        sine = self.ellipsoid.e * math.sin(latitude)
        return math.tan(math.pi / 4 - latitude / 2) / ((1 - sine) / (1 + sine)) ** (self.ellipsoid.e / 2)

    @cached_property
    def _shape(self) -> tuple[float, float, float]:
        """The sharpness of the cone, its scale, and the radius at the origin."""
        one, two = (math.radians(parallel) for parallel in self.parallels)
        n = math.log(self._m(one) / self._m(two)) / math.log(self._t(one) / self._t(two))
        scale = self.ellipsoid.a * self._m(one) / (n * self._t(one) ** n)
        # At the pole the radius is nothing; the tangent of it is not quite.
        origin = 0.0 if self.latitude == 90 else scale * self._t(math.radians(self.latitude)) ** n
        return n, scale, origin

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude, on the cone's own ellipsoid, of a point in metres."""
        n, scale, origin = self._shape
        east, south = x - self.east, origin - (y - self.north)
        t = (math.hypot(east, south) / scale) ** (1 / n)
        latitude = math.pi / 2 - 2 * math.atan(t)
        for _time in range(8):
            sine = self.ellipsoid.e * math.sin(latitude)
            latitude = math.pi / 2 - 2 * math.atan(t * ((1 - sine) / (1 + sine)) ** (self.ellipsoid.e / 2))
        return math.degrees(math.atan2(east, south) / n) + self.longitude, math.degrees(latitude)


LAMBERT_72 = Cone(HAYFORD, 90.0, 4.367486666666666, (51.16666723333333, 49.8333339), 150000.013, 5400088.438)
LAMBERT_2008 = Cone(GRS80, 50.797815, 4.359215833333333, (49 + 50 / 60, 51 + 10 / 60), 649328.0, 665262.0)


def from_lambert_72(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude (WGS84) of a point in EPSG:31370, within a metre."""
    return _shifted(*LAMBERT_72.degrees(x, y))


def from_lambert_2008(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point in EPSG:3812; ETRS89 and WGS84 are taken as one (under a metre)."""
    return LAMBERT_2008.degrees(x, y)


def _shifted(longitude: float, latitude: float) -> tuple[float, float]:
    """From the Belgian datum of 1972 to WGS84."""
    x, y, z = _in_space(longitude, latitude, HAYFORD)
    rx, ry, rz = 0.33657 * ARC_SECOND, -0.456955 * ARC_SECOND, 1.842183 * ARC_SECOND
    scale = 1 - 1.2747e-6
    return _on_ground(
        -106.868628 + scale * (x - rz * y + ry * z),
        52.297783 + scale * (rz * x + y - rx * z),
        -103.723893 + scale * (-ry * x + rx * y + z),
        GRS80,
    )


def _in_space(longitude: float, latitude: float, on: Ellipsoid) -> tuple[float, float, float]:
    lam, phi = math.radians(longitude), math.radians(latitude)
    across = on.a / math.sqrt(1 - (on.e * math.sin(phi)) ** 2)
    return (
        across * math.cos(phi) * math.cos(lam),
        across * math.cos(phi) * math.sin(lam),
        across * (1 - on.e**2) * math.sin(phi),
    )


def _on_ground(x: float, y: float, z: float, on: Ellipsoid) -> tuple[float, float]:
    flat = math.hypot(x, y)
    phi = math.atan2(z, flat * (1 - on.e**2))
    for _time in range(6):
        across = on.a / math.sqrt(1 - (on.e * math.sin(phi)) ** 2)
        phi = math.atan2(z + on.e**2 * across * math.sin(phi), flat)
    return math.degrees(math.atan2(y, x)), math.degrees(phi)
