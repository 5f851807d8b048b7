"""Read in a list of producers for a coalition: `manage.py import_producers hoeves.xlsx --coalition pajottenland`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from coalition.base.errors import Refusal
from coalition.intake.files import MAX_BYTES
from coalition.intake.models import Batch, BatchRow
from coalition.intake.queries import read_before
from coalition.membership.models import Coalition
from coalition.producers import actions

SHOWN = 200


class Command(BaseCommand):
    help = "Look at a list of producers (XLSX, ODS, CSV, GeoJSON); with --confirm, write its rows as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, ODS, CSV or GeoJSON")
        parser.add_argument("--coalition", required=True, metavar="SLUG", help="for which coalition")
        parser.add_argument("--confirm", action="store_true", help="write the drafts; without it nothing is written")
        parser.add_argument("--source", default=None, help="whom to name, such as “© OpenStreetMap contributors, ODbL”")
        parser.add_argument(
            "--column", action="append", default=[], metavar="COLUMN=FIELD", help="what a column is; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        coalition = Coalition.objects.filter(slug=options["coalition"]).first()
        if coalition is None:
            raise CommandError(gettext("There is no coalition called “%(slug)s”.") % {"slug": options["coalition"]})
        try:
            self._import(coalition, options)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except Refusal as refusal:
            raise CommandError(f"{gettext('Refused, nothing was changed:')}\n- {refusal}") from refusal

    def _import(self, coalition: Coalition, options: dict[str, Any]) -> None:
        now, path = timezone.now(), options["file"]
        batch = actions.start_import(coalition=coalition, file_name=path.name, raw=_content(path), by=None, now=now)
        mapping = batch.mapping | dict(_columns(options["column"]))
        if options["column"] or options["source"] is not None:
            actions.map_columns(batch=batch, mapping=mapping, by=None, now=now, source=options["source"])
            batch.refresh_from_db()
        self._report(batch)
        if not options["confirm"]:
            actions.discard_import(batch=batch, by=None, now=now)
            self.stdout.write(gettext("Nothing was written. Confirm with --confirm."))
            return
        actions.confirm_import(batch=batch, by=None, now=now)
        actions.run_import(batch=batch)
        batch.refresh_from_db()
        self._told(batch)

    def _report(self, batch: Batch) -> None:
        for column in batch.head:
            self.stdout.write(f"{column}: {batch.mapping.get(column, '–')}")
        for note in batch.notes:
            self.stdout.write(note)
        before = read_before(batch)
        if before is not None:
            self.stdout.write(gettext("This very file was read in before, on %(day)s.") % {"day": before.at.date()})
        troubled = (row for row in batch.rows.iterator() if row.problems or row.twin_label)
        for count, row in enumerate(troubled):
            if count == SHOWN:
                self.stdout.write("…")
                break
            self.stdout.write(_line(row))
        words = gettext("%(rows)s rows, %(usable)s can be used, %(known)s known here, %(problems)s problems.")
        self.stdout.write(words % batch.counts)

    def _told(self, batch: Batch) -> None:
        for problem in batch.problems.all():
            self.stdout.write(f"- {problem}")
        self.stdout.write(gettext("%(made)s new, %(changed)s filled in, %(skipped)s left out.") % batch.counts)


def _content(path: Path) -> bytes:
    """At most what `read_table` accepts, and a byte more so that it can say so."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _columns(pairs: list[str]) -> list[tuple[str, str]]:
    return [(column, field) for column, _sign, field in (pair.rpartition("=") for pair in pairs)]


def _line(row: BatchRow) -> str:
    told = [f"{field}: {words}" if field else words for field, words in row.problems]
    if row.twin_label:
        told.append(gettext("known here: %(name)s") % {"name": row.twin_label})
    return f"- {row.number} {row.label}: {' '.join(told)}"
