"""Invitations work once, for whoever holds the letter, until they expire."""

from datetime import timedelta

import pytest
from django.core import signing

from coalition.activity.models import Entry
from coalition.base.errors import Refusal
from coalition.mail.models import Letter
from coalition.membership import tokens
from coalition.membership.actions import (
    accept_invitation,
    end_mandate,
    found_coalition,
    invitation_to_accept,
    invite,
    withdraw_invitation,
)
from coalition.membership.models import Invitation, Mandate, Membership
from coalition.membership.rules import Standing
from coalition.people.models import Person
from tests.factories import CoalitionFactory, InvitationFactory, MandateFactory, MunicipalityFactory, PersonFactory

pytestmark = pytest.mark.django_db
Role = Invitation.Role


def _token(invitation):
    return tokens.for_invitation(invitation.pk, invitation.nonce)


def test_inviting_sends_a_letter_that_holds_no_address_and_no_link(now):
    mandate = MandateFactory()

    invite(email="Nieuw@example.org", role=Role.EDITOR, coalition=mandate.coalition, by=mandate.person, now=now)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.facts) == (
        "membership/invitation", "nieuw@example.org", {"invitation": Invitation.objects.get().pk}
    )  # fmt: skip
    assert "nieuw" not in str(list(Entry.objects.values()))


def test_accepting_makes_an_account_and_gives_the_role(now):
    invitation = InvitationFactory(role=Role.COORDINATOR, email="nieuw@example.org")

    person = accept_invitation(token=_token(invitation), name="Nele Nieuw", now=now)

    assert (person.email, person.name, person.has_usable_password()) == ("nieuw@example.org", "Nele Nieuw", False)
    assert Mandate.objects.get().role == Mandate.Role.COORDINATOR
    assert person.groups.filter(name=f"c{invitation.coalition_id}-coordinators").exists()


def test_an_invitation_works_once(now):
    invitation = InvitationFactory()
    accept_invitation(token=_token(invitation), name="Nele", now=now)
    end_mandate(mandate=Mandate.objects.get(), by=None, now=now)

    with pytest.raises(Refusal, match="accepted already"):
        accept_invitation(token=_token(invitation), name="Nele", now=now)

    assert Mandate.objects.count() == 1
    assert not Person.objects.get(email=invitation.email).groups.exists()


def test_an_invitation_that_expired_or_was_withdrawn_says_so(now):
    expired = InvitationFactory(expires_at=now - timedelta(seconds=1))
    withdrawn = InvitationFactory(withdrawn_at=now)

    for invitation, words in ((expired, "expired"), (withdrawn, "withdrawn")):
        with pytest.raises(Refusal, match=words):
            invitation_to_accept(token=_token(invitation), now=now)
        with pytest.raises(Refusal, match=words):
            accept_invitation(token=_token(invitation), name="Nele", now=now)

    assert Person.objects.count() == 0


def test_a_forged_link_opens_nothing(now):
    invitation = InvitationFactory()
    forged = [
        "x",
        signing.dumps([invitation.pk, invitation.nonce], salt="other"),
        tokens.for_invitation(invitation.pk, "geraden"),
        tokens.for_request(invitation.pk, invitation.nonce),
        _token(invitation)[:-1],
    ]

    for token in forged:
        with pytest.raises(Refusal, match="link"):
            accept_invitation(token=token, name="Nele", now=now)

    assert Person.objects.count() == 0


def test_a_second_open_invitation_for_the_same_is_refused_beside_the_address(now):
    mandate = MandateFactory()
    facts = {"email": "nieuw@example.org", "role": Role.EDITOR, "coalition": mandate.coalition, "by": mandate.person}
    invite(now=now, **facts)

    with pytest.raises(Refusal, match="invited already") as refusal:
        invite(now=now, **facts)
    assert refusal.value.field == "email"

    invite(now=now + timedelta(days=15), **facts)
    assert Invitation.objects.count() == 2


def test_inviting_somebody_for_a_municipality_invites_the_municipality_with_him(now):
    mandate, municipality = MandateFactory(), MunicipalityFactory()

    invitation = invite(
        email="lode@example.org", role=Role.REPRESENTATIVE, coalition=mandate.coalition, municipality=municipality,
        by=mandate.person, now=now,
    )  # fmt: skip

    assert Membership.objects.get().state_on(now.date()) == Standing.INVITED
    accept_invitation(token=_token(invitation), name="Lode", now=now)
    assert Mandate.objects.get(role=Mandate.Role.REPRESENTATIVE).municipality == municipality


def test_only_who_coordinates_invites_and_only_into_his_own_coalition(now):
    mandate, other = MandateFactory(), CoalitionFactory()
    editor = MandateFactory(coalition=mandate.coalition, role=Mandate.Role.EDITOR).person

    for by, coalition in ((mandate.person, other), (editor, mandate.coalition), (PersonFactory(), other)):
        with pytest.raises(Refusal, match="coordinator"):
            invite(email="x@example.org", role=Role.COORDINATOR, coalition=coalition, by=by, now=now)
    with pytest.raises(Refusal, match="administrator"):
        invite(email="x@example.org", role=Role.FOUNDER, by=mandate.person, now=now)

    assert Invitation.objects.count() == 0


def test_an_account_that_was_closed_is_not_opened_by_an_invitation(now):
    closed = PersonFactory(is_active=False)
    invitation = InvitationFactory(email=closed.email)

    with pytest.raises(Refusal, match="closed"):
        accept_invitation(token=_token(invitation), name="", now=now)

    assert Mandate.objects.count() == 0
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_whoever_invited_is_told(now):
    coordinator = MandateFactory().person
    invitation = InvitationFactory(created_by=coordinator)

    accept_invitation(token=_token(invitation), name="Nele", now=now)

    assert Letter.objects.get(to=coordinator.email).kind == "membership/invitation_accepted"


def test_an_accepted_invitation_cannot_be_withdrawn_any_more(now):
    invitation = InvitationFactory(accepted_at=now)

    with pytest.raises(Refusal, match="accepted already"):
        withdraw_invitation(invitation=invitation, by=None, now=now)


def test_a_founder_founds_once_and_coordinates_what_he_founded(now):
    invitation = invite(email="stichter@example.org", role=Role.FOUNDER, by=None, now=now)
    founder = accept_invitation(token=_token(invitation), name="Stien Stichter", now=now)
    assert founder.groups.filter(name="founders").exists()

    coalition = found_coalition(name="Pajotse Velden", contact_email="a@example.org", by=founder, now=now)

    assert Mandate.objects.get().coalition == coalition
    assert not founder.groups.filter(name="founders").exists()
    with pytest.raises(Refusal, match="no open invitation"):
        found_coalition(name="Nog een", contact_email="a@example.org", by=founder, now=now)
