"""Undoing a whole import: what it wrote goes, and what somebody has touched since stays and is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.intake.models import Batch, BatchRow
from coalition.producers import permits
from coalition.producers.actions.imports import KIND
from coalition.producers.facts import write_facts
from coalition.producers.models import Listing, Photo, Producer, ProducerDraft
from coalition.territory.ground import Ground, ground_on

if TYPE_CHECKING:
    from coalition.people.models import Person


@transaction.atomic
def discard_import(*, batch: Batch, by: "Person | None", now: datetime) -> None:
    """Throw away a file that was only looked at."""
    batch = _held(batch, by, now)
    if batch.state != Batch.State.PREVIEWED:
        raise Refusal(_("This file was confirmed or thrown away already."))
    batch.delete()


@transaction.atomic
def undo_import(*, batch: Batch, by: "Person | None", now: datetime) -> dict[str, int]:
    """Undo what a batch wrote; returns how many were deleted, restored and kept.

    Kept are producers who were asked, confirmed, changed by hand, photographed or listed elsewhere since.
    """
    batch = _held(batch, by, now)
    if batch.state != Batch.State.DONE:
        raise Refusal(_("Only a file that was read in can be undone."))
    made = Producer.objects.filter(batch=batch)
    untouched = list(_untouched(made, batch).values_list("pk", flat=True))
    for start in range(0, len(untouched), 500):
        Producer.objects.filter(pk__in=untouched[start : start + 500]).delete()
    restored, kept = _restore(batch, now)
    counts = {"deleted": len(untouched), "restored": restored, "kept": kept + made.count()}
    batch.state, batch.undone_at, batch.counts = Batch.State.UNDONE, now, batch.counts | counts
    batch.save(update_fields=["state", "undone_at", "counts"])
    BatchRow.objects.filter(batch=batch).update(before=None)
    record(Verb.IMPORT_UNDONE, subject=batch, by=by, about=batch.coalition, now=now, **counts)
    return counts


def _held(batch: Batch, by: "Person | None", now: datetime) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=batch.pk, kind=KIND)
    permits.must_coordinate(by, batch.coalition, now)
    return batch


def _untouched(made, batch: Batch):
    elsewhere = Listing.objects.filter(producer=OuterRef("pk")).exclude(coalition=batch.coalition)
    photographed = Photo.objects.filter(producer=OuterRef("pk"))
    return made.filter(
        ~Exists(elsewhere), ~Exists(photographed),
        state=Producer.State.DRAFT, confirmed_at__isnull=True, changed_at=F("created_at"),
    )  # fmt: skip


def _restore(batch: Batch, now: datetime) -> tuple[int, int]:
    """How many that were filled in are as they were, and how many somebody changed since."""
    rows: Iterable[BatchRow] = BatchRow.objects.filter(batch=batch, outcome=BatchRow.Outcome.CHANGED)
    ground = ground_on(local_day(now))
    done = [_restored(batch, row, ground, now) for row in rows]
    return sum(done), len(done) - sum(done)


def _restored(batch: Batch, row: BatchRow, ground: Ground, now: datetime) -> bool:
    before = row.before or {}
    producer = Producer.objects.select_for_update().filter(pk=row.record).first()
    if producer is None or "at" not in before:
        return False
    at = datetime.fromisoformat(before["at"])
    if before.get("listed"):
        return bool(Listing.objects.filter(producer=producer, coalition=batch.coalition, added_at=at).delete()[0])
    if ProducerDraft.objects.filter(producer=producer, at=at).delete()[0]:
        return True
    if producer.changed_at != at or producer.state in (Producer.State.CONFIRMED, Producer.State.HIDDEN):
        return False
    write_facts(producer, before["facts"], ground=ground, now=now)
    return True
