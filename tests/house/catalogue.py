"""The one catalogue of words: what the code says, gathered into django.po for the translators (Babel, no GNU gettext).

`python -m tests.house.catalogue update` rewrites the catalogues, keeping every translation that is still said;
`python -m tests.house.catalogue compile` makes them ready for the programs.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "coalition" / "locale"
LANGUAGES = ("nl", "fr")
FLOORS = ("coalition", "cms", "tasks")

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Dates in a header change without anybody having said anything new.
_KEPT_HEADERS = ("Language:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:", "Plural-Forms:")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def said_in(source: str, *, template: bool = False) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """What one source text says, as (sentence or (sentence, plural), context or None)."""
    if template:
        # What is not a sentence comes out as rows of X; without indentation any such row reads as Python.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        yield message, context


def gather() -> Catalog:
    """Everything the code and the templates say."""
    catalogue = Catalog()
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if "migrations" not in path.parts:
                _add(catalogue, path)
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            _add(catalogue, path)
    return catalogue


def _add(catalogue: Catalog, path: Path) -> None:
    for message, context in said_in(path.read_text(encoding="utf-8"), template=path.suffix != ".py"):
        catalogue.add(message, context=context)


def read(language: str) -> Catalog:
    """The catalogue of one language as it stands; empty when there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(language: str, said: Catalog) -> bytes:
    """The text of a language's catalogue: all that is said, with the translations there are."""
    known = read(language)
    frozen = datetime(2026, 1, 1, tzinfo=UTC)
    new = Catalog(locale=language, creation_date=frozen, revision_date=frozen, header_comment="#", fuzzy=False)
    for message in said:
        if message.id:
            old = known.get(message.id, message.context)
            new.add(message.id, old.string if old else None, context=message.context)
    out = BytesIO()
    write_po(out, new, no_location=True, sort_output=True, width=0)
    return _without_dates(out.getvalue().decode()).encode()


def _without_dates(text: str) -> str:
    header, gap, rest = text.partition("\n\n")
    lines = [line for line in header.splitlines() if not line.startswith('"') or line[1:].startswith(_KEPT_HEADERS)]
    return "\n".join(line for line in lines if not line.startswith("#")) + gap + rest


def trouble(message: Message) -> str | None:
    """What is wrong with one translated message, or None."""
    if message.fuzzy:
        return "fuzzy"
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not strings or not all(strings):
        return "empty"
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = [_placeholders(source) for source in sources]
    # "One letter" may leave the number out; what is not in any source sentence can never be filled in.
    if any(not _placeholders(string) <= set().union(*wanted) for string in strings):
        return "a placeholder that the sentence does not have"
    if _placeholders(strings[-1]) != wanted[-1]:
        return "a placeholder is missing"
    return None


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in _PLACEHOLDER.finditer(text)}


def update() -> None:
    """Rewrite every catalogue from what is said now."""
    said = gather()
    for language in LANGUAGES:
        path = path_of(language)
        text = merged(language, said)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        missing = [message for message in read(language) if message.id and trouble(message) == "empty"]
        sys.stdout.write(f"{language}: {len(said)} sentences, {len(missing)} without a translation\n")


def main(words: list[str]) -> int:
    if words == ["update"]:
        update()
        return 0
    if words == ["compile"]:
        return subprocess.run([sys.executable, "manage.py", "compile_words"], cwd=ROOT, check=False).returncode
    sys.stderr.write("say `update` or `compile`\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
