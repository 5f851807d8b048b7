"""Pictures that people send: known by their content, turned upright, made anew in three sizes without any metadata."""

import io
import secrets
import warnings
from dataclasses import dataclass

import pillow_heif
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from coalition.base.errors import Refusal

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
WIDTHS = (400, 800, 1600)
MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
LEAST_SIDE = 200
QUALITY = 82
FOLDER = "producers"


@dataclass(frozen=True)
class Kept:
    """A picture in the storage: its name, and the pixels of its biggest size."""

    name: str
    width: int
    height: int


def keep(raw: bytes) -> Kept:
    """Store a picture in each of `WIDTHS` (never enlarged) as JPEG; raises Refusal with what is wrong with it."""
    picture = read(raw)
    name = secrets.token_hex(12)
    biggest = _at_most(picture, WIDTHS[-1])
    for width in WIDTHS:
        default_storage.save(path_of(name, width), ContentFile(_jpeg(_at_most(biggest, width))))
    return Kept(name, *biggest.size)


def must_fit(size: int) -> None:
    """Refuses a file of so many bytes, before anybody reads it."""
    if size > MOST_BYTES:
        raise Refusal(_("This picture is bigger than 20 MB. Send a smaller one."), field="photo")


def read(raw: bytes) -> Image.Image:
    """The picture in some bytes, upright and in RGB on white; nothing else of the file comes along."""
    must_fit(len(raw))
    if raw.lstrip()[:1] == b"<":
        raise Refusal(_("Drawings (SVG) are not taken: send a photo as JPEG, PNG, WebP or HEIC."), field="photo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=FORMATS)
            _refuse_sizes(picture)
            picture.load()
            made = _on_white(ImageOps.exif_transpose(picture))
            # What is written beside the dots (a comment, a place, a camera) would be saved along.
            made.info.clear()
            return made
    except Refusal:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_dots() from None
    except UnidentifiedImageError:
        raise Refusal(_("This is not a photo: send a JPEG, PNG, WebP or HEIC file."), field="photo") from None
    # Whatever a broken file makes the decoders raise, to whoever sent it it is a broken file.
    except Exception:  # noqa: BLE001
        raise Refusal(_("This picture is damaged and cannot be read."), field="photo") from None


def _too_many_dots() -> Refusal:
    return Refusal(_("This picture has more than 60 million dots. Send a smaller one."), field="photo")


def _refuse_sizes(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _too_many_dots()
    if min(width, height) < LEAST_SIDE:
        raise Refusal(_("This picture is too small: each side needs at least 200 dots."), field="photo")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return _in_srgb(picture).convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The same colours in the space that every browser takes for granted; telephones and printers have their own."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        return ImageCms.profileToProfile(
            picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError):
        return picture


def _at_most(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)


def _jpeg(picture: Image.Image) -> bytes:
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return paper.getvalue()


def path_of(name: str, width: int) -> str:
    """Where one size of a picture stands in the storage."""
    return f"{FOLDER}/{name[:2]}/{name}-{width}.jpg"


def content(name: str, width: int) -> bytes | None:
    """The bytes of one size of a picture; None where there is none."""
    path = path_of(name, width)
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return file.read()


def forget(name: str) -> None:
    """Take all sizes of a picture out of the storage."""
    for width in WIDTHS:
        default_storage.delete(path_of(name, width))
