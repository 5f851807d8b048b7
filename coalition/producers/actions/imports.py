"""Reading in a list of producers: looked at first, written when somebody says yes, undone as a whole.

Every row becomes a draft: nobody sees a producer before he has confirmed himself, wherever the list came from.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base import bell
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.intake import actions as intake
from coalition.intake import queries as ledger
from coalition.intake.files import Sheet, read_table
from coalition.intake.models import Batch, BatchFile, BatchRow
from coalition.membership.models import Coalition
from coalition.producers import importing, permits
from coalition.producers.actions.listings import list_producer
from coalition.producers.actions.profiles import change_producer, draft_producer
from coalition.producers.facts import read_facts
from coalition.producers.facts.filling import filled_in
from coalition.producers.importing.columns import clean_mapping
from coalition.producers.models import Listing, Producer
from coalition.territory.ground import Ground, ground_on

if TYPE_CHECKING:
    from coalition.people.models import Person

KIND = "producers"
PIECE = 50
# A batch of so many rows is written while its sender waits; a bigger one by a worker.
AT_ONCE = 500
Choice, Outcome = BatchRow.Choice, BatchRow.Outcome


# --- looking


def start_import(*, coalition: Coalition, file_name: str, raw: bytes, by: "Person | None", now: datetime) -> Batch:
    """Look at a file: what its columns are, what its rows say, who is known here. No producer is written.

    A file that cannot be read leaves a refused batch in the ledger and raises Refusal.
    """
    permits.must_coordinate(by, coalition, now)
    try:
        with transaction.atomic():
            sheet = read_table(raw)
            batch = intake.keep_file(
                kind=KIND, file_name=file_name, raw=raw, sheet=sheet, coalition=coalition, by=by, now=now
            )
            remembered = ledger.remembered_columns(coalition.pk, KIND, importing.head_sha256(sheet.head))
            mapping = importing.guess_columns(sheet.head) if remembered is None else remembered
            _plan(batch, sheet, mapping, now)
    except Refusal as refusal:
        intake.keep_batch(
            kind=KIND, file_name=file_name, sha256=hashlib.sha256(raw).hexdigest(), state=Batch.State.REFUSED,
            by=by, now=now, coalition=coalition, problems=[("", str(refusal))],
        )  # fmt: skip
        raise
    return batch


@transaction.atomic
def map_columns(
    *, batch: Batch, mapping: Mapping[str, str], by: "Person | None", now: datetime, source: str | None = None
) -> Batch:
    """Take the columns for something else, and look again; remembered for the next file with the same head."""
    batch = _previewed(batch, by, now)
    raw = ledger.content_of(batch)
    if raw is None:
        raise Refusal(_("This file is no longer kept here: send it again."))
    mapping = clean_mapping(batch.head, mapping)
    if "name" not in mapping.values():
        raise Refusal(_("Say which column holds the name of the producer."), field="name")
    if source is not None:
        batch.source = " ".join(source.split())[:200]
        batch.save(update_fields=["source"])
    intake.remember_columns(batch=batch, head_sha256=importing.head_sha256(batch.head), mapping=mapping, now=now)
    _plan(batch, read_table(raw), mapping, now)
    return batch


@transaction.atomic
def choose_rows(*, batch: Batch, choices: Mapping[int, str], by: "Person | None", now: datetime) -> None:
    """What to do with some rows, by their position: write as new, fill in what is known here, or leave out."""
    batch = _previewed(batch, by, now)
    wanted: dict[str, list[int]] = {}
    for row in BatchRow.objects.filter(batch=batch, position__in=list(choices)).defer("facts", "problems"):
        choice = choices[row.position]
        if choice not in _possible(row):
            raise Refusal(_("Row %(number)s cannot be used so.") % {"number": row.number})
        if row.choice != choice:
            wanted.setdefault(choice, []).append(row.pk)
    for choice, keys in wanted.items():
        BatchRow.objects.filter(pk__in=keys).update(choice=choice)


@transaction.atomic
def choose_known(*, batch: Batch, choice: str, by: "Person | None", now: datetime) -> int:
    """What to do with all rows of producers who are known here; returns how many there are."""
    batch = _previewed(batch, by, now)
    if choice not in Choice.values:
        raise Refusal(_("Choose one of the list."))
    return BatchRow.objects.filter(batch=batch, is_usable=True, twin__isnull=False).update(choice=choice)


def _possible(row: BatchRow) -> tuple[str, ...]:
    """What may be done with a row."""
    if not row.is_usable:
        return (Choice.SKIP,)
    return (Choice.NEW, Choice.UPDATE, Choice.SKIP) if row.twin else (Choice.NEW, Choice.SKIP)


def _previewed(batch: Batch, by: "Person | None", now: datetime) -> Batch:
    """The batch, held, if it still waits for a yes and `by` may give it."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=batch.pk, kind=KIND)
    permits.must_coordinate(by, batch.coalition, now)
    if batch.state != Batch.State.PREVIEWED:
        raise Refusal(_("This file was confirmed or thrown away already."))
    return batch


