"""The one way in: which kind of file this is by what it holds, whatever its name says."""

from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.intake.files import archive, delimited, geojson, ods, xlsx
from coalition.intake.files.shape import MAX_BYTES, Sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
}


def read_table(source: bytes | Path) -> Sheet:
    """Open a table; raises Refusal, with a sentence for whoever sent it, for whatever is none.

    XLSX, ODS, CSV (comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252) and GeoJSON are known. The rows are
    read when the sheet is walked over, and may still raise Refusal then. Raises OSError for a path that cannot be read.
    """
    raw = _content(source)
    if not raw.strip(b"\0 \t\r\n"):
        raise Refusal(_("The file is empty."))
    _refuse_other_kinds(raw)
    if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _spreadsheet(archive.opened(BytesIO(raw)))
    text = delimited.decoded(raw)
    start = text.lstrip()[:1]
    if start == "<":
        raise Refusal(_("The file is a web page or XML, not a table."))
    return geojson.read(text) if start in ("{", "[") else delimited.read(text)


def _content(source: bytes | Path) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise Refusal(_("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
    return source if isinstance(source, bytes) else source.read_bytes()


def _refuse_other_kinds(raw: bytes) -> None:
    if raw.startswith(OLE):
        raise Refusal(
            _("This is an old Excel file (.xls) or one with a password: save it as .xlsx without a password first.")
        )
    kind = next((kind for start, kind in OTHERS.items() if raw.startswith(start)), None)
    if kind:
        raise Refusal(_("This is a %(kind)s file; send an XLSX, ODS, CSV or GeoJSON file.") % {"kind": kind})


def _spreadsheet(parts: archive.Archive) -> Sheet:
    if ods.is_ods(parts):
        return ods.read(parts)
    if xlsx.is_xlsx(parts):
        return xlsx.read(parts)
    raise Refusal(_("This is not a spreadsheet; send an XLSX, ODS, CSV or GeoJSON file."))
