"""Writing down in the ledger which file came in and what became of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from coalition.intake.models import Batch, Problem

if TYPE_CHECKING:
    from coalition.membership.models import Coalition
    from coalition.people.models import Person


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
    Problem.objects.bulk_create(
        Problem(batch=batch, place=place[:200], sentence=str(sentence)[:500]) for place, sentence in problems
    )
    return batch
