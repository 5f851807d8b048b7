"""The words of the house, made ready for the programs: every django.po becomes a django.mo (without GNU gettext)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the translations in coalition/locale."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        written = [compile_catalogue(path) for path in catalogues()]
        self.stdout.write(f"{len(written)} catalogues, {sum(written)} of them newly compiled")


def catalogues() -> list[Path]:
    """Every source catalogue of the house, in a fixed order."""
    return sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(source: Path) -> bool:
    """Write the .mo beside `source` unless it is newer already; whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    # A running process may be reading the old file: the new one takes its place in one step.
    half = target.with_suffix(".half")
    with half.open("wb") as file:
        write_mo(file, catalogue)
    half.replace(target)
    return True