def _plan(batch: Batch, sheet: Sheet, mapping: Mapping[str, str], now: datetime) -> None:
    """Read the rows by a mapping, and keep them with what is wrong and who is known."""
    mapping = clean_mapping(sheet.head, mapping)
    batch.problems.all().delete()
    counts = {"rows": 0, "usable": 0, "problems": 0, "known": 0}
    intake.keep_rows(batch=batch, rows=_planned(batch, sheet, mapping, now, counts))
    batch.mapping, batch.counts = mapping, counts
    batch.save(update_fields=["mapping", "counts"])
    if counts["rows"] == 0:
        raise Refusal(_("There are no rows under the names of the columns."))


def _planned(
    batch: Batch, sheet: Sheet, mapping: Mapping[str, str], now: datetime, counts: dict[str, int]
) -> Iterator[BatchRow]:
    mapping = importing.likeliest_first(mapping)
    twins = importing.twins_of(batch.coalition, local_day(now))
    for position, row in enumerate(sheet, start=1):
        read = importing.read_row(row.cells, mapping, row.remarks)
        twin = twins.find(read.facts, read.key, is_nameless=read.is_nameless) if read.usable else None
        if read.usable and twin is None:
            twins.add_row(row.number, read.facts, read.key)
        for name, adds in (
            ("rows", 1),
            ("usable", read.usable),
            ("problems", len(read.problems)),
            ("known", bool(twin)),
        ):
            counts[name] += int(adds)
        yield BatchRow(
            batch=batch, position=position, number=row.number, label=read.label[:160],
            facts=read.facts | {"source_key": read.key},
            problems=[[field, str(words)] for field, words in read.problems],
            is_usable=read.usable, choice=Choice.NEW if read.usable and twin is None else Choice.SKIP,
            twin=twin.key if twin else None, twin_reason=twin.reason if twin else "",
            twin_label=_twin_label(twin)[:200],
        )  # fmt: skip


def _count(counts: dict[str, int], read: importing.Read, twin: importing.Twin | None) -> None:
    counts["rows"] += 1
    counts["usable"] += read.usable
    counts["problems"] += len(read.problems)
    counts["known"] += twin is not None


def _twin_label(twin: importing.Twin | None) -> str:
    if twin is None:
        return ""
    return twin.label if twin.row is None else _("row %(number)s of this file") % {"number": twin.row}


# --- writing


@transaction.atomic
def confirm_import(*, batch: Batch, by: "Person | None", now: datetime) -> Batch:
    """Say yes: `run_import` writes the rows, of a big batch called by whoever hears the bell. The file is forgotten."""
    batch = _previewed(batch, by, now)
    if not BatchRow.objects.filter(batch=batch, choice__in=(Choice.NEW, Choice.UPDATE)).exists():
        raise Refusal(_("There is nothing to read in: every row is left out."))
    batch.state, batch.confirmed_at = Batch.State.RUNNING, now
    batch.save(update_fields=["state", "confirmed_at"])
    BatchFile.objects.filter(batch=batch).delete()
    if not is_small(batch):
        bell.ring("intake.run")
    return batch


def is_small(batch: Batch) -> bool:
    """Whether a batch may be written while its sender waits."""
    return batch.counts.get("usable", 0) <= AT_ONCE


