"""Read the official file of municipal boundaries: `manage.py import_municipalities flanders-2025.geojson`."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.intake.actions import keep_batch
from coalition.intake.models import Batch
from coalition.territory.actions import Changes, adopt_edition
from coalition.territory.boundaries import BrokenFile, edition_in, read_boundaries, refuse_oversized
from coalition.territory.mergers import read_mergers

KIND = "municipalities"
SHOWN = {
    "created": _("new"),
    "renamed": _("renamed"),
    "redrawn": _("redrawn"),
    "corrected": _("dates, source or outline corrected"),
    "ended": _("ended by a merger"),
    "skipped": _("skipped"),
}


@dataclass(frozen=True)
class Sent:
    """What was asked for."""

    file: Path
    mergers: Path | None
    edition_from: date | None
    source: str
    dry_run: bool

    @property
    def day(self) -> date | None:
        """The first day of the edition: as said, or else as one of the file names tells."""
        names = [self.file.name, *([self.mergers.name] if self.mergers else [])]
        return self.edition_from or next(filter(None, map(edition_in, names)), None)


class Command(BaseCommand):
    help = "Read official municipal boundaries (GeoJSON with NIS codes), and the mergers between editions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON FeatureCollection in WGS84")
        parser.add_argument("--mergers", type=Path, help="CSV of old and new municipalities")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="first day of this edition, YYYY-MM-DD")
        parser.add_argument("--source", default="", help="whom to name on maps, such as “Statbel (CC BY 4.0)”")
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing but the ledger")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = Sent(
            options["file"], options["mergers"], options["valid_from"], options["source"][:200], options["dry_run"]
        )
        now = timezone.now()
        try:
            sha256 = _fingerprint(sent.file)
        except OSError as error:
            raise CommandError(f"{sent.file}: {error.strerror}") from error
        ledger = {"kind": KIND, "file_name": sent.file.name, "sha256": sha256, "by": None, "now": now}
        try:
            changes, unread = self._import(sent, ledger)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except Refusal as refusal:
            faults = [(f.place, f.sentence) for f in refusal.faults] if isinstance(refusal, BrokenFile) else []
            faults = faults or [("", str(refusal))]
            keep_batch(**ledger, state=Batch.State.REFUSED, problems=faults)
            raise CommandError("\n".join([gettext("Refused, nothing was changed:"), *map(_line, faults)])) from refusal
        if sent.dry_run:
            keep_batch(**ledger, state=Batch.State.PREVIEWED, counts=changes.counts())
        self._report(sent, changes, unread)

    @transaction.atomic
    def _import(self, sent: Sent, ledger: dict[str, Any]) -> tuple[Changes, tuple[str, ...]]:
        """Everything or nothing: rows, ledger and memory; a dry run is rolled back."""
        read = read_boundaries(_content(sent.file))
        mergers = _mergers(sent.mergers)
        changes = adopt_edition(
            municipalities=read.municipalities, mergers=mergers, edition_from=sent.day, source=sent.source
        )
        if sent.dry_run:
            transaction.set_rollback(True)
            return changes, read.unread
        batch = keep_batch(**ledger, state=Batch.State.DONE, counts=changes.counts())
        if changes.total:
            record(Verb.MUNICIPALITIES_IMPORTED, subject=batch, now=ledger["now"], **changes.counts())
        return changes, read.unread

    def _report(self, sent: Sent, changes: Changes, unread: tuple[str, ...]) -> None:
        for name, words in SHOWN.items():
            rows = getattr(changes, name)
            if rows:
                self.stdout.write(f"{words} ({len(rows)}): {', '.join(rows[:20])}{' …' if len(rows) > 20 else ''}")
        if unread:
            self.stdout.write(gettext("Columns not read: %(names)s.") % {"names": ", ".join(unread)})
        self.stdout.write(gettext("Edition: %(day)s.") % {"day": sent.day or gettext("no date")})
        told = {"changed": changes.total, "unchanged": len(changes.unchanged)}
        self.stdout.write(gettext("%(changed)s changed, %(unchanged)s unchanged.") % told)
        if sent.dry_run:
            self.stdout.write(gettext("Dry run: nothing was written."))


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(path: Path) -> bytes:
    refuse_oversized(path.stat().st_size)
    return path.read_bytes()


def _mergers(path: Path | None) -> tuple:
    """The mergers of the second file; its faults say which file they are in."""
    if path is None:
        return ()
    try:
        return read_mergers(_content(path))
    except BrokenFile as refusal:
        faults = [type(fault)(f"{path.name} {fault.place}".strip(), fault.sentence) for fault in refusal.faults]
        raise BrokenFile(faults) from refusal


def _line(fault: tuple[str, str]) -> str:
    place, sentence = fault
    return f"- {place}: {sentence}" if place else f"- {sentence}"
