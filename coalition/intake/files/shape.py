"""What every kind of file is read into: a head with names, and rows of words."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CHARACTERS = 5_000
# A title or a date may stand above the head; it is looked for this far down.
HEAD_WITHIN = 10


@dataclass(frozen=True)
class Line:
    """One line of a table before anybody knows what its columns are called: words by column, counted from 0."""

    number: int
    cells: dict[int, str]


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, its words by name of column (empty cells are absent), and what was odd of it."""

    number: int
    cells: dict[str, str]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table that was opened. Each pass over it reads the file again, so that no file is held in memory as rows.

    A pass raises Refusal where the file turns out to be broken; nothing may be written before one pass went well.
    """

    kind: str
    head: tuple[str, ...]
    rows: Callable[[], Iterator[Row]] = field(repr=False)
    notes: tuple[str, ...] = ()
    # Whom the file asks to name, and by which licence.
    credit: str = ""

    def __iter__(self) -> Iterator[Row]:
        for count, row in enumerate(self.rows(), start=1):
            if count > MAX_ROWS:
                raise Refusal(_("The file has more than %(limit)s rows.") % {"limit": MAX_ROWS})
            yield row


def sheet_of(kind: str, lines: Callable[[], Iterator[Line]], notes: tuple[str, ...] = ()) -> Sheet:
    """The table of some lines: names from the first line that looks like a head, rows from what follows it."""
    head = _head(lines())
    names = _names(head)
    return Sheet(kind, tuple(names.values()), lambda: _rows(lines(), head.number, names), notes)


def _head(lines: Iterator[Line]) -> Line:
    """The first line with two names among the first few; else the first with anything in it."""
    first: Line | None = None
    for line in lines:
        first = first or line
        if len(line.cells) > 1:
            return line
        if line.number >= first.number + HEAD_WITHIN:
            break
    if first is None:
        raise Refusal(_("The file is empty."))
    return first


def _names(head: Line) -> dict[int, str]:
    """Column to name; a column without a name goes by its letter, a name that stands there twice gets a number."""
    names: dict[int, str] = {}
    seen: dict[str, int] = {}
    for column in range(max(head.cells) + 1):
        name = " ".join(head.cells.get(column, "").split())[:100] or letters(column)
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
        names[column] = name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})"
    return names


def _rows(lines: Iterator[Line], head: int, names: dict[int, str]) -> Iterator[Row]:
    for line in lines:
        if line.number <= head or not line.cells:
            continue
        cells = {names[column]: words for column, words in line.cells.items() if column in names}
        remarks = (_("This row has more cells than the first row has names."),) if len(cells) < len(line.cells) else ()
        yield Row(line.number, cells, remarks)


def letters(column: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def plain(words: str, number: int) -> str:
    """The words of a cell without what no database or screen can hold; raises Refusal when they are far too many."""
    # Far too many are not even cleaned.
    if not words.isprintable() and len(words) <= 2 * MAX_CHARACTERS:
        words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        words = "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    words = words.strip()
    if len(words) > MAX_CHARACTERS:
        told = {"number": number, "limit": MAX_CHARACTERS}
        raise Refusal(_("Row %(number)s: a cell holds more than %(limit)s characters.") % told)
    return words


def refuse_wide(column: int, number: int) -> None:
    """Raise Refusal when something stands in a column, counted from 0, beyond the last that is read."""
    if column >= MAX_COLUMNS:
        told = {"number": number, "limit": MAX_COLUMNS}
        raise Refusal(_("Row %(number)s: there are more than %(limit)s columns.") % told)
