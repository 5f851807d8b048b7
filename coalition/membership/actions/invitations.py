"""Inviting somebody by letter to take on a role, and what follows when he accepts."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import letters, permits, queries, rules, tokens
from coalition.membership.actions.mandates import give_mandate, sync_founders
from coalition.membership.actions.memberships import invite_municipality, lock
from coalition.membership.models import Coalition, Invitation, Mandate
from coalition.membership.models.joining import OPEN
from coalition.people.models import Person
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet

Role = Invitation.Role


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    by: Person | None,
    now: datetime,
    coalition: Coalition | None = None,
    municipality: Municipality | None = None,
) -> Invitation:
    """Invite somebody to coordinate, edit or speak for a municipality; or, by the platform, to found a coalition.

    A municipality that does not stand in the coalition yet is invited with it. Refuses a second open invitation for
    the same, and what is no address.
    """
    _must_invite(by, role, coalition, now)
    email = address_of(email)
    if (role == Role.REPRESENTATIVE) != (municipality is not None):
        raise Refusal(
            _("A representative speaks for one municipality; a coordinator or editor for the coalition."),
            field="municipality",
        )
    if coalition is not None:
        lock(coalition)
    _refuse_second(email, role, coalition, municipality, now)
    if municipality is not None and queries.current_membership(coalition, municipality, local_day(now)) is None:
        invite_municipality(coalition=coalition, nis=municipality.nis, by=by, now=now)
    invitation = Invitation.objects.create(
        coalition=coalition, municipality=municipality, role=role, email=email, created_at=now, created_by=by,
        expires_at=now + rules.INVITATION_OPEN,
    )  # fmt: skip
    record(Verb.INVITED, subject=invitation, by=by, about=coalition, now=now, role=role)
    letters.send_invitation(invitation, now)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person | None, now: datetime) -> None:
    """Take an invitation back: its link no longer works. Twice changes nothing; an accepted one stays accepted."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=invitation.pk)
    _must_invite(by, invitation.role, invitation.coalition, now)
    if invitation.accepted_at is not None:
        raise Refusal(_("This invitation was accepted already; end the mandate instead."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
        record(Verb.INVITATION_WITHDRAWN, subject=invitation, by=by, about=invitation.coalition, now=now)


def invitation_to_accept(*, token: str, now: datetime) -> Invitation:
    """The invitation that a link names; refuses a forged, expired, withdrawn or used one, in words for its reader."""
    invitation = _named(Invitation.objects.select_related("coalition", "municipality", "created_by"), token)
    _refuse_closed(invitation, now)
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, now: datetime) -> Person:
    """Whoever holds the letter takes on the role, once; an account is made for that address if there is none.

    The account signs in as everybody does, by a code mailed to the address: the link opens nothing by itself.
    """
    invitation = _named(Invitation.objects.select_for_update(of=("self",)).select_related("coalition"), token)
    _refuse_closed(invitation, now)
    person = person_at(invitation.email, name)
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if invitation.coalition is not None:
        _take_on(person, invitation, now)
    else:
        sync_founders()
    record(
        Verb.INVITATION_ACCEPTED, subject=invitation, by=person, about=invitation.coalition, now=now,
        role=invitation.role,
    )  # fmt: skip
    letters.tell_inviter(invitation, now)
    return person


def person_at(email: str, name: str) -> Person:
    """The person who signs in with this address, made now if there is none; refuses one who was closed out."""
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        if not name.strip():
            raise Refusal(_("Say what your name is."), field="name")
        return Person.objects.create_user(email, name=name.strip()[:200])
    if not person.is_active:
        raise Refusal(_("This account was closed. Ask the coordinator for help."))
    return person


def _take_on(person: Person, invitation: Invitation, now: datetime) -> None:
    held = Mandate.objects.filter(
        person=person, coalition=invitation.coalition, role=invitation.role, municipality=invitation.municipality
    )
    if held.on(local_day(now)).exists():
        return
    give_mandate(
        person=person, coalition=invitation.coalition, role=Mandate.Role(invitation.role),
        municipality=invitation.municipality, by=None, now=now,
    )  # fmt: skip


def _must_invite(by: Person | None, role: str, coalition: Coalition | None, now: datetime) -> None:
    if role not in Role.values:
        raise Refusal(_("Choose a role."), field="role")
    if (coalition is None) != (role == Role.FOUNDER):
        raise Refusal(_("Only who founds a coalition is invited outside one."), field="role")
    if coalition is not None:
        permits.must_coordinate(by, coalition, now)
    elif by is not None and not by.is_superuser:
        raise Refusal(_("Only an administrator invites founders."))


def address_of(email: str) -> str:
    """The address in small letters, as accounts are known by; refuses beside its field what is none."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(_("This is not an e-mail address."), field="email") from error
    return email


def _refuse_second(email: str, role: str, coalition: Coalition | None, municipality, now: datetime) -> None:
    known = Invitation.objects.filter(
        OPEN, email=email, role=role, coalition=coalition, municipality=municipality
    ).first()
    if known is None:
        return
    if known.is_open(now):
        day = date_format(local_day(known.created_at), "DATE_FORMAT")
        raise Refusal(_("This address was invited already, on %(day)s.") % {"day": day}, field="email")
    # An expired one makes place for the new one.
    known.withdrawn_at = now
    known.save(update_fields=["withdrawn_at"])


def _named(invitations: "QuerySet[Invitation]", token: str) -> Invitation:
    named = tokens.read_invitation(token)
    invitation = invitations.filter(pk=named[0], nonce=named[1]).first() if named else None
    if invitation is None:
        raise Refusal(_("This link is not complete or no longer works. Copy it again from the letter."))
    return invitation


def _refuse_closed(invitation: Invitation, now: datetime) -> None:
    if invitation.accepted_at is not None:
        raise Refusal(_("This invitation was accepted already. Sign in with your e-mail address."))
    if invitation.withdrawn_at is not None:
        raise Refusal(_("This invitation was withdrawn."))
    if not invitation.is_open(now):
        raise Refusal(_("This invitation has expired. Ask for a new one."))
