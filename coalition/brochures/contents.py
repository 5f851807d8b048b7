"""What stands in a joint brochure: plain facts without a database.

Whoever fills these asks every room; nothing in here asks anybody. `coalition.brochures.paper` prints them.
"""

from dataclasses import dataclass
from datetime import date

# Drawn to this size at most, the names on a map are readable on A5 too (`drawing.map_svg(width=..., height=...)`).
MAP_WIDTH, MAP_HEIGHT = 500, 400
MONTHS = 12


@dataclass(frozen=True)
class Picture:
    """A photo: its name in the media storage (800 pixels wide is enough), and what there is to see on it."""

    file: str
    alt: str


@dataclass(frozen=True)
class Line:
    """A way to reach somebody, for instance a telephone number with a `tel:` address; `url` may be empty."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class ProducerFacts:
    """One producer as a reader of paper needs him. `hours` may have several lines; `distance` is in kilometres."""

    number: int
    name: str
    place: str = ""
    municipality: str = ""
    distance: float | None = None
    story: str = ""
    products: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hours: str = ""
    contact: tuple[Line, ...] = ()
    labels: tuple[str, ...] = ()
    url: str = ""
    picture: Picture | None = None

    @property
    def where(self) -> str:
        """Village and municipality, once if they are the same."""
        return ", ".join(dict.fromkeys(filter(None, [self.place, self.municipality])))


@dataclass(frozen=True)
class CropRow:
    """A crop and how it is had in each month from January: `fresh`, `glass`, `stored`, or empty."""

    name: str
    months: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS or set(self.months) - {"", "fresh", "glass", "stored"}:
            raise ValueError(f"{self.name}: twelve months, each fresh, glass, stored or empty")


@dataclass(frozen=True)
class MapDrawing:
    """A map drawn by `coalition.press.drawing`, what it shows in words, and lines that say the same as the map."""

    svg: str
    alt: str
    legend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brochure:
    """A joint brochure in one language ("nl" or "fr"); `day` is the date of the facts, `publisher` answers for it."""

    title: str
    coalition: str
    language: str
    day: date
    url: str
    subtitle: str = ""
    intro: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    accent: str = "leaf"
    publisher: str = ""
    producers: tuple[ProducerFacts, ...] = ()
    calendar: tuple[CropRow, ...] = ()
    map: MapDrawing | None = None
    cover: Picture | None = None
