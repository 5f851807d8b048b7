"""In which municipality a point or a postcode lies on a day."""

from dataclasses import dataclass
from datetime import date

from coalition.base import geo
from coalition.territory.models import Locality, Municipality
from coalition.territory.rules import fold


@dataclass
class Ground:
    """The municipalities of one day, ready to be asked many times; made by `ground_on`.

    `official` and `schematic` are shapes with the ids of their municipalities.
    """

    official: tuple[geo.Index, list[int]]
    schematic: tuple[geo.Index, list[int]]
    postcodes: dict[str, set[int]]
    names: dict[tuple[str, str], int]

    def where(self, longitude: float | None, latitude: float | None, postcode: str = "", place: str = "") -> int | None:
        """The id of the municipality: by an official boundary, else by the postcode, else by a schematic boundary.

        Schematic boundaries are nobody's: what a postcode says is nearer to the truth.
        """
        point = None if longitude is None or latitude is None else (longitude, latitude)
        return _at(self.official, point) or self._at_postcode(postcode, place) or _at(self.schematic, point)

    def _at_postcode(self, postcode: str, place: str) -> int | None:
        """Of a postcode that two municipalities share, only where the village tells."""
        known = self.postcodes.get(postcode, set())
        if len(known) == 1:
            return next(iter(known))
        return self.names.get((postcode, fold(place)))


def _at(shapes: tuple[geo.Index, list[int]], point: tuple[float, float] | None) -> int | None:
    index, keys = shapes
    found = index.at(*point) if point else None
    return None if found is None else keys[found]


def ground_on(day: date) -> Ground:
    """Read the boundaries and postcodes that hold on `day` (two queries)."""
    rows = list(Municipality.objects.on(day).exclude(boundary="").values_list("pk", "boundary", "is_schematic"))
    localities = Locality.objects.filter(municipality__in=Municipality.objects.on(day)).exclude(postcode="")
    postcodes: dict[str, set[int]] = {}
    names = {}
    for postcode, name, key in localities.values_list("postcode", "name", "municipality_id"):
        postcodes.setdefault(postcode, set()).add(key)
        names[postcode, fold(name)] = key
    official, schematic = (_shapes([row for row in rows if row[2] is kind]) for kind in (False, True))
    return Ground(official, schematic, postcodes, names)


def _shapes(rows: list[tuple[int, str, bool]]) -> tuple[geo.Index, list[int]]:
    return geo.Index([geo.from_text(boundary) for _key, boundary, _kind in rows]), [row[0] for row in rows]
