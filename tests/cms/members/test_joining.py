"""Asking to join and accepting an invitation, as visitors do it: a GET changes nothing, a POST once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coalition.mail.actions import deliver_due
from coalition.mail.models import Letter
from coalition.membership import tokens
from coalition.membership.models import Invitation, JoinRequest, Mandate, Membership
from coalition.people.models import Person
from tests.factories import InvitationFactory, MembershipFactory, MunicipalityFactory
from tests.factories.pages import make_space
from tests.factories.territory import LocalityFactory

pytestmark = pytest.mark.django_db
WHO = {"name": "Tine Ternat", "office": "schepen", "email": "tine@ternat.example.org", "message": ""}


@pytest.fixture
def space():
    return make_space("pajotse-velden")


def _ask(client, **facts):
    return client.post("/lidmaatschap/pajotse-velden/", WHO | facts)


def _open_invitation(**facts):
    now = timezone.now()
    return InvitationFactory(created_at=now, expires_at=now + timedelta(days=1), **facts)


def test_a_village_names_its_municipality(client, space):
    ternat = MunicipalityFactory(name_nl="Ternat")
    LocalityFactory(municipality=ternat, name="Wambeek", postcode="1741")

    response = _ask(client, municipality="Wambeek")

    assert response.status_code == 302
    assert JoinRequest.objects.get().municipality == ternat


def test_a_name_from_before_a_merger_is_asked_back_with_what_became_of_it(client, space):
    new = MunicipalityFactory(name_nl="Pajottegem", valid_from="2025-01-01")
    MunicipalityFactory(name_nl="Herne", valid_until="2024-12-31", successor=new)

    page = _ask(client, municipality="Herne")

    assert page.status_code == 422
    assert "Pajottegem" in page.content.decode()
    assert JoinRequest.objects.count() == 0
    assert _ask(client, municipality="Herne", nis=new.nis).status_code == 302
    assert JoinRequest.objects.get().municipality == new


def test_a_code_that_the_name_does_not_mean_is_not_taken(client, space):
    MunicipalityFactory(name_nl="Ternat")
    foreign = MunicipalityFactory(name_nl="Halle")

    _ask(client, municipality="Ternat", nis=foreign.nis)

    assert JoinRequest.objects.get().municipality.name_nl == "Ternat"


def test_what_was_typed_stays_when_something_is_wrong(client, space):
    page = _ask(client, municipality="Nergens", message="Tot dinsdag").content.decode()

    assert "Tot dinsdag" in page
    assert "Tine Ternat" in page
    assert 'aria-invalid="true"' in page


def test_a_member_that_asks_again_is_told_beside_its_name(client, space):
    membership = MembershipFactory(coalition=space.coalition, municipality__name_nl="Lennik")

    page = _ask(client, municipality="Lennik")

    assert page.status_code == 422
    assert Membership.objects.get() == membership


def test_nobody_fills_mailboxes_with_requests(client, space):
    for number in range(25):
        MunicipalityFactory(name_nl=f"Dorpsgemeente{number:02d}")
    answers = [
        _ask(client, municipality=f"Dorpsgemeente{number:02d}", email=f"x{number}@example.org").status_code
        for number in range(25)
    ]

    assert answers[-1] == 429


def test_reading_the_link_confirms_nothing_and_pressing_the_button_does(client, space, mailoutbox):
    MunicipalityFactory(name_nl="Ternat")
    _ask(client, municipality="Ternat")
    deliver_due(clock=timezone.now)
    link = re.search(r"http://\S+(/lidmaatschap/bevestigen/\S+)", mailoutbox[0].body).group(1)

    assert client.get(link).status_code == 200
    assert JoinRequest.objects.get().state == JoinRequest.State.ASKED
    assert client.post(link).status_code == 200
    assert JoinRequest.objects.get().state == JoinRequest.State.CONFIRMED
    assert "tine" not in link


def test_an_invitation_is_read_by_get_and_accepted_by_post(client, space):
    invitation = _open_invitation(coalition=space.coalition)
    link = f"/uitnodiging/{tokens.for_invitation(invitation.pk, invitation.nonce)}/"

    assert client.get(link).status_code == 200
    assert Person.objects.count() == Mandate.objects.count() == 0
    page = client.post(link, {"name": "Nele"})

    assert page.status_code == 200
    assert Mandate.objects.get().person.email == invitation.email
    # The link opens no session: whoever forwards a letter hands over no account.
    assert "sessionid" not in client.cookies
    assert client.post(link, {"name": "Nele"}).status_code == 410


def test_a_forged_or_expired_invitation_is_gone_and_says_why(client, space):
    expired = InvitationFactory(coalition=space.coalition, expires_at=timezone.now() - timedelta(minutes=1))

    for token in ("x", tokens.for_invitation(expired.pk, expired.nonce), tokens.for_invitation(expired.pk, "x")):
        for answer in (client.get(f"/uitnodiging/{token}/"), client.post(f"/uitnodiging/{token}/", {"name": "N"})):
            assert answer.status_code == 410
            assert expired.email not in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_the_letter_of_an_invitation_leaves_in_dutch_with_its_link(client, space, mailoutbox, now):
    from coalition.membership.actions import invite

    invite(email="nele@example.org", role="editor", coalition=space.coalition, by=None, now=timezone.now())
    deliver_due(clock=timezone.now)

    letter = mailoutbox[0]
    assert letter.to == ["nele@example.org"]
    assert "/uitnodiging/" in letter.body
    assert space.coalition.name in letter.subject
    assert Letter.objects.get().state == "sent"
