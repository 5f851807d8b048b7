"""What coalitions hold of whoever is invited, asks to join, or was sent as a delegate."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coalition.mail.rules import NOBODY
from coalition.membership.models import Delegate, Invitation, JoinRequest, Mandate
from coalition.people.holdings import Holding, Item, Subject, register

State = JoinRequest.State
WAITING = (State.ASKED, State.CONFIRMED)
# What is left of a request that was answered: that there was one.
NAMELESS = {"name": "", "email": NOBODY, "office": "", "message": "", "answer": ""}


def _of(rows: QuerySet, subject: Subject) -> QuerySet:
    found = Q(pk__in=[])
    for address in subject.addresses:
        found |= Q(email__iexact=address)
    return rows.filter(found)


def _invitations(subject: Subject) -> QuerySet[Invitation]:
    return _of(Invitation.objects.select_related("coalition"), subject)


def _requests(subject: Subject) -> QuerySet[JoinRequest]:
    found = _of(JoinRequest.objects.select_related("coalition", "municipality"), subject)
    return found.defer("municipality__boundary", "municipality__outline")


def _show_invitations(subject: Subject) -> list[Item]:
    return [
        Item(
            invitation.get_role_display(),
            {
                _("coalition"): invitation.coalition.name if invitation.coalition else None,
                _("e-mail address"): invitation.email,
                _("invited at"): invitation.created_at,
                _("open until"): invitation.expires_at,
                _("accepted at"): invitation.accepted_at,
            },
        )
        for invitation in _invitations(subject)
    ]


def _erase_invitations(subject: Subject, now: datetime) -> None:
    invitations = _of(Invitation.objects.all(), subject)
    invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    invitations.update(email=NOBODY)


def _forget_invitations(now: datetime, batch: int) -> int:
    """Addresses of invitations that nobody accepted in time, and of those accepted long ago."""
    late = now - timedelta(days=settings.RETENTION_DAYS["invitations"])
    old = now - timedelta(days=settings.RETENTION_DAYS["join_requests"])
    over = Q(expires_at__lt=late, accepted_at__isnull=True) | Q(accepted_at__lt=old)
    some = list(Invitation.objects.filter(over).exclude(email=NOBODY).values_list("pk", flat=True)[:batch])
    invitations = Invitation.objects.filter(pk__in=some)
    invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
    return invitations.update(email=NOBODY)


def _show_requests(subject: Subject) -> list[Item]:
    return [
        Item(
            f"{request.municipality.name} – {request.coalition.name}",
            {
                _("name"): request.name,
                _("e-mail address"): request.email,
                _("function"): request.office,
                _("message"): request.message,
                _("state"): request.get_state_display(),
                _("asked at"): request.asked_at,
                _("answer"): request.answer,
            },
        )
        for request in _requests(subject)
    ]


def _erase_requests(subject: Subject, now: datetime) -> None:
    """A request that waits is taken back by this; of one that was answered it stays that there was one."""
    _of(JoinRequest.objects.filter(state__in=WAITING), subject).delete()
    _of(JoinRequest.objects.all(), subject).update(**NAMELESS)


def _forget_requests(now: datetime, batch: int) -> int:
    old = now - timedelta(days=settings.RETENTION_DAYS["join_requests"])
    unconfirmed = now - timedelta(days=settings.RETENTION_DAYS["unconfirmed"])
    waiting = JoinRequest.objects.filter(
        Q(state=State.ASKED, asked_at__lt=unconfirmed) | Q(state=State.CONFIRMED, asked_at__lt=old)
    )
    gone = list(waiting.values_list("pk", flat=True)[:batch])
    JoinRequest.objects.filter(pk__in=gone).delete()
    answered = JoinRequest.objects.filter(answered_at__lt=old).exclude(email=NOBODY)
    nameless = list(answered.values_list("pk", flat=True)[: batch - len(gone)])
    return len(gone) + JoinRequest.objects.filter(pk__in=nameless).update(**NAMELESS)


def _delegations(subject: Subject) -> list[Delegate]:
    """Delegates have a name and nothing else; one is believed to be him where he speaks for that municipality."""
    if subject.person is None or not subject.person.name:
        return []
    spoken_for = Mandate.objects.filter(person=subject.person, role=Mandate.Role.REPRESENTATIVE)
    found = Q(pk__in=[])
    for coalition, municipality in spoken_for.values_list("coalition", "municipality"):
        found |= Q(membership__coalition=coalition, membership__municipality=municipality)
    named = Delegate.objects.filter(found, name__iexact=subject.person.name)
    return list(named.select_related("membership__coalition"))


def _show_delegations(subject: Subject) -> list[Item]:
    return [
        Item(
            delegate.get_office_display(),
            {_("name"): delegate.name, _("coalition"): delegate.membership.coalition.name},
        )
        for delegate in _delegations(subject)
    ]


register(
    Holding(
        name="membership.invitations",
        purpose=_("Inviting people to take on a role"),
        kept=_("Your address until thirty days after an invitation ran out; if you accepted it, for twelve months."),
        stays=_("That somebody was invited, without saying who."),
        show=_show_invitations,
        erase=_erase_invitations,
        about=_invitations,
        coalitions=lambda subject: {i.coalition_id for i in _invitations(subject) if i.coalition_id},
        forget=_forget_invitations,
    )
)
register(
    Holding(
        name="membership.requests",
        purpose=_("Answering municipalities that ask to join"),
        kept=_("For twelve months; a request that you do not confirm, seven days."),
        stays=_("That a municipality asked to join and what the answer was, without saying who asked."),
        show=_show_requests,
        erase=_erase_requests,
        about=_requests,
        coalitions=lambda subject: {request.coalition_id for request in _requests(subject)},
        forget=_forget_requests,
    )
)
register(
    Holding(
        name="membership.delegates",
        purpose=_("Knowing whom a council sent as its delegate"),
        kept=_("As long as the coalition must account for its decisions."),
        stays=_("Your name as a delegate: it stands in the public decision of the council."),
        show=_show_delegations,
        erase=lambda subject, now: None,
        coalitions=lambda subject: {delegate.membership.coalition_id for delegate in _delegations(subject)},
    )
)
