"""XLSX, read cell by cell in the order of the file: no grid is ever made, so a cell at the far end costs nothing.

ECMA-376 part 1, chapter 18. Formulas are never looked at: a cell says what its programme last worked out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.intake.files import values
from coalition.intake.files.archive import Archive, broken
from coalition.intake.files.shape import Line, Sheet, plain, refuse_wide, sheet_of

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
ROOT = "_rels/.rels"


class Elements:
    """Gathers the attributes of some elements, in order: enough for the small parts."""

    def __init__(self, *tags: str) -> None:
        self.tags, self.found, self.path = tags, [], []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(tag)
        if tag in self.tags:
            self.found.append((tag, self.path[-2] if len(self.path) > 1 else "", attributes))

    def end(self, tag: str) -> None:
        self.path.pop()

    def letters(self, words: str) -> None:
        pass


class Strings:
    """The words that cells share; the pronunciation that may stand beside them is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.words: list[str] = []
        self.aside = self.in_text = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.words = []
        self.aside += tag == "rPh"
        self.in_text += tag == "t"

    def end(self, tag: str) -> None:
        self.aside -= tag == "rPh"
        self.in_text -= tag == "t"
        if tag == "si":
            self.found.append("".join(self.words))

    def letters(self, words: str) -> None:
        if self.in_text and not self.aside:
            self.words.append(words)


@dataclass(frozen=True)
class Book:
    """What the cells of all sheets lean on."""

    strings: list[str] = field(default_factory=list, repr=False)
    # Style to number format: "date", or the format's own code.
    formats: list[str] = field(default_factory=list)
    from_1904: bool = False


class Cells:
    """Listens to one sheet, and gathers its lines until somebody takes them."""

    def __init__(self, book: Book) -> None:
        self.book, self.lines = book, []
        self.number = 0
        self.column = -1
        self.cells: dict[int, str] = {}
        self.kind = self.style = ""
        self.words: list[str] = []
        self.aside = self.within = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin(attributes)
        elif tag == "row":
            said = attributes.get("r", "")
            self.number = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else self.number + 1
            self.column, self.cells = -1, {}
        self.within += tag in ("v", "t")
        self.aside += tag == "rPh"

    def _begin(self, attributes: dict[str, str]) -> None:
        place = _CELL.fullmatch(attributes.get("r", ""))
        self.column = _column(place[1]) if place else self.column + 1
        self.kind, self.style, self.words = attributes.get("t", "n"), attributes.get("s", "0"), []

    def letters(self, words: str) -> None:
        if self.within and not self.aside:
            self.words.append(words)

    def end(self, tag: str) -> None:
        self.within -= tag in ("v", "t")
        self.aside -= tag == "rPh"
        if tag == "c":
            words = plain(self._shown("".join(self.words)), self.number)
            if words:
                refuse_wide(self.column, self.number)
                self.cells[self.column] = words
        elif tag == "row" and self.cells:
            self.lines.append(Line(self.number, self.cells))

    def _shown(self, text: str) -> str:
        if self.kind == "s":
            return self._shared(text)
        if self.kind in ("str", "inlineStr"):
            return unescaped(text)
        if self.kind == "b":
            return {"1": "true", "0": "false"}.get(text.strip(), text)
        if self.kind == "d":
            return values.written_moment(text)
        return self._number(text) if self.kind == "n" and text else text

    def _shared(self, text: str) -> str:
        index = text.strip()
        if not (index.isascii() and index.isdigit() and len(index) < 10) or int(index) >= len(self.book.strings):
            raise broken()
        return self.book.strings[int(index)]

    def _number(self, text: str) -> str:
        known = self.style.isascii() and self.style.isdigit() and len(self.style) < 8
        code = self.book.formats[int(self.style)] if known and int(self.style) < len(self.book.formats) else ""
        if code == "date":
            return values.serial(text, from_1904=self.book.from_1904)
        return values.padded(values.number(text), code)


