"""CSV as it comes out of every spreadsheet: which bytes are letters, and which sign stands between the cells."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.intake.files.shape import Line, Sheet, plain, refuse_wide, sheet_of

# In the order in which Belgian spreadsheets write them.
DELIMITERS = ";\t,|"
SAMPLE_LINES = 30
SAMPLE_CHARACTERS = 40_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 or Windows-1252; raises Refusal for what is no text."""
    try:
        text = raw.decode(_encoding(raw))
    except UnicodeDecodeError as error:
        text = _western(raw, error)
    sample = text[:SAMPLE_CHARACTERS]
    if "\0" in text or any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f\x85" for sign in sample):
        raise Refusal(_("The file is not text: it is no table that can be read here."))
    return text


def _encoding(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    start = raw[:64]
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > len(start) // 4 else "utf-8"


def _western(raw: bytes, error: UnicodeDecodeError) -> str:
    """Windows-1252, in which old spreadsheets save; unless the file was UTF-8 until it broke."""
    before = raw[: error.start]
    if error.encoding != "utf-8" or not before.isascii():
        line = before.count(b"\n") + 1
        raise Refusal(_("Line %(line)s: a letter is damaged; save the file as UTF-8.") % {"line": line})
    # Five places of Windows-1252 are empty; Latin-1 has invisible signs there, which `decoded` refuses.
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def read(text: str) -> Sheet:
    """The table of a text."""
    head, _break, rest = text.partition("\n")
    # Excel's own way to say it: "sep=;" on the first line.
    told = head.strip().lower()
    if len(told) == 5 and told.startswith("sep="):
        return sheet_of("csv", lambda: _lines(rest, told[4], first=2))
    delimiter = delimiter_of(text)
    return sheet_of("csv", lambda: _lines(text, delimiter, first=1))


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the most cells, equally many in most of them."""
    return max(DELIMITERS, key=lambda sign: (_evenness(text[:SAMPLE_CHARACTERS], sign), -DELIMITERS.index(sign)))


def _evenness(sample: str, sign: str) -> float:
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=sign), SAMPLE_LINES) if row]
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return times / len(rows) * min(width, 20) ** 0.5 if rows else 0


def _lines(text: str, delimiter: str, first: int) -> Iterator[Line]:
    """Numbered as an editor counts lines: a row with a break in a cell has the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first
    try:
        for row in reader:
            cells = {column: words for column, cell in enumerate(row) if (words := plain(cell, number))}
            if cells:
                refuse_wide(max(cells), number)
                yield Line(number, cells)
            number = reader.line_num + first
    except csv.Error as error:
        sentence = _("Line %(line)s: the quotation marks of a cell are not closed, or not doubled.")
        raise Refusal(sentence % {"line": number}) from error
