"""Spreadsheets made for tests: by a real programme's library, or by hand where they must be wicked."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return paper.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}


def xlsx(rows: Iterable[Sequence[Any]], *, formats: dict[tuple[int, int], str] | None = None, **options: Any) -> bytes:
    """What Excel would save; `formats` gives cells (row, column) a number format."""
    paper = io.BytesIO()
    book = xlsxwriter.Workbook(paper, {"in_memory": True, **options})
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            code = (formats or {}).get((row, column))
            sheet.write(row, column, value, book.add_format({"num_format": code}) if code else None)
    book.close()
    return paper.getvalue()


def ods(body: str, before: str = "") -> bytes:
    """An OpenDocument spreadsheet with this inside its body."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_NAMES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS_MIME, "content.xml": content})


def ods_table(rows: Iterable[Sequence[str]]) -> bytes:
    """As LibreOffice saves it, with the thousands of empty rows that it adds."""
    written = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    return ods(f'<table:table table:name="Blad1">{written}{empty}</table:table>')


def ods_cell(words: str) -> str:
    if not words:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(words)}</text:p></table:table-cell>'
