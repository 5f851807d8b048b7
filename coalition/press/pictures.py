"""Pictures for paper: made anew as JPEG in the size of their frame, with nothing in them but the picture."""

import io
import logging

from PIL import Image, ImageOps

log = logging.getLogger(__name__)

DOTS_PER_MM = 300 / 25.4
QUALITY = 82
# A small file may unfold into more than a machine holds.
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "MPO")


def for_frame(content: bytes, *, width_mm: float, height_mm: float) -> bytes | None:
    """The picture cut to the frame at 300 dots per inch at most, upright, without metadata; None if it is none."""
    size = round(width_mm * DOTS_PER_MM), round(height_mm * DOTS_PER_MM)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", size)
            return _jpeg(_cut(_on_white(ImageOps.exif_transpose(picture)), size))
    except Exception as error:  # noqa: BLE001  what the decoders raise for broken files is anybody's guess
        log.info("a picture was left out: %s", type(error).__name__)
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return picture.convert("RGB")


def _cut(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of the picture in the shape of the frame; never larger than it was."""
    scale = min(picture.width / size[0], picture.height / size[1])
    wide, high = size[0] * scale, size[1] * scale
    left, top = (picture.width - wide) / 2, (picture.height - high) / 2
    smaller = max(1, round(size[0] * min(1, scale))), max(1, round(size[1] * min(1, scale)))
    part = (left, top, left + wide, top + high)
    return picture.resize(smaller, Image.Resampling.LANCZOS, box=part, reducing_gap=2)


def _jpeg(picture: Image.Image) -> bytes:
    paper = io.BytesIO()
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    clean.save(paper, "JPEG", quality=QUALITY)
    return paper.getvalue()