def run_imports_due(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Write all confirmed batches that nobody works at; returns how many were finished."""
    return sum(run_import(batch=batch, clock=clock) for batch in ledger.running(KIND, clock()))


def run_import(*, batch: Batch, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Write the rows that wait, piece by piece; whoever is stopped halfway is followed by another, without doubles.

    False when somebody else works at it.
    """
    lease = intake.lease(batch=batch, now=clock())
    if lease is None:
        return False
    batch.refresh_from_db()
    ground = ground_on(local_day(clock()))
    while lease is not None:
        now = clock()
        with transaction.atomic():
            lease = intake.lease(batch=batch, now=now, held=lease)
            if lease is None:
                return False
            rows = list(BatchRow.objects.filter(batch=batch, outcome=Outcome.WAITING).order_by("position")[:PIECE])
            if not rows:
                _finish(batch, now)
                return True
            for row in rows:
                _write(batch, row, ground, now)
            _keep_outcomes(rows)
    return False


def _keep_outcomes(rows: list[BatchRow]) -> None:
    """What became of some rows; what they told is not kept here any longer."""
    for outcome in {row.outcome for row in rows}:
        keys = [row.pk for row in rows if row.outcome == outcome]
        BatchRow.objects.filter(pk__in=keys).update(outcome=outcome, facts={})
    BatchRow.objects.bulk_update([row for row in rows if row.record is not None], ["record"])
    BatchRow.objects.bulk_update([row for row in rows if row.before is not None], ["before"])


def _write(batch: Batch, row: BatchRow, ground: Ground, now: datetime) -> None:
    """One row by one action, which writes all of it or nothing; a row that went wrong does not stop the others."""
    try:
        _write_as(row.choice)(batch, row, ground, now)
    except (Refusal, DatabaseError) as error:
        # What the database will not have would stop this batch each time anew.
        sentence = str(error) if isinstance(error, Refusal) else _("This row could not be written.")
        row.outcome, row.record, row.before = Outcome.FAILED, None, None
        place = _("row %(number)s") % {"number": row.number}
        intake.keep_problems(batch=batch, problems=[(f"{place}: {row.label}", sentence)])


def _write_as(choice: str) -> Callable[[Batch, BatchRow, Ground, datetime], None]:
    return {Choice.NEW: _make, Choice.UPDATE: _fill_in}.get(choice, _skip)


def _skip(batch: Batch, row: BatchRow, ground: Ground, now: datetime) -> None:
    row.outcome = Outcome.SKIPPED


def _make(batch: Batch, row: BatchRow, ground: Ground, now: datetime) -> None:
    producer = draft_producer(
        coalition=batch.coalition, facts=row.facts, by=None, now=now, ground=ground, batch=batch,
        batch_row=str(row.position), source=batch.source, source_key=row.facts.get("source_key", ""), tell=False,
    )  # fmt: skip
    row.outcome, row.record = Outcome.MADE, producer.pk


def _fill_in(batch: Batch, row: BatchRow, ground: Ground, now: datetime) -> None:
    """What is empty here is filled in; what stands here stays. A confirmed profile waits for its farmer's yes."""
    producer = Producer.objects.filter(pk=row.twin).first()
    if producer is None:
        raise Refusal(_("The producer who was known here is gone."))
    row.record, row.before = producer.pk, {"at": now.isoformat()}
    if not Listing.objects.filter(producer=producer, coalition=batch.coalition).exists():
        list_producer(producer=producer, coalition=batch.coalition, by=None, now=now)
        row.before["listed"] = True
    else:
        facts = read_facts(producer)
        new = filled_in(facts, row.facts)
        if new == facts:
            row.outcome, row.before = Outcome.SKIPPED, None
            return
        row.before["facts"] = facts
        change_producer(producer=producer, coalition=batch.coalition, facts=new, by=None, now=now)
    row.outcome = Outcome.CHANGED


def _finish(batch: Batch, now: datetime) -> None:
    found = ledger.outcomes(batch)
    batch.counts |= {outcome.value: found.get(outcome.value, 0) for outcome in Outcome if outcome.value}
    batch.state, batch.finished_at, batch.lease_until = Batch.State.DONE, now, None
    batch.save(update_fields=["counts", "state", "finished_at", "lease_until"])
    told: dict[str, Any] = {name: batch.counts[name] for name in (Outcome.MADE.value, Outcome.CHANGED.value)}
    record(Verb.PRODUCERS_IMPORTED, subject=batch, by=batch.by, about=batch.coalition, now=now, **told)
