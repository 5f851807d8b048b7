"""Maps drawn here: one SVG of municipalities, for readers without JavaScript and for printed sheets.

Every shape says its kind twice, by colour and by texture; attributes hold the colours of print, style sheets may
replace them by the classes. No scripts, no style attributes, nothing fetched; the same facts give the same text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coalition.base import geo

INK, PAPER = "#1f2a24", "#fbf8f1"
FONT = 13
LEGEND_ROW = 22
TEXTURES = ("plain", "hatched", "dotted", "empty")


@dataclass(frozen=True)
class Kind:
    """What some municipalities have in common: a key for the class, a word for the legend, a colour and a texture."""

    key: str
    word: str
    colour: str = "#2f6b3c"
    texture: str = "plain"
    accent: str = ""

    def attributes(self, role: str) -> str:
        """Role and texture as classes, accent as the attribute by which style sheets pick a coalition's colour."""
        accent = f' data-accent="{escape(self.accent)}"' if self.accent else ""
        return f'class="{role} map-{escape(self.texture)}"{accent}'


@dataclass(frozen=True)
class Shape:
    """One municipality on the map."""

    name: str
    kind: Kind
    area: geo.Area = field(repr=False)


@dataclass(frozen=True)
class Pin:
    """A spot on the map that a list names; `mark` is its number there, empty for the only one."""

    mark: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Ground:
    """A map without its pins: it can be kept, and pins put on it again and again."""

    plane: geo.Plane
    before: str
    after: str

    def with_pins(self, pins: Sequence[Pin] = ()) -> SafeString:
        """The map as one SVG element; a pin beside the sheet is left out, its list still names it."""
        # The first of the list lies on top.
        drawn = (_pin(pin, self.plane) for pin in reversed(pins))
        return mark_safe(f"{self.before}{''.join(drawn)}{self.after}")  # noqa: S308  every text went through escape()


def map_svg(shapes: Sequence[Shape], *, pins: Sequence[Pin] = (), **how: Any) -> SafeString:
    """The map as one SVG element, as `ground` draws it, with pins; empty without shapes."""
    return ground(shapes, **how).with_pins(pins) if shapes else mark_safe("")  # noqa: S308  nothing


def ground(
    shapes: Sequence[Shape],
    *,
    title: str,
    description: str = "",
    prefix: str = "map",
    schematic: bool = False,
    legend: bool = True,
    width: int = 720,
    height: int = 540,
) -> Ground:
    """A map of at most `width` x `height` with a legend below; raises ValueError without shapes.

    `prefix` makes the ids unique on a page. `schematic` writes "Schematic boundaries" on the map and in its
    description: the boundaries are not the official ones.
    """
    plane = geo.plane_for([shape.area for shape in shapes], width=width, height=height)
    kinds = list({shape.kind.key: shape.kind for shape in shapes}.values())
    explained = kinds if legend else []
    high = plane.height + LEGEND_ROW * (len(explained) + schematic) + 10
    says = " ".join(filter(None, [description, _("Schematic boundaries, not the official ones.") if schematic else ""]))
    label = f"{prefix}-title" + (f" {prefix}-desc" if says else "")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map-svg" role="img" aria-labelledby="{escape(label)}"'
        f' viewBox="0 0 {plane.width:.0f} {high:.0f}" font-family="sans-serif" font-size="{FONT}">',
        f'<title id="{escape(prefix)}-title">{escape(title)}</title>',
        f'<desc id="{escape(prefix)}-desc">{escape(says)}</desc>' if says else "",
        f"<defs>{''.join(_texture(kind, prefix) for kind in kinds)}</defs>",
        *(_outline(shape, plane, prefix) for shape in sorted(shapes, key=lambda shape: shape.name)),
        *_labels(shapes, plane),
    ]
    after = [*_legend(explained, prefix, plane, schematic), "</svg>"]
    return Ground(plane, "".join(parts), "".join(after))


