"""ODS, read row by row: LibreOffice writes "16,384 empty cells" in one word, and so could somebody with bad intent.

OpenDocument 1.3 part 3, chapters 9 and 19. Formulas are never looked at.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.intake.files import values
from coalition.intake.files.archive import Archive
from coalition.intake.files.shape import MAX_ROWS, Line, Sheet, plain, refuse_wide, sheet_of

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
CELLS = ("table-cell", "covered-table-cell")
BREAKS = {"tab": " ", "line-break": "\n"}


class Tables:
    """Listens to the content, and gathers the lines of the first table with anything in it."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, int, dict[int, str]]] = []
        self.tables: list[str] = []
        self.depth = self.aside = self.within = 0
        self.number = self.column = 0
        self.row_times = self.cell_times = 1
        self.cells: dict[int, str] = {}
        self.facts: dict[str, str] = {}
        self.words: list[str] = []
        self.name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.name, self.number = attributes.get("name", ""), 0
        elif self.depth != 1 or self.aside:
            self.aside += tag == "annotation"
        elif tag == "annotation":
            self.aside = 1
        elif tag == "table-row":
            self.row_times, self.column, self.cells = _times(attributes, "number-rows-repeated"), 0, {}
        elif tag in CELLS:
            self.cell_times, self.facts, self.words = _times(attributes, "number-columns-repeated"), attributes, []
        else:
            self._text(tag, attributes)

    def _text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self.within += 1
            if self.words:
                self.words.append("\n")
        elif self.within and tag == "s":
            self.words.append(" " * min(_times(attributes, "c"), 100))
        elif self.within and tag in BREAKS:
            self.words.append(BREAKS[tag])

    def letters(self, words: str) -> None:
        if self.within and not self.aside and self.depth == 1:
            self.words.append(words)

    def end(self, tag: str) -> None:
        if tag == "table":
            self.depth -= 1
        elif tag == "annotation":
            self.aside -= 1
        elif self.depth != 1 or self.aside:
            return
        elif tag == "p":
            self.within -= 1
        elif tag in CELLS:
            self._cell()
        elif tag == "table-row":
            self._row()

    def _cell(self) -> None:
        words = plain(shown(self.facts, "".join(self.words)), self.number + 1)
        if words:
            refuse_wide(self.column + self.cell_times - 1, self.number + 1)
            self.cells.update((self.column + step, words) for step in range(self.cell_times))
        self.column += self.cell_times

    def _row(self) -> None:
        if self.cells:
            if self.name not in self.tables:
                self.tables.append(self.name)
            if self.name == self.tables[0]:
                self.lines.append((self.number + 1, self.row_times, self.cells))
        self.number += self.row_times


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def shown(facts: dict[str, str], text: str) -> str:
    """A cell in words by its own kind; leading zeros that it shows are kept."""
    kind = facts.get("value-type", "")
    if kind in ("float", "currency", "percentage"):
        number = values.number(facts.get("value", text))
        digits = text.strip()
        return digits if digits.startswith("0") and digits.isdigit() and digits.lstrip("0") == number else number
    if kind == "date":
        return values.written_moment(facts.get("date-value", text))
    if kind == "time":
        return values.written_time(facts.get("time-value", text))
    if kind == "boolean":
        return facts.get("boolean-value", text)
    return facts.get("string-value", text)


def is_ods(parts: Archive) -> bool:
    """Whether these are the parts of an OpenDocument spreadsheet; raises Refusal for one with a password."""
    if "mimetype" not in parts.names or not next(parts.pieces("mimetype"), b"").startswith(MIME):
        return False
    if "META-INF/manifest.xml" in parts.names and b"encryption-data" in b"".join(parts.pieces("META-INF/manifest.xml")):
        raise Refusal(_("The file has a password or is packed in an unusual way: save it again without."))
    return CONTENT in parts.names


def read(parts: Archive) -> Sheet:
    """The first table that has anything in it."""
    tables = Tables()
    for _pause in parts.listen(CONTENT, tables):
        tables.lines.clear()
    if not tables.tables:
        raise Refusal(_("The file is empty."))
    first, *others = tables.tables
    notes = (_("Only the first sheet, “%(name)s”, is read.") % {"name": first[:80]},) if others else ()
    return sheet_of("ods", lambda: _lines(parts), notes)


def _lines(parts: Archive) -> Iterator[Line]:
    tables = Tables()
    for _pause in parts.listen(CONTENT, tables):
        lines, tables.lines = tables.lines, []
        for number, times, cells in lines:
            # One more than is read, so that whoever counts the rows sees that there are too many.
            for step in range(min(times, MAX_ROWS + 2)):
                yield Line(number + step, cells)
