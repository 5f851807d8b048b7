"""Posting the letters of joining: who hears of which step; what they say is written when they leave."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coalition.base.dates import local_day
from coalition.mail import actions as mail
from coalition.membership import queries
from coalition.membership.models import Invitation, JoinRequest, Membership
from coalition.people.models import Person

# After that nobody needs to hear of it by letter any more.
WORTH = timedelta(days=14)


def tell_coordinators(occasion: str, membership: Membership, now: datetime) -> None:
    """One letter for each coordinator of the coalition today."""
    _tell(occasion, membership, queries.coordinators_of(membership.coalition, local_day(now)), now)


def tell_representatives(occasion: str, membership: Membership, now: datetime) -> None:
    """One letter for everybody who speaks for the municipality today."""
    _tell(occasion, membership, queries.representatives_of(membership, local_day(now)), now)


def _tell(occasion: str, membership: Membership, people: Iterable[Person], now: datetime) -> None:
    for person in people:
        mail.post(
            kind="membership/notice",
            key=f"membership/{occasion}:{membership.pk}:{person.pk}:{now.isoformat()}",
            to=person.email,
            facts={"occasion": occasion, "membership": membership.pk},
            coalition=membership.coalition,
            expires_at=now + WORTH,
            now=now,
        )


def send_invitation(invitation: Invitation, now: datetime) -> None:
    """The letter with the link that lets its reader in."""
    mail.post(
        kind="membership/invitation",
        key=f"membership/invitation:{invitation.pk}:{invitation.nonce}",
        to=invitation.email,
        facts={"invitation": invitation.pk},
        coalition=invitation.coalition,
        expires_at=invitation.expires_at,
        now=now,
    )


def tell_inviter(invitation: Invitation, now: datetime) -> None:
    """Whoever invited hears that it was accepted."""
    if invitation.created_by is None or not invitation.created_by.is_active:
        return
    mail.post(
        kind="membership/invitation_accepted",
        key=f"membership/invitation_accepted:{invitation.pk}",
        to=invitation.created_by.email,
        facts={"invitation": invitation.pk},
        coalition=invitation.coalition,
        expires_at=now + WORTH,
        now=now,
    )


def ask_to_confirm(request: JoinRequest, now: datetime) -> None:
    """The letter by which whoever asked shows that the address is his."""
    _post_request("membership/confirm_request", request, request.nonce, now)


def answer_request(request: JoinRequest, now: datetime) -> None:
    """Whoever asked hears the coordinator's answer."""
    _post_request("membership/request_answered", request, request.state, now)


def _post_request(kind: str, request: JoinRequest, once: str, now: datetime) -> None:
    mail.post(
        kind=kind,
        key=f"{kind}:{request.pk}:{once}",
        to=request.email,
        facts={"request": request.pk},
        coalition=request.coalition,
        expires_at=now + WORTH,
        now=now,
    )
