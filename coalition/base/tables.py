"""Tables for spreadsheets, as people here open them: semicolons, a byte order mark, and no cell that calculates."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from coalition.base.dates import BRUSSELS

# A spreadsheet takes what begins so for a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def cell(value: Any) -> str:
    """A value in words: nothing for None, Brussels time to the minute, and never a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    words = str(value)
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA) else words


def csv_table(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """The table as one text, ready to be a file."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(value) for value in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + paper.getvalue()
