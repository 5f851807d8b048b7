"""What a sign-in service said of somebody, as evidence beside his mandates."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coalition.evidence.models import Evidence
from coalition.people.holdings import Holding, Item, Subject, register


def _show(subject: Subject) -> list[Item]:
    if subject.person is None:
        return []
    return [
        Item(
            row.get_source_display(),
            {
                _("organisation"): row.organisation_name,
                _("organisation's number"): row.shown_number,
                _("target group"): row.target_group,
                _("seen at"): row.seen_at,
            },
        )
        for row in Evidence.objects.filter(person=subject.person)
    ]


def _erase(subject: Subject, now: datetime) -> None:
    if subject.person is not None:
        Evidence.objects.filter(person=subject.person).delete()


register(
    Holding(
        name="evidence",
        purpose=_("Checking whether you may speak for your organisation"),
        kept=_("For twelve months."),
        show=_show,
        erase=_erase,
    )
)
