"""What this room itself holds of somebody: what he asked, and links that were mailed to him."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coalition.people.holdings import Holding, Item, Subject, register
from coalition.rights.actions import forget_answered
from coalition.rights.models import DataRequest, Pass


def _of(rows: QuerySet, subject: Subject) -> QuerySet:
    found = Q(pk__in=[])
    for address in subject.addresses:
        found |= Q(address__iexact=address)
    return rows.filter(found)


def _show(subject: Subject) -> list[Item]:
    requests = [
        Item(request.get_kind_display(), {_("asked"): request.asked_at, _("answer by"): request.due_on})
        for request in _of(DataRequest.objects.all(), subject)
    ]
    links = [Item(_("A link to this page"), {_("asked"): opened.asked_at}) for opened in _of(Pass.objects, subject)]
    return requests + links


def _erase(subject: Subject, now: datetime) -> None:
    """Links go; a request that was still open is answered by this."""
    _of(Pass.objects.all(), subject).delete()
    _of(DataRequest.objects.filter(done_at__isnull=True), subject).update(done_at=now, address="")


register(
    Holding(
        name="rights.requests",
        purpose=_("Answering you when you ask what is held of you"),
        kept=_("A link for half an hour; a request until it is answered, and after that without your address."),
        stays=_("That somebody asked something about his data and when it was answered, without saying who."),
        show=_show,
        erase=_erase,
        forget=lambda now, batch: forget_answered(now=now, batch=batch),
    )
)