def unescaped(text: str) -> str:
    """Signs that XML cannot hold are written _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _column(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column - 1


def is_xlsx(parts: Archive) -> bool:
    """Whether these are the parts of an Excel workbook; raises Refusal for its binary kind."""
    if "xl/workbook.bin" in parts.names:
        raise Refusal(_("This is a binary Excel file (.xlsb): save it as .xlsx first."))
    return "xl/workbook.xml" in parts.names or "spreadsheetml" in _officedocument(parts)


def read(parts: Archive) -> Sheet:
    """The first visible sheet that has anything in it."""
    workbook = "xl/workbook.xml" if "xl/workbook.xml" in parts.names else _officedocument(parts)
    book, sheets = _workbook(parts, workbook)
    filled = [(name, part) for name, part in sheets if next(_lines(parts, part, book), None)]
    if not filled:
        raise Refusal(_("The file is empty."))
    name, part = filled[0]
    notes = (_("Only the first sheet, “%(name)s”, is read.") % {"name": name[:80]},) if len(filled) > 1 else ()
    return sheet_of("xlsx", lambda: _lines(parts, part, book), notes)


def _lines(parts: Archive, part: str, book: Book) -> Iterator[Line]:
    cells = Cells(book)
    for _pause in parts.listen(part, cells):
        lines, cells.lines = cells.lines, []
        yield from lines


def _officedocument(parts: Archive) -> str:
    """The name of the main part, in a workbook that does not call it what every programme calls it."""
    if ROOT not in parts.names:
        return ""
    listened = Elements("Relationship")
    parts.hear(ROOT, listened)
    targets = [a.get("Target", "") for _tag, _in, a in listened.found if a.get("Type", "").endswith("/officeDocument")]
    return next((target.lstrip("/") for target in targets if target.lstrip("/") in parts.names), "")


def _workbook(parts: Archive, name: str) -> tuple[Book, list[tuple[str, str]]]:
    """What the cells lean on, and the visible worksheets as name and part."""
    told = Elements("sheet", "workbookPr")
    parts.hear(name, told)
    folder, _slash, file = name.rpartition("/")
    related = _related(parts, f"{folder}/_rels/{file}.rels", folder)
    sheets = [
        (attributes.get("name", ""), related[attributes.get("id", "")][1])
        for tag, _in, attributes in told.found
        if tag == "sheet" and attributes.get("state", "visible") == "visible" and attributes.get("id", "") in related
    ]
    book = Book(
        strings=_strings(parts, _of_kind(related, "sharedStrings")),
        formats=_formats(parts, _of_kind(related, "styles")),
        from_1904=any(a.get("date1904") in ("1", "true") for tag, _in, a in told.found if tag == "workbookPr"),
    )
    return book, [(title, part) for title, part in sheets if related_kind(related, part) == "worksheet"]


def related_kind(related: dict[str, tuple[str, str]], part: str) -> str:
    """The kind of a part: a chart is a sheet too, but not a worksheet."""
    return next((kind for kind, target in related.values() if target == part), "")


def _related(parts: Archive, name: str, folder: str) -> dict[str, tuple[str, str]]:
    if name not in parts.names:
        raise broken()
    listened = Elements("Relationship")
    parts.hear(name, listened)
    found = {}
    for _tag, _in, attributes in listened.found:
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}")
        if part in parts.names:
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)
    return found


def _of_kind(related: dict[str, tuple[str, str]], kind: str) -> str:
    return next((target for said, target in related.values() if said == kind), "")


def _strings(parts: Archive, name: str) -> list[str]:
    if not name:
        return []
    listened = Strings()
    parts.hear(name, listened)
    return [unescaped(words) for words in listened.found]


def _formats(parts: Archive, name: str) -> list[str]:
    if not name:
        return []
    listened = Elements("numFmt", "xf")
    parts.hear(name, listened)
    codes = {a.get("numFmtId", ""): a.get("formatCode", "") for tag, _in, a in listened.found if tag == "numFmt"}
    wanted = [a.get("numFmtId", "0") for tag, inside, a in listened.found if tag == "xf" and inside == "cellXfs"]
    return [_format(key, codes) for key in wanted]


def _format(key: str, codes: dict[str, str]) -> str:
    code = codes.get(key, "")
    built_in = key.isascii() and key.isdigit() and len(key) < 5 and int(key) in values.BUILT_IN_DATES
    return "date" if (values.is_date(code) if code else built_in) else code
