"""In which municipality a point or a postcode lies on a day."""

from dataclasses import dataclass
from datetime import date

from coalition.base import geo
from coalition.territory.models import Locality, Municipality
from coalition.territory.rules import fold


@dataclass
class Ground:
    """The municipalities of one day, ready to be asked many times; made by `ground_on`."""

    index: geo.Index
    keys: list[int]
    postcodes: dict[str, set[int]]
    names: dict[tuple[str, str], int]

    def at(self, longitude: float, latitude: float) -> int | None:
        """The id of the municipality that holds a point."""
        found = self.index.at(longitude, latitude)
        return None if found is None else self.keys[found]

    def at_postcode(self, postcode: str, place: str = "") -> int | None:
        """The id of the municipality of a postcode; of one that two share, only where the village tells."""
        known = self.postcodes.get(postcode, set())
        if len(known) == 1:
            return next(iter(known))
        return self.names.get((postcode, fold(place)))


def ground_on(day: date) -> Ground:
    """Read the boundaries and postcodes that hold on `day` (two queries)."""
    rows = list(Municipality.objects.on(day).exclude(boundary="").values_list("pk", "boundary"))
    localities = Locality.objects.filter(municipality__in=Municipality.objects.on(day)).exclude(postcode="")
    postcodes: dict[str, set[int]] = {}
    names = {}
    for postcode, name, key in localities.values_list("postcode", "name", "municipality_id"):
        postcodes.setdefault(postcode, set()).add(key)
        names[postcode, fold(name)] = key
    areas = [geo.from_text(boundary) for _key, boundary in rows]
    return Ground(geo.Index(areas), [key for key, _boundary in rows], postcodes, names)
