"""Connecting ACM/IDM to an account: by whoever proved a moment ago whose account it is."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from coalition.activity.models import Entry
from coalition.evidence.models import Evidence
from coalition.mail.models import Letter
from tests.cms.local_acm import MAYOR, come_back, go, leave, sign_in_there
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

LINK, UNLINK, ACCOUNT = "/accounts/acm/koppelen/", "/accounts/acm/ontkoppelen/", "/accounts/acm/koppeling/"


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_person_connects_it_after_a_code_and_signs_in_with_it_from_then_on(client, acm):
    person = PersonFactory(email="els@elders.example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    sign_in(client, person, second_factor=False)

    answer = go(client, "els", LINK)
    client.post("/accounts/logout/")
    go(client, "els")

    assert answer.url == ACCOUNT
    assert SocialAccount.objects.get().user == person
    assert signed_in(client) == str(person.pk)
    assert Evidence.objects.count() == 2
    assert Entry.objects.filter(verb="evidence.linked", by=person).count() == 1
    assert Letter.objects.get().kind == "people/notice"
    person.refresh_from_db()
    assert (person.email, person.name) == ("els@elders.example.org", person.name)
    assert EmailAddress.objects.get().email == "els@elders.example.org"


@pytest.mark.parametrize("door", [LINK, UNLINK, ACCOUNT])
def test_strangers_connect_nothing(client, acm, door):
    for answer in (client.get(door), client.post(door)):
        assert answer.url.startswith("/accounts/login/")


def test_reading_connects_nothing(client, els):
    sign_in(client, els, second_factor=False)

    assert client.get(LINK).url == client.get(UNLINK).url == ACCOUNT
    assert SocialAccount.objects.exists()


def test_who_has_a_second_factor_shows_it_again_first(client, acm):
    sign_in(client, PersonFactory())

    assert client.post(LINK).url.startswith(reverse("mfa_reauthenticate"))


def test_who_signed_in_long_ago_signs_in_again_first(client, acm, monkeypatch, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    sign_in(client, PersonFactory(), second_factor=False)

    assert client.post(LINK).url == ACCOUNT
    assert client.get(ACCOUNT).context["messages"]


def test_a_session_that_acm_opened_changes_nothing_about_who_may_sign_in(client, els):
    go(client, "els")

    assert client.post(UNLINK).url == ACCOUNT
    assert SocialAccount.objects.exists()


def test_an_identity_of_somebody_else_is_not_taken_over(client, els):
    other = sign_in(client, PersonFactory(), second_factor=False)

    answer = go(other, "els", LINK)

    assert answer.url == ACCOUNT
    assert SocialAccount.objects.get().user == els
    assert not Evidence.objects.exists()


def test_an_account_has_one_identity(client, els, acm):
    acm.knows("other", **MAYOR)
    sign_in(client, els, second_factor=False)
    SocialAccount.objects.all().delete()
    location = sign_in_there(leave(client, LINK), "other")
    SocialAccount.objects.create(user=els, provider="acm", uid="els")

    come_back(client, location)

    assert [account.uid for account in SocialAccount.objects.all()] == ["els"]
    assert client.post(LINK).url == ACCOUNT


def test_after_signing_out_on_the_way_nothing_is_connected(client, acm):
    sign_in(client, PersonFactory(), second_factor=False)
    location = sign_in_there(leave(client, LINK), "els")
    client.post("/accounts/logout/")

    come_back(client, location)

    assert not SocialAccount.objects.exists()


def test_disconnected_it_opens_nothing_any_longer(client, els):
    sign_in(client, els, second_factor=False)

    client.post(UNLINK)
    client.post("/accounts/logout/")

    assert go(client, "els").url == reverse("acm_unknown")
    assert Entry.objects.filter(verb="evidence.unlinked").count() == 1
    assert Letter.objects.get().kind == "people/notice"
