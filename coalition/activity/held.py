"""What the memory holds of somebody: what he did, and what was done about him."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.activity.models import Entry, Notice
from coalition.base.blotting import BLOT, blot
from coalition.people.holdings import Holding, Item, Subject, register

# More than anybody reads; what is older is in the house's own history.
MOST_SHOWN = 1000


def _about(subject: Subject) -> Q:
    found = Q(pk__in=[])
    for kind, key in subject.traces:
        found |= Q(subject_kind=kind, subject_key=key)
    return found


def _show(subject: Subject) -> list[Item]:
    mine = Q(by=subject.person) if subject.person else Q(pk__in=[])
    entries = Entry.objects.filter(mine | _about(subject)).select_related("coalition")[:MOST_SHOWN]
    return [
        Item(
            entry.get_verb_display(),
            {
                _("at"): entry.at,
                _("what it was about"): entry.subject_title,
                _("coalition"): entry.coalition.name if entry.coalition else None,
            },
        )
        for entry in entries
    ]


def _erase(subject: Subject, now: datetime) -> None:
    Entry.objects.filter(_about(subject)).exclude(subject_title=BLOT).update(subject_title=BLOT)
    blot(Entry.objects.order_by(), ["subject_title", "details"], subject.addresses)
    blot(Notice.objects.order_by(), ["title", "summary"], subject.addresses)


def _forget(now: datetime, batch: int) -> int:
    old = Entry.objects.filter(at__lt=now - timedelta(days=settings.RETENTION_DAYS["entries"])).exclude(details={})
    return Entry.objects.filter(pk__in=list(old.order_by("at").values_list("pk", flat=True)[:batch])).update(details={})


register(
    Holding(
        name="activity.entries",
        purpose=_("Knowing afterwards who decided what"),
        kept=_("The entries stay, as the public archive law asks; their details go after twelve months."),
        stays=_("The entries of what you did, signed “a former user”."),
        show=_show,
        erase=_erase,
        forget=_forget,
    )
)
