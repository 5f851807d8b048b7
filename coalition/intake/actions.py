"""Writing down in the ledger which file came in, what stands in it, and what became of it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from coalition.intake.files import Sheet
from coalition.intake.models import Batch, BatchFile, BatchRow, ColumnMapping, Problem

if TYPE_CHECKING:
    from coalition.membership.models import Coalition
    from coalition.people.models import Person

# Who looked at a file and never said yes does not leave other people's addresses here.
KEPT_UNCONFIRMED = timedelta(days=14)
LEASE = timedelta(minutes=2)


@transaction.atomic
def keep_batch(
    *,
    kind: str,
    file_name: str,
    sha256: str,
    state: Batch.State,
    by: "Person | None",
    now: datetime,
    counts: Mapping[str, int] | None = None,
    problems: Iterable[tuple[str, str]] = (),
    coalition: "Coalition | None" = None,
) -> Batch:
    """One row for a file that came in, and one for each problem (where, sentence).

    A refused file leaves nothing in the house but this. Longer texts are cut to what the ledger holds.
    """
    batch = Batch.objects.create(
        kind=kind,
        coalition=coalition,
        file_name=file_name[-255:],
        sha256=sha256,
        state=state,
        at=now,
        by=by,
        counts=dict(counts or {}),
    )
    keep_problems(batch=batch, problems=problems)
    return batch


def keep_problems(*, batch: Batch, problems: Iterable[tuple[str, str]]) -> None:
    """Add problems (where, sentence) to a batch."""
    rows = (Problem(batch=batch, place=place[:200], sentence=str(sentence)[:500]) for place, sentence in problems)
    Problem.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def keep_file(
    *, kind: str, file_name: str, raw: bytes, sheet: Sheet, coalition: "Coalition", by: "Person | None", now: datetime
) -> Batch:
    """A file that was opened, kept until its batch is confirmed or forgotten; nothing of it is used yet."""
    batch = keep_batch(
        kind=kind, file_name=file_name, sha256=hashlib.sha256(raw).hexdigest(), state=Batch.State.PREVIEWED,
        by=by, now=now, coalition=coalition,
    )  # fmt: skip
    batch.head, batch.notes, batch.source = list(sheet.head), list(sheet.notes), sheet.credit[:200]
    batch.save(update_fields=["head", "notes", "source"])
    BatchFile.objects.create(batch=batch, content=raw)
    return batch


@transaction.atomic
def keep_rows(*, batch: Batch, rows: Iterable[BatchRow]) -> int:
    """Replace the rows of a batch; returns how many there are. Written in pieces: memory is flat."""
    BatchRow.objects.filter(batch=batch).delete()
    count, rows = 0, iter(rows)
    while piece := list(islice(rows, 500)):
        count += len(BatchRow.objects.bulk_create(piece))
    return count


def remember_columns(*, batch: Batch, head_sha256: str, mapping: Mapping[str, str], now: datetime) -> None:
    """Take the columns of such files for the same the next time this coalition sends one."""
    ColumnMapping.objects.update_or_create(
        coalition=batch.coalition, kind=batch.kind, head_sha256=head_sha256,
        defaults={"mapping": dict(mapping), "at": now},
    )  # fmt: skip


def lease(*, batch: Batch, now: datetime, held: datetime | None = None) -> datetime | None:
    """Take a running batch, or hold it longer (`held` is the lease one has); None when somebody else has it.

    One conditional UPDATE: of two workers one gets it, on every database.
    """
    until = now + LEASE
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) if held is None else Q(lease_until=held)
    running = Batch.objects.filter(free, pk=batch.pk, state=Batch.State.RUNNING)
    return until if running.update(lease_until=until) else None


@transaction.atomic
def forget_due(*, now: datetime) -> int:
    """Forget the contents of files that were looked at two weeks ago and never confirmed; returns how many."""
    old = list(
        Batch.objects.filter(state=Batch.State.PREVIEWED, at__lt=now - KEPT_UNCONFIRMED, file__isnull=False)
        .values_list("pk", flat=True)
    )  # fmt: skip
    BatchFile.objects.filter(batch__in=old).delete()
    BatchRow.objects.filter(batch__in=old).delete()
    return len(old)
