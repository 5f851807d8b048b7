"""What the ledger of imports tells."""

from django.db.models import QuerySet

from coalition.intake.models import Batch


def latest(kind: str) -> QuerySet[Batch]:
    """The files of one kind that came in, the latest first, with what was wrong with them."""
    return Batch.objects.filter(kind=kind).prefetch_related("problems").order_by("-at", "-pk")
