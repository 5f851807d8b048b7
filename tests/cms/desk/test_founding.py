"""Founding by invitation: whoever was invited founds one coalition with its whole space, and goes on to its desk."""

import pytest

from cms.spaces import open_site, sync_founders_grant
from coalition.membership import tokens
from coalition.membership.actions import accept_invitation, invite
from coalition.membership.models import Coalition, Invitation, Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_home

pytestmark = pytest.mark.django_db
FACTS = {"name": "Groene Heuvels", "contact_email": "a@example.org", "accent": "leaf"}


@pytest.fixture
def founder(client, now):
    make_home()
    open_site()
    invitation = invite(email="stichter@example.org", role=Invitation.Role.FOUNDER, by=None, now=now)
    token = tokens.for_invitation(invitation.pk, invitation.nonce)
    person = accept_invitation(token=token, name="Stien Stichter", now=now)
    sync_founders_grant()
    return sign_in(client, person)


def test_a_founder_founds_once_and_goes_on_to_invite(founder):
    answer = founder.post("/admin/coalities/oprichten/", FACTS)

    assert answer.url == "/admin/coalities/groene-heuvels/gemeenten/"
    assert founder.get(answer.url).status_code == 200
    assert Mandate.objects.get().role == Mandate.Role.COORDINATOR
    founder.post("/admin/coalities/oprichten/", FACTS | {"name": "Nog een"})
    assert Coalition.objects.count() == 1


def test_a_founder_reaches_nothing_else_of_the_administrator(founder):
    for address in ("/admin/coalities/", "/admin/users/", "/admin/sites/"):
        assert founder.get(address).status_code in (302, 403)


def test_who_was_not_invited_founds_nothing(client, now):
    make_home()
    sign_in(client, PersonFactory())

    assert client.post("/admin/coalities/oprichten/", FACTS).status_code == 403
    assert Coalition.objects.count() == 0


def test_only_an_administrator_invites_founders(client, founder):
    answer = founder.post("/admin/coalities/stichters/", {"email": "vriend@example.org"})

    assert answer.status_code in (302, 403)
    assert not Invitation.objects.filter(email="vriend@example.org").exists()
