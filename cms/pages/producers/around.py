"""Where a reader means when he types a place: a postcode, a village, a municipality, one from before a merger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from coalition.base import freshness
from coalition.territory.queries import Match, find
from coalition.territory.rules import fold

POSTCODE = re.compile(r"[1-9][0-9]{3}", re.ASCII)


@dataclass(frozen=True)
class Spot:
    """A place on the ground and how it is said: "Gooik (Pajottegem)"; without a point nothing is measured from it."""

    words: str
    longitude: float | None
    latitude: float | None
    # The place by name and by postcode, folded; one of them may be empty.
    name: str = ""
    postcode: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.longitude is None or self.latitude is None else (self.longitude, self.latitude)


@dataclass(frozen=True)
class Meant:
    """The place that words name; `exact` when it is called so and not only begins so."""

    spot: Spot
    exact: bool


def meant(words: str, day: date) -> Meant | None:
    """The likeliest place, one of exactly this name or postcode before all others; such a place is remembered."""
    memory = freshness.Memory(f"spot:{fold(words)}:{day}", "site")
    known = memory.recall()
    if known is None:
        matches = find(words, day)
        match = next((one for one in matches if _is_exact(one, fold(words))), None)
        if match is None:
            return Meant(_spot(matches[0], words), exact=False) if matches else None
        known = Meant(_spot(match, words), exact=True)
        # There are only so many of them: nobody can fill the cache with these.
        memory.keep(known)
    return known


def _is_exact(match: Match, sought: str) -> bool:
    name = fold(match.matched)
    return name == sought or bool(POSTCODE.fullmatch(sought) and name.startswith(f"{sought} "))


def _spot(match: Match, words: str) -> Spot:
    """The point of the village where a municipality once had that name, else that of the municipality it is in now."""
    postcode = match.matched[:4] if POSTCODE.match(match.matched) else ""
    name = match.matched.removeprefix(postcode).strip() or match.municipality.name
    typed_code = bool(POSTCODE.fullmatch(words.strip()))
    told = words.strip() if typed_code and not name else name
    of = match.place or match.municipality
    is_known = match.place is not None or fold(name) == fold(match.municipality.name_nl)
    inside = match.municipality.name
    shown = f"{postcode} {told}".strip() if typed_code else told
    return Spot(
        words=shown if fold(name) == fold(inside) else f"{shown} ({inside})",
        longitude=of.longitude,
        latitude=of.latitude,
        name="" if is_known else fold(name),
        postcode=postcode,
    )


def settled(spot: Spot, places: Sequence[tuple]) -> Spot:
    """The spot in the midst of the producers of that village, where nobody knows where the village is itself.

    `places` are as `coalition.producers.queries.places_of` gives them.
    """
    if not spot.name:
        return spot
    inside = [(east, north) for _pk, _name, east, north, place in places if east and fold(place) == spot.name]
    if not inside:
        return spot
    east, north = (fmean(axis) for axis in zip(*inside, strict=True))
    return Spot(spot.words, east, north, "", spot.postcode)
