"""Spreadsheets are zipped XML: opened with distrust, so that a small file cannot become a very big one."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, Protocol
from xml.parsers import expat

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal

MAX_PARTS = 1_000
MAX_UNPACKED = 120_000_000
# Deflate cannot do better than 1032; a spreadsheet of real words stays far below this.
MAX_RATIO = 250
RATIO_FROM = 1_000_000
PIECE = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError)


class Handler(Protocol):
    """Who listens to a part: elements by local name, attributes by local name, letters between them."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def letters(self, words: str) -> None:
        """What stands between, in one piece or in several."""


class Archive:
    """A zipped file whose parts are read piece by piece and never unpacked to disk."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.names = frozenset(file.namelist())

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part in pieces; raises Refusal when it is broken or longer than it said."""
        total = 0
        try:
            with self.file.open(name) as part:
                while piece := part.read(PIECE):
                    total += len(piece)
                    if total > MAX_UNPACKED:
                        raise _bomb()
                    yield piece
        except _BROKEN as error:
            raise broken() from error

    def listen(self, name: str, handler: Handler) -> Iterator[None]:
        """Tell a handler what stands in an XML part, with a pause after each piece to take what it gathered."""
        parser = _parser(handler)
        try:
            for piece in self.pieces(name):
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
            yield
        # An alphabet that nobody knows is a LookupError or a ValueError.
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise broken() from error
        finally:
            # Its handlers hold the parser in a circle that only the collector would undo.
            with suppress(AttributeError):
                parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

    def hear(self, name: str, handler: Handler) -> None:
        """As `listen`, to the end."""
        for _pause in self.listen(name, handler):
            pass


def opened(file: BytesIO) -> Archive:
    """The parts of a zipped file; raises Refusal for a broken one and for one that unpacks to far too much."""
    try:
        parts = zipfile.ZipFile(file)
        infos = parts.infolist()
    except _BROKEN as error:
        raise broken() from error
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _bomb()
    for info in infos:
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise _bomb()
        if info.flag_bits & 0x1 or info.compress_type not in _METHODS:
            raise Refusal(_("The file has a password or is packed in an unusual way: save it again without."))
    return Archive(parts)


def _bomb() -> Refusal:
    limit = MAX_UNPACKED // 1_000_000
    return Refusal(
        _("The file unpacks to far more than it seems (over %(limit)s MB): it is not read.") % {"limit": limit}
    )


def broken() -> Refusal:
    """What is said of a file that stops halfway or was changed by force."""
    return Refusal(_("The spreadsheet is damaged or was not sent completely; open it and save it again."))


def _parser(handler: Handler) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: handler.start(_local(tag), _locals(attributes))
    parser.EndElementHandler = lambda tag: handler.end(_local(tag))
    parser.CharacterDataHandler = handler.letters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}


def _refuse_doctype(*_args: Any) -> None:
    raise Refusal(_("The file holds instructions (a DOCTYPE) that no spreadsheet needs: it is not read."))
