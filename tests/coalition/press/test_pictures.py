import io

import pytest
from PIL import Image

from coalition.press import pictures


def encoded(size=(1200, 900), mode="RGB", form="JPEG", **options) -> bytes:
    paper = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "P") else None).save(paper, form, **options)
    return paper.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_is_cut_and_made_small_for_its_frame():
    done = pictures.for_frame(encoded(), width_mm=50.8, height_mm=25.4)

    assert opened(done).size == (600, 300)
    assert opened(done).format == "JPEG"


def test_a_small_picture_is_not_blown_up():
    assert opened(pictures.for_frame(encoded((100, 80)), width_mm=50, height_mm=40)).size == (100, 80)


def test_nothing_but_the_picture_stays():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    done = pictures.for_frame(encoded(exif=exif, comment=b"secret"), width_mm=20, height_mm=20)

    assert not opened(done).getexif()
    assert b"secret" not in done
    assert b"taken at home" not in done


def test_a_picture_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    done = pictures.for_frame(encoded((400, 200), exif=exif), width_mm=100, height_mm=200)

    assert opened(done).size == (200, 400)


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("CMYK", "JPEG"),
                                            ("RGBA", "WEBP"), ("LA", "PNG")])  # fmt: skip
def test_every_kind_of_picture_becomes_a_plain_one(mode, form):
    assert opened(pictures.for_frame(encoded((90, 90), mode, form), width_mm=20, height_mm=20)).mode == "RGB"


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xd8\xff\xe0 broken", b"<svg xmlns='x'/>"])
def test_what_is_no_picture_is_none(content):
    assert pictures.for_frame(content, width_mm=20, height_mm=20) is None


def test_a_broken_off_picture_is_none():
    assert pictures.for_frame(encoded()[:600], width_mm=20, height_mm=20) is None


def test_a_picture_that_unfolds_too_far_is_none(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10_000)

    assert pictures.for_frame(encoded((101, 100)), width_mm=20, height_mm=20) is None
