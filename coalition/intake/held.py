"""What the ledger of imports holds of somebody: which files he sent in, and what was wrong with them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coalition.base.blotting import blot
from coalition.intake.models import Batch, Problem
from coalition.people.holdings import Holding, Item, Subject, register


def _show(subject: Subject) -> list[Item]:
    batches = Batch.objects.filter(by=subject.person) if subject.person else Batch.objects.none()
    return [Item(batch.file_name, {_("at"): batch.at, _("state"): batch.get_state_display()}) for batch in batches]


def _erase(subject: Subject, now: datetime) -> None:
    blot(Batch.objects.order_by(), ["file_name"], subject.addresses)
    blot(Problem.objects.order_by(), ["place", "sentence"], subject.addresses)


register(
    Holding(
        name="intake.batches",
        purpose=_("Knowing where imported facts came from"),
        kept=_("As long as the imported facts."),
        stays=_("That files were imported, signed “a former user”."),
        show=_show,
        erase=_erase,
    )
)
