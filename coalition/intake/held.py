"""What the ledger of imports holds of somebody: which files he sent in, and where he stands in files of others."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coalition.base.blotting import blot, mentioning
from coalition.base.errors import Refusal
from coalition.intake.files import read_table
from coalition.intake.models import Batch, BatchFile, BatchRow, Problem
from coalition.people.holdings import Holding, Item, Subject, register


def _show(subject: Subject) -> list[Item]:
    batches = Batch.objects.filter(by=subject.person) if subject.person else Batch.objects.none()
    sent = [Item(batch.file_name, {_("at"): batch.at, _("state"): batch.get_state_display()}) for batch in batches]
    rows = _rows_of(subject).select_related("batch").order_by("pk")
    return sent + [Item(row.batch.file_name, {_("name"): row.label, _("at"): row.batch.at}) for row in rows]


def _rows_of(subject: Subject) -> QuerySet[BatchRow]:
    return mentioning(BatchRow.objects.all(), ["label", "facts", "problems", "before"], subject.addresses)


def _erase(subject: Subject, now: datetime) -> None:
    """A row that names somebody is emptied and left out; a file in which he stands is kept no longer."""
    BatchFile.objects.filter(pk__in=_files_of(subject)).delete()
    keys = list(_rows_of(subject).values_list("pk", flat=True))
    BatchRow.objects.filter(pk__in=keys).update(
        label="", facts={}, problems=[], before=None, is_usable=False, choice=BatchRow.Choice.SKIP
    )
    blot(Batch.objects.order_by(), ["file_name"], subject.addresses)
    blot(Problem.objects.order_by(), ["place", "sentence"], subject.addresses)


def _files_of(subject: Subject) -> list[int]:
    """The files, kept for two weeks at most, in which one of his addresses stands in any cell."""
    addresses = [address.lower() for address in subject.addresses if address]
    kept = BatchFile.objects.order_by("pk").iterator(chunk_size=1)
    return [file.pk for file in kept if addresses and _names(bytes(file.content), addresses)]


def _names(raw: bytes, addresses: list[str]) -> bool:
    try:
        cells = (words.lower() for row in read_table(raw) for words in row.cells.values())
        return any(address in words for words in cells for address in addresses)
    except Refusal:
        return True


register(
    Holding(
        name="intake.batches",
        purpose=_("Knowing where imported facts came from"),
        kept=_("As long as the imported facts; a file that nobody confirmed, two weeks."),
        stays=_("That files were imported, signed “a former user”."),
        show=_show,
        erase=_erase,
    )
)
