"""What editors bring in: pictures are looked into, wiped and refused in plain words; documents are what they say."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.desk import uploads
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B


@pytest.fixture
def desk(client):
    return sign_in(client, PersonFactory(is_superuser=True))


def photo(size=(80, 40), *, kind="JPEG", exif=True, **options) -> bytes:
    """A picture as a telephone makes it: lying on its side, and saying where and by whom."""
    picture = Picture.effect_noise(size, 60).convert("RGB")
    if exif:
        traces = picture.getexif()
        traces[ORIENTATION], traces[ARTIST] = 6, "Jan Peeters"
        traces.get_ifd(GPS).update({1: "N", 2: (50.0, 46.0, 12.0), 3: "E", 4: (4.0, 7.0, 30.0)})
        options["exif"] = traces
    content = BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def bring(desk, name: str, content: bytes, kind: str = "image/jpeg"):
    return desk.post("/admin/images/add/", {"title": "Foto", "file": SimpleUploadedFile(name, content, kind)})


def bring_quickly(desk, name: str, content: bytes):
    """As the page with the drop zone does it."""
    return desk.post(
        "/admin/images/multiple/add/",
        {"title": "Foto", "files[]": SimpleUploadedFile(name, content, "image/jpeg")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )


def stored() -> Picture.Image:
    with Image.objects.get().file.open() as file:
        picture = Picture.open(BytesIO(file.read()))
    picture.load()
    return picture


@pytest.mark.parametrize(("name", "kind"), [("foto.jpg", "JPEG"), ("foto.png", "PNG"), ("foto.webp", "WEBP")])
def test_a_picture_loses_its_traces_and_stands_upright(desk, name, kind):
    answer = bring(desk, name, photo(kind=kind))

    picture = stored()
    image = Image.objects.get()
    assert answer.status_code == 302
    assert dict(picture.getexif()) == {}
    assert not uploads.TRACES & set(picture.info)
    assert picture.size == (image.width, image.height) == (40, 80)


def test_the_drop_zone_wipes_too(desk):
    answer = bring_quickly(desk, "foto.jpg", photo())

    assert answer.json()["success"]
    assert dict(stored().getexif()) == {}


def test_smaller_versions_carry_no_traces_either(desk):
    bring(desk, "foto.jpg", photo())

    with Image.objects.get().get_rendition("width-20").file.open() as file:
        assert dict(Picture.open(BytesIO(file.read())).getexif()) == {}


def test_a_picture_without_traces_is_kept_to_the_byte(desk):
    content = photo(exif=False)

    bring(desk, "foto.jpg", content)

    with Image.objects.get().file.open() as file:
        assert file.read() == content


@pytest.mark.parametrize("way", [bring, bring_quickly])
def test_a_picture_that_is_too_big_is_refused_in_words(desk, way, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1024 * 1024
    content = photo((900, 900), kind="JPEG", quality=100)
    assert len(content) > 1024 * 1024

    answer = way(desk, "foto.jpg", content)

    assert Image.objects.count() == 0
    assert "te groot" in answer.content.decode() or "te groot" in str(answer.json())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.jpg", b"<script>alert(1)</script>"),
        ("foto.jpg", b"<?php system($_GET['c']); ?>"),
        ("foto.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("foto.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("foto.html", b"<script>alert(1)</script>"),
        ("foto.png", photo(exif=False)),
        ("foto.jpg", b""),
        ("foto.jpg", photo()[:400]),
    ],
    ids=["script", "php", "svg-as-jpg", "svg", "html", "jpg-as-png", "empty", "cut-off"],
)
def test_what_is_no_picture_is_refused(desk, name, content):
    answer = bring(desk, name, content)

    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors
    assert Image.objects.count() == 0


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that claims `side` x `side` points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = zlib.compress((b"\0" + b"\0" * (side // 8)) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_000, 20_000, 60_000])
def test_a_picture_that_would_burst_the_memory_is_refused_unread(desk, side):
    answer = bring(desk, "foto.png", bomb(side), "image/png")

    assert answer.status_code == 200
    assert "pixels" in str(answer.context["form"].errors["file"])
    assert Image.objects.count() == 0


def bring_document(desk, name: str, content: bytes):
    return desk.post("/admin/documents/add/", {"title": "Stuk", "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("besluit.pdf", b"%PDF-1.7 ..."),
        ("lijst.xlsx", b"PK\x03\x04..."),
        ("lijst.csv", b"naam;plaats\nJan;Ooik"),
    ],
)
def test_a_document_is_kept(desk, name, content):
    assert bring_document(desk, name, content).status_code == 302
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("besluit.html", b"<script>alert(1)</script>"),
        ("besluit.exe", b"MZ"),
        ("besluit.svg", b"<svg/>"),
        ("besluit.pdf", b"<html><script>alert(1)</script>"),
        ("lijst.xlsx", b"MZ\x90\x00"),
        ("lijst.csv", b"  <!DOCTYPE html><script>"),
        ("lijst.txt", b"\x7fELF\x02"),
        ("lijst.gpx", b"<svg onload='alert(1)'/>"),
    ],
)
def test_a_document_that_is_something_else_is_refused(desk, name, content):
    answer = bring_document(desk, name, content)

    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors
    assert Document.objects.count() == 0


def test_a_document_that_is_too_big_is_refused_with_the_limit(settings):
    settings.DOCUMENT_MAX_SIZE = 1000

    with pytest.raises(ValidationError, match="At most|hoogstens|maximaal|te groot") as refused:
        uploads.check_document(SimpleUploadedFile("besluit.pdf", b"%PDF-" + b"x" * 1000))

    assert refused.value.params["limit"]
