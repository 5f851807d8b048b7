"""What editors may bring in: pictures without the traces a camera leaves, documents that are what they say they are."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

# Where a picture was taken, with which camera and by whom; renditions would copy the first of them (Willow).
TRACES = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment"}
SAVED_WITH = {"JPEG": {"quality": 92}, "WEBP": {"quality": 92}, "AVIF": {"quality": 85}, "PNG": {}}

# The first bytes of what each of these files is; text files have none.
ZIP = (b"PK\x03\x04",)
SIGNATURES = {"pdf": (b"%PDF-",), "docx": ZIP, "xlsx": ZIP, "odt": ZIP, "ods": ZIP}
NOT_TEXT = b"\x00"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"<?php")
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg")


class ImageForm(BaseImageForm):
    """Wagtail checks size, kind and number of pixels by content; here the traces are wiped off."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.check_image_pixel_size = _readable(field.check_image_pixel_size)

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        return without_traces(file) if "file" in self.changed_data and file else file


def _readable(check: Callable) -> Callable:
    """`check`, which stumbles over a picture that breaks off in its head, refusing it instead."""

    def checked(file: UploadedFile) -> None:
        try:
            check(file)
        except (OSError, SyntaxError, ValueError) as error:
            raise _damaged() from error

    return checked


def _damaged() -> ValidationError:
    return ValidationError(_("This picture is damaged: it cannot be read to the end."), code="damaged")


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_document(file)
        return file


def without_traces(file: UploadedFile) -> UploadedFile:
    """The same picture upright and without place, camera and names; the very same file if it carries none.

    Raises ValidationError when the picture turns out to be broken."""
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kind = "JPEG" if picture.format == "MPO" else picture.format
            moves = getattr(picture, "is_animated", False) and picture.format != "MPO"
            if kind not in SAVED_WITH or moves or not _carries_traces(picture):
                file.seek(0)
                return file
            upright = ImageOps.exif_transpose(picture)
            content = BytesIO()
            upright.info = {key: value for key, value in upright.info.items() if key in ("icc_profile", "transparency")}
            upright.save(content, kind, icc_profile=upright.info.get("icc_profile"), exif=b"", **SAVED_WITH[kind])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _damaged() from error
    clean = InMemoryUploadedFile(content, "file", file.name, file.content_type, content.tell(), None)
    clean.seek(0)
    return clean


def _carries_traces(picture: Image.Image) -> bool:
    return bool(TRACES & set(picture.info) or len(picture.getexif()) or getattr(picture, "text", None))


def check_document(file: UploadedFile) -> None:
    """Raises ValidationError for a document that is too big, or not what its name says."""
    limit = settings.DOCUMENT_MAX_SIZE
    if file.size > limit:
        raise ValidationError(
            _("This document is too big (%(size)s). At most %(limit)s is accepted."),
            params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
            code="too_big",
        )
    extension = Path(file.name).suffix.lower().lstrip(".")
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not _is_what_it_says(extension, start):
        raise ValidationError(
            _("This file is not what its name says: the content is not that of a .%(extension)s file."),
            params={"extension": extension},
            code="disguised",
        )


def _is_what_it_says(extension: str, start: bytes) -> bool:
    if extension in SIGNATURES:
        return start.startswith(SIGNATURES[extension])
    looks_like = start.lstrip().lower()
    return NOT_TEXT not in start and not start.startswith(PROGRAMS) and not looks_like.startswith(MARKUP)
