"""What coalitions hold of somebody: the mandates with which he speaks and acts."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.base.dates import local_day
from coalition.membership.actions import end_mandate
from coalition.membership.models import Coalition, Mandate
from coalition.people.holdings import Holding, Item, Subject, register


def _mandates(subject: Subject) -> list[Mandate]:
    if subject.person is None:
        return []
    found = Mandate.objects.filter(person=subject.person).select_related("coalition", "municipality")
    return list(found.defer("municipality__boundary", "municipality__outline"))


def _show(subject: Subject) -> list[Item]:
    return [
        Item(
            mandate.get_role_display(),
            {
                _("coalition"): mandate.coalition.name,
                _("for"): mandate.municipality.name if mandate.municipality else None,
                _("valid from"): mandate.valid_from,
                _("valid until"): mandate.valid_until,
            },
        )
        for mandate in _mandates(subject)
    ]


def _erase(subject: Subject, now: datetime) -> None:
    """Mandates end; that somebody had them stays, because what was decided with them stays."""
    for mandate in _mandates(subject):
        if mandate.valid_until is None or mandate.valid_until >= local_day(now):
            end_mandate(mandate=mandate, by=None, now=now)


def _obstacles(subject: Subject, now: datetime) -> Iterable[str]:
    today = local_day(now)
    for mandate in _mandates(subject):
        if mandate.role != Mandate.Role.COORDINATOR or not mandate.holds_on(today):
            continue
        others = Mandate.objects.filter(coalition=mandate.coalition, role=mandate.role, person__is_active=True)
        if not others.on(today).exclude(person=subject.person).exists():
            yield _("You are the last coordinator of %(coalition)s. Hand over to somebody else first.") % {
                "coalition": mandate.coalition.name
            }
    for address in subject.addresses:
        for coalition in Coalition.objects.filter(contact_email__iexact=address):
            yield _("Your address is the contact address of %(coalition)s. Have it changed first.") % {
                "coalition": coalition.name
            }


register(
    Holding(
        name="membership.mandates",
        purpose=gettext_lazy("Knowing who speaks and acts for a coalition or a municipality"),
        kept=gettext_lazy("As long as the coalition must account for its decisions."),
        stays=gettext_lazy("That somebody had the mandate, from when until when, as “a former user”."),
        show=_show,
        erase=_erase,
        about=_mandates,
        coalitions=lambda subject: {mandate.coalition_id for mandate in _mandates(subject)},
        obstacles=_obstacles,
    )
)
