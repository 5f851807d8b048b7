"""Photos for the demonstration's producers, drawn here: what they make, in rows in a crate."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINE = 1000, 750, 2
WOOD, DARK = (156, 122, 84), (112, 84, 56)
# For each category the colour of what lies in the crate, and how wide and high it is.
LOOKS = {
    "vegetables": ((104, 142, 74), (90, 150)),
    "potatoes": ((190, 160, 98), (120, 90)),
    "fruit": ((176, 58, 52), (105, 105)),
    "dairy": ((236, 222, 174), (150, 90)),
    "eggs": ((214, 176, 140), (84, 104)),
    "honey": ((205, 142, 34), (96, 120)),
    "meat": ((150, 70, 66), (150, 96)),
    "bread": ((176, 122, 66), (170, 96)),
    "boxes": ((122, 150, 80), (110, 110)),
    "preserves": ((138, 64, 48), (90, 120)),
}


def crate(category: str, *, seed: int) -> bytes:
    """A crate full of one category as JPEG; the same seed gives the same crate."""
    chance = Random(seed)  # noqa: S311  the same crate every time
    colour, (wide, high) = LOOKS.get(category, LOOKS["vegetables"])
    canvas = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), WOOD)
    draw = ImageDraw.Draw(canvas)
    _boards(draw, chance)
    for row in range(-1, HEIGHT // (high * 3 // 4) + 2):
        for column in range(-1, WIDTH // wide + 2):
            middle = (column + (row % 2) / 2) * wide + chance.uniform(-9, 9), row * high * 0.75 + chance.uniform(-9, 9)
            _thing(draw, middle, (wide * chance.uniform(0.88, 1.04), high * chance.uniform(0.88, 1.04)), colour, chance)
    draw.rectangle([0, 0, WIDTH * FINE - 1, HEIGHT * FINE - 1], outline=WOOD, width=44 * FINE)
    draw.rectangle([44 * FINE] * 2 + [(WIDTH - 44) * FINE, (HEIGHT - 44) * FINE], outline=DARK, width=5 * FINE)
    paper = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(paper, "JPEG", quality=88)
    return paper.getvalue()


def _boards(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    for at in range(0, HEIGHT * FINE, 95 * FINE):
        draw.rectangle([0, at, WIDTH * FINE, at + 88 * FINE], fill=_shade(WOOD, chance.uniform(0.75, 0.95)))


def _thing(draw: ImageDraw.ImageDraw, middle, size, colour, chance: Random) -> None:
    """One apple, egg, cheese …: a shadow, a body, a light on its shoulder."""
    x, y, half, tall = (value * FINE for value in (*middle, size[0] / 2, size[1] / 2))
    own = _shade(colour, chance.uniform(0.82, 1.14))
    draw.ellipse([x - half, y - tall + 12, x + half, y + tall + 12], fill=_shade(colour, 0.45))
    draw.ellipse([x - half, y - tall, x + half, y + tall], fill=own)
    draw.ellipse([x - half * 0.85, y - tall * 0.9, x + half * 0.6, y + tall * 0.5], fill=_shade(own, 1.1))
    draw.ellipse([x - half * 0.5, y - tall * 0.65, x - half * 0.05, y - tall * 0.3], fill=_shade(own, 1.3))


def _shade(colour: tuple[int, ...], by: float) -> tuple[int, ...]:
    return tuple(min(255, round(part * by)) for part in colour)
