"""Pictures for the demonstration, drawn here: hills and furrows in the colours of the almanac, nobody's photograph."""

from io import BytesIO
from math import cos, pi, sin
from random import Random

from django.core.files.images import ImageFile
from PIL import Image as Canvas
from PIL import ImageDraw, ImageFilter
from wagtail.images import get_image_model
from wagtail.models import Collection

WIDTH, HEIGHT, FINE = 1600, 900, 2

SKIES = {"morning": ("#f4ead2", "#c9d8d5"), "noon": ("#dbe7ea", "#a9c4cf"), "evening": ("#f3d9b1", "#b99aa0")}
FIELDS = ["#7d9a5b", "#5f8050", "#a8a45c", "#c5a75b", "#49694a", "#8d7a4a"]


def picture(title: str, *, seed: int, sky: str, collection: Collection):
    """The picture called `title` in a collection, drawn if it is not there yet."""
    images = get_image_model()
    found = images.objects.filter(title=title, collection=collection).first()
    if found is not None:
        return found
    buffer = BytesIO()
    _landscape(seed, sky).save(buffer, "JPEG", quality=86, optimize=True)
    file = ImageFile(BytesIO(buffer.getvalue()), name=f"demo-{collection.pk}-{seed}.jpg")
    return images.objects.create(title=title, file=file, collection=collection, width=WIDTH, height=HEIGHT)


def _landscape(seed: int, sky: str) -> Canvas.Image:
    chance = Random(seed)  # noqa: S311  the same hills every time
    size = (WIDTH * FINE, HEIGHT * FINE)
    canvas = _sky(size, *SKIES[sky])
    draw = ImageDraw.Draw(canvas)
    sun = size[0] * chance.uniform(0.15, 0.85), size[1] * chance.uniform(0.16, 0.3), size[1] * 0.055
    draw.ellipse([sun[0] - sun[2], sun[1] - sun[2], sun[0] + sun[2], sun[1] + sun[2]], fill="#fbf3dc")
    for layer in range(5):
        ridge = _ridge(chance, size, 0.36 + layer * 0.13)
        colour = FIELDS[(seed + layer) % len(FIELDS)]
        draw.polygon([*ridge, (size[0], size[1]), (0, size[1])], fill=_mix(colour, SKIES[sky][1], 0.55 - layer * 0.13))
        if layer:
            _furrows(canvas, chance, ridge, colour)
        _trees(draw, chance, ridge, layer)
    return canvas.resize((WIDTH, HEIGHT), Canvas.Resampling.LANCZOS).filter(ImageFilter.SMOOTH)


def _sky(size, top: str, bottom: str) -> Canvas.Image:
    column = Canvas.new("RGB", (1, size[1]))
    for y in range(size[1]):
        column.putpixel((0, y), _rgb(_mix(top, bottom, min(1.0, y / (size[1] * 0.55)))))
    return column.resize(size)


def _ridge(chance: Random, size, level: float) -> list[tuple[float, float]]:
    a, b, shift = chance.uniform(0.02, 0.06), chance.uniform(0.01, 0.025), chance.uniform(0, 2 * pi)
    steps = range(0, size[0] + 1, 16 * FINE)
    return [
        (x, size[1] * (level + a * sin(2 * pi * x / size[0] + shift) + b * cos(5 * pi * x / size[0] + 2 * shift)))
        for x in steps
    ]


def _furrows(canvas: Canvas.Image, chance: Random, ridge, colour: str) -> None:
    """Rows that run to one point on the horizon, as on a ploughed slope; each layer has a field or two of them."""
    for _field in range(2):
        start = chance.randrange(len(ridge) // 5, len(ridge) * 4 // 5)
        width = chance.randrange(14, 26)
        piece = ridge[max(0, start - width // 2) : start + width // 2]
        mask = Canvas.new("L", canvas.size, 0)
        ImageDraw.Draw(mask).polygon(
            [*piece, (piece[-1][0] + 520, canvas.size[1]), (piece[0][0] - 520, canvas.size[1])], fill=150
        )
        rows = Canvas.new("RGB", canvas.size, _mix(colour, "#ffffff", 0.12))
        pen = ImageDraw.Draw(rows)
        middle = piece[len(piece) // 2]
        for step in range(-40, 41):
            foot = middle[0] + step * 150 * FINE
            pen.line(
                [(middle[0] + step * 7 * FINE, middle[1]), (foot, canvas.size[1] * 1.4)],
                fill=_mix(colour, "#1f2a24", 0.18),
                width=9 * FINE,
            )
        canvas.paste(rows, (0, 0), mask)


def _trees(draw: ImageDraw.ImageDraw, chance: Random, ridge, layer: int) -> None:
    """A row of pollard willows along a ridge."""
    if layer not in (1, 3):
        return
    start, size = chance.randrange(4, len(ridge) - 30), (9 + 7 * layer) * FINE
    for x, y in ridge[start : start + 20 : 4]:
        draw.rectangle([x - size * 0.13, y - size * 1.1, x + size * 0.13, y + size * 0.2], fill="#4b3f30")
        draw.ellipse([x - size * 0.7, y - size * 2.1, x + size * 0.7, y - size * 0.8], fill="#3f5a3f")


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _mix(one: str, other: str, share: float) -> str:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
