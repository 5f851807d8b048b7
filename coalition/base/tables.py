"""Tables for spreadsheets, as people here open them: semicolons, a byte order mark, and no cell that calculates."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from coalition.base.dates import BRUSSELS

# A spreadsheet takes what begins so for a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


# What a spreadsheet takes in one cell, and XlsxWriter would leave out without a word.
LONGEST_CELL = 32_767


def cell(value: Any, *, comma: bool = False) -> str:
    """A value in words: nothing for None, Brussels time to the minute, and never a formula.

    A number is no formula, not even below zero; `comma` writes its decimals as Belgian spreadsheets read them.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    words = str(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return words.replace(".", ",") if comma else words
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words


def as_typed(words: str) -> str:
    """A cell as it was before `cell` put an apostrophe before it: what we wrote is read back as it was."""
    return words[1:] if words.startswith("'") and words[1:].lstrip(" ").startswith(FORMULA) else words


def csv_table(head: Sequence[Any], rows: Iterable[Sequence[Any]], *, comma: bool = False) -> str:
    """The table as one text, ready to be a file."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(value) for value in head])
    writer.writerows([cell(value, comma=comma) for value in row] for row in rows)
    return BYTE_ORDER_MARK + paper.getvalue()


def xlsx_table(head: Sequence[Any], rows: Iterable[Sequence[Any]], *, about: str = "") -> bytes:
    """The table as a workbook of one sheet: numbers are numbers, words stay words, and nothing is worked out.

    `about` (source, licence, day) stands in the properties of the file. Rows are written as they come: memory is flat.
    """
    paper = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(paper, options) as book:
        book.set_properties({"comments": about[:255]})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, value in enumerate(head):
            sheet.write_string(0, column, cell(value), bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value)
    return paper.getvalue()


def _write(sheet: Any, number: int, column: int, value: Any) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(number, column, value)
    elif value is not None and value != "":
        # A cell of words is never worked out, so it needs no apostrophe.
        words = cell(value) if isinstance(value, date) else str(value)
        sheet.write_string(number, column, words[:LONGEST_CELL])
