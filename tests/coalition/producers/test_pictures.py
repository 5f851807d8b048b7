"""Pictures that people send: made upright, without place or camera; what is no picture is refused."""

import io
import struct
import zlib

import pillow_heif
import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from coalition.base.errors import Refusal
from coalition.producers import pictures

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def picture(size=(900, 600), form="JPEG", mode="RGB", **save) -> bytes:
    paper = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(paper, form, **save)
    return paper.getvalue()


def from_a_phone() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Telefoon van Jan"
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 47.0, 42.0), 3: "E", 4: (4.0, 7.0, 12.0)})
    return picture(exif=exif, comment=b"thuis")


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 dots wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 90_000))
        + chunk(b"IEND", b"")
    )


def test_a_photo_is_kept_in_three_sizes_and_never_made_bigger():
    kept = pictures.keep(picture((2400, 1200)))

    sizes = [Image.open(io.BytesIO(pictures.content(kept.name, width))).size for width in pictures.WIDTHS]
    assert sizes == [(400, 200), (800, 400), (1600, 800)]
    assert (kept.width, kept.height) == (1600, 800)
    small = pictures.keep(picture((300, 300)))
    assert Image.open(io.BytesIO(pictures.content(small.name, 1600))).size == (300, 300)


def test_a_photo_of_a_phone_stands_upright_and_does_not_tell_where_it_was_taken():
    raw = from_a_phone()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(GPS)

    kept = pictures.keep(raw)

    for width in pictures.WIDTHS:
        content = pictures.content(kept.name, width)
        made = Image.open(io.BytesIO(content))
        assert made.height > made.width
        assert not made.getexif()
        assert "comment" not in made.info
        assert b"Telefoon van Jan" not in content
        assert b"thuis" not in content


def test_photos_of_telephones_and_printers_are_read():
    paper = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), "green")).save(paper)

    for raw in (paper.getvalue(), picture(mode="CMYK"), picture(form="PNG", mode="P"), picture(form="WEBP")):
        assert pictures.read(raw).mode == "RGB"


def test_colours_of_another_space_stay_what_they_look_like():
    grey = Image.new("RGB", (300, 300), (128, 128, 128))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile at all"):
        paper = io.BytesIO()
        grey.save(paper, "PNG", icc_profile=profile)

        made = pictures.read(paper.getvalue())

        assert all(abs(value - 128) <= 2 for value in made.getpixel((5, 5)))
        assert "icc_profile" not in made.info


def test_what_is_transparent_stands_on_white():
    paper = io.BytesIO()
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(paper, "PNG")

    assert pictures.read(paper.getvalue()).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
        (b'\n <?xml version="1.0"?><svg onload="alert(1)"/>', "SVG"),
        (b"", "not a photo"),
        (b"%PDF-1.7", "not a photo"),
        (b"GIF89a" + b"\0" * 64, "not a photo"),
        (picture()[:-900], "damaged"),
        (picture()[:400], "(damaged|not a photo)"),
        (picture((199, 900)), "too small"),
        (bomb(), "60 million"),
        (b"\xff\xd8\xff" + b"\0" * pictures.MOST_BYTES, "20 MB"),
    ],
    ids=["svg", "svg-xml", "empty", "pdf", "gif", "truncated", "stump", "small", "bomb", "huge"],
)
def test_what_is_no_good_photo_is_refused_with_a_reason(raw, reason):
    with pytest.raises(Refusal, match=reason) as refused:
        pictures.read(raw)

    assert refused.value.field == "photo"


def test_a_photo_that_is_taken_away_leaves_no_file():
    kept = pictures.keep(picture())

    pictures.forget(kept.name)

    assert [default_storage.exists(pictures.path_of(kept.name, width)) for width in pictures.WIDTHS] == [False] * 3
    assert pictures.content(kept.name, 400) is None
