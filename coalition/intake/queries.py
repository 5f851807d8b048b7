"""What the ledger of imports tells."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from coalition.intake.models import Batch, BatchFile, BatchRow, ColumnMapping


def latest(kind: str) -> QuerySet[Batch]:
    """The files of one kind that came in, the latest first, with what was wrong with them."""
    return Batch.objects.filter(kind=kind).prefetch_related("problems").order_by("-at", "-pk")


def content_of(batch: Batch) -> bytes | None:
    """The file of a batch, while it is kept."""
    kept = BatchFile.objects.filter(batch=batch).values_list("content", flat=True).first()
    return None if kept is None else bytes(kept)


def remembered_columns(coalition_id: int, kind: str, head_sha256: str) -> dict[str, str] | None:
    """What a coalition took the columns of such a file for the last time."""
    found = ColumnMapping.objects.filter(coalition=coalition_id, kind=kind, head_sha256=head_sha256)
    return found.values_list("mapping", flat=True).first()


def read_before(batch: Batch) -> Batch | None:
    """The last batch in which this coalition read in the very same file."""
    same = Batch.objects.filter(kind=batch.kind, coalition=batch.coalition, sha256=batch.sha256, state=Batch.State.DONE)
    return same.exclude(pk=batch.pk).order_by("-at").first()


def progress(batch: Batch) -> tuple[int, int]:
    """How many rows of a batch are done, and how many there are."""
    waiting = Count("pk", filter=Q(outcome=""))
    counted = BatchRow.objects.filter(batch=batch).aggregate(all=Count("pk"), waiting=waiting)
    return counted["all"] - counted["waiting"], counted["all"]


def outcomes(batch: Batch) -> Counter:
    """How many rows became what."""
    rows = BatchRow.objects.filter(batch=batch).exclude(outcome="").order_by().values_list("outcome")
    return Counter(dict(rows.annotate(times=Count("pk"))))


def running(kind: str, now: datetime) -> QuerySet[Batch]:
    """Confirmed batches of one kind that nobody works at."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    return Batch.objects.filter(free, kind=kind, state=Batch.State.RUNNING).order_by("confirmed_at", "pk")