def _pin(pin: Pin, plane: geo.Plane) -> str:
    """A disc with a ring round it: told from the ground by its shape and its number, not by colour alone."""
    x, y = plane.point(pin.longitude, pin.latitude)
    if not (0 <= x <= plane.width and 0 <= y <= plane.height):
        return ""
    return (
        f'<g class="map-pin-drawn"><circle cx="{x:.1f}" cy="{y:.1f}" r="{10 if pin.mark else 8}" fill="{INK}"'
        f' stroke="{PAPER}" stroke-width="2"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="11" font-weight="bold" fill="{PAPER}">'
        f"{escape(pin.mark)}</text></g>"
    )


def _texture(kind: Kind, prefix: str) -> str:
    """A pattern in the colour of its kind; plain and empty need none."""
    if kind.texture not in ("hatched", "dotted"):
        return ""
    colour = escape(kind.colour)
    mark = (
        f'<path d="M0 0L0 8" stroke="{colour}" stroke-width="4" {kind.attributes("map-mark")}/>'
        if kind.texture == "hatched"
        else f'<circle cx="4" cy="4" r="1.6" fill="{colour}" {kind.attributes("map-dot")}/>'
    )
    turn = ' patternTransform="rotate(45)"' if kind.texture == "hatched" else ""
    return (
        f'<pattern id="{escape(prefix)}-{escape(kind.key)}" width="8" height="8" patternUnits="userSpaceOnUse"{turn}>'
        f'<rect width="8" height="8" fill="{PAPER}" class="map-ground"/>{mark}</pattern>'
    )


def _fill(kind: Kind, prefix: str) -> str:
    if kind.texture in ("hatched", "dotted"):
        return f"url(#{escape(prefix)}-{escape(kind.key)})"
    return escape(kind.colour) if kind.texture == "plain" else "none"


def _paint(kind: Kind) -> str:
    opacity = ' fill-opacity="0.3"' if kind.texture == "plain" else ""
    return f'{opacity} stroke="{escape(kind.colour)}" stroke-width="1.5"'


def _outline(shape: Shape, plane: geo.Plane, prefix: str) -> str:
    return (
        f'<path {shape.kind.attributes("map-shape")} fill="{_fill(shape.kind, prefix)}" fill-rule="evenodd"'
        f'{_paint(shape.kind)} stroke-linejoin="round" d="{plane.path(shape.area)}"/>'
    )


# --- names


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: "_Box") -> bool:
        apart = self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        return not apart


def _labels(shapes: Iterable[Shape], plane: geo.Plane) -> list[str]:
    """The names that fit, the biggest municipality first; a name that would cover another stays away."""
    taken: list[_Box] = []
    drawn: list[str] = []
    for shape in sorted(shapes, key=lambda shape: (-plane.size(shape.area), shape.name)):
        x, y = plane.middle(shape.area)
        half = min(len(shape.name) * FONT * 0.29 + 3, plane.width / 2)
        x = min(max(x, half), plane.width - half)
        for shift in (0, FONT * 1.1, -FONT * 1.1, FONT * 2.2, -FONT * 2.2):
            box = _Box(x - half, y + shift - FONT * 0.6, x + half, y + shift + FONT * 0.6)
            if box.top > 0 and box.bottom < plane.height and not any(box.hits(other) for other in taken):
                taken.append(box)
                drawn.append(_label(shape.name, x, y + shift + FONT * 0.35))
                break
    return drawn


def _label(name: str, x: float, y: float) -> str:
    return (
        f'<text class="map-name" x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{INK}" stroke="{PAPER}"'
        f' stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(name)}</text>'
    )


# --- legend


def _legend(kinds: Sequence[Kind], prefix: str, plane: geo.Plane, schematic: bool) -> list[str]:
    rows = []
    for number, kind in enumerate(kinds):
        y = plane.height + 8 + number * LEGEND_ROW
        rows.append(
            f'<rect {kind.attributes("map-shape")} x="8" y="{y:.1f}" width="22" height="14"'
            f' fill="{_fill(kind, prefix)}"{_paint(kind)}/>'
            f'<text class="map-word" x="38" y="{y + 12:.1f}" fill="{INK}">{escape(kind.word)}</text>'
        )
    if schematic:
        y = plane.height + 20 + len(kinds) * LEGEND_ROW
        rows.append(
            f'<text class="map-word map-schematic" x="8" y="{y:.1f}" fill="{INK}" font-weight="bold">'
            f"{escape(_('Schematic boundaries'))}</text>"
        )
    return rows
