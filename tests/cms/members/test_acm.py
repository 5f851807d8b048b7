"""Signing in with ACM/IDM, against a provider that runs on this machine: it opens an account and nothing more."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cms.versions import open_language
from coalition.evidence.models import Evidence
from coalition.mail.models import Letter
from coalition.people.models import Person
from tests.cms.local_acm import MAYOR, come_back, go, leave, sign_in_there
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_home

pytestmark = pytest.mark.django_db

LINK, UNLINK, ACCOUNT = "/accounts/acm/koppelen/", "/accounts/acm/ontkoppelen/", "/accounts/acm/koppeling/"
DOORS = [
    "/accounts/acm/", "/accounts/acm/terug/", "/accounts/acm/onbekend/", "/accounts/acm/mislukt/",
    "/accounts/acm/afgebroken/", ACCOUNT, LINK, UNLINK,
]  # fmt: skip


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


# --- off


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("door", DOORS)
def test_without_acm_there_is_no_door(client, door, prefix):
    for answer in (client.get(prefix + door), client.post(prefix + door)):
        assert answer.status_code == 404
        assert not answer.cookies


def test_without_acm_there_is_no_button(client):
    assert "ACM" not in client.get("/accounts/login/").content.decode()
    assert "ACM" not in sign_in(client, PersonFactory()).get("/accounts/2fa/").content.decode()


def test_a_row_in_the_database_does_not_set_it_up(client):
    SocialApp.objects.create(provider="openid_connect", provider_id="acm", name="x", client_id="x", secret="x")

    assert client.post("/accounts/acm/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "3rdparty/",
        "3rdparty/signup/",
        "3rdparty/login/error/",
        "social/signup/",
        "social/connections/",
        "oidc/acm/login/",
    ],
)
def test_allauths_own_doors_do_not_exist(client, acm, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


# --- on


def test_the_sign_in_page_has_a_button(client, acm):
    page = client.get("/accounts/login/")

    assert 'action="/accounts/acm/"' in page.content.decode()
    assert set(page.cookies) <= {"csrftoken"}


def test_whoever_connected_it_is_signed_in_with_it(client, els):
    answer = go(client, "els", next="/fr/")

    assert signed_in(client) == str(els.pk)
    assert (answer.status_code, answer.url) == (302, "/fr/")


def test_what_is_asked_is_little_and_bound_to_this_visit(client, acm):
    address = leave(client)

    asked = parse_qs(urlsplit(address).query)
    assert set(asked["scope"][0].split()) == {"openid", "vo"}
    assert asked["redirect_uri"] == ["http://testserver/accounts/acm/terug/"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("state", "nonce", "code_challenge"))


@pytest.fixture
def french():
    """The platform speaks French too."""
    make_home()
    open_language("fr")


@pytest.mark.parametrize("more", ["?scope=rrn", "?auth_params=scope%3Drrn", "?process=redirect&scope=rrn"])
def test_nobody_can_ask_for_more_by_an_address(client, acm, more):
    assert "rrn" not in leave(client, f"/accounts/acm/{more}")


def test_the_return_address_is_the_same_in_every_language_and_whatever_the_host(client, acm, french):
    asked = parse_qs(urlsplit(leave(client, "/fr/accounts/acm/")).query)

    assert asked["redirect_uri"] == ["http://testserver/accounts/acm/terug/"]


def test_our_server_says_who_it_is_by_basic_authentication_and_holds_the_verifier(client, els, acm):
    go(client, "els")

    (asked,) = acm.asked
    assert asked["authorization"].startswith("Basic ")
    assert "client_secret" not in asked["form"]
    assert len(asked["form"]["code_verifier"][0]) > 40


def test_the_language_of_leaving_is_that_of_coming_back(client, acm, french):
    assert go(client, "els", "/fr/accounts/acm/").url == "/fr/accounts/acm/onbekend/"


def test_nobody_is_sent_to_a_foreign_site_afterwards(client, els):
    assert go(client, "els", next="https://evil.example/").url == "/"


# --- whom it does not let in


def test_a_stranger_is_told_how_to_be_invited_and_leaves_no_trace(client, acm):
    acm.knows("vreemd", given_name="Vreemde", **MAYOR)
    before = Person.objects.count()

    answer = go(client, "vreemd")
    page = client.get(answer.url)

    assert answer.url == reverse("acm_unknown")
    assert page.status_code == 403
    assert signed_in(client) is None
    assert Person.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert not Evidence.objects.exists()
    assert "Lennik" not in str([session.get_decoded() for session in Session.objects.all()])


def test_the_same_verified_address_connects_nothing(client, acm):
    person = PersonFactory(email="els@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    answer = go(client, "els")

    assert answer.url == reverse("acm_unknown")
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()
    assert not Letter.objects.exists(), "no letter that could be used to connect it after all"


def test_another_identity_with_the_address_of_somebody_known_does_not_get_in(client, els, acm):
    acm.knows("foreign", email="els@example.org", email_verified=True, **MAYOR)

    assert go(client, "foreign").url == reverse("acm_unknown")
    assert signed_in(client) is None


def test_somebody_who_left_is_not_let_in(client, els):
    els.is_active = False
    els.save()

    go(client, "els")

    assert signed_in(client) is None
    assert not Evidence.objects.exists()


def test_an_answer_works_once(client, els):
    location = sign_in_there(leave(client), "els")
    come_back(client, location)
    client.post("/accounts/logout/")

    again = come_back(client, location)

    assert again.url == reverse("acm_failed")
    assert signed_in(client) is None


def test_an_answer_to_somebody_elses_question_opens_nothing(client, els):
    location = sign_in_there(leave(client), "els")
    victim = Client()

    assert come_back(victim, location).url == reverse("acm_failed")
    leave(victim)
    assert come_back(victim, location).url == reverse("acm_failed")
    assert signed_in(victim) is None


def test_a_code_of_one_visit_under_the_state_of_another_opens_nothing(client, els):
    attacker, victim = leave(Client()), leave(client)
    code = parse_qs(urlsplit(sign_in_there(attacker, "els")).query)["code"][0]
    state = parse_qs(urlsplit(victim).query)["state"][0]

    answer = client.get("/accounts/acm/terug/", {"code": code, "state": state})

    assert answer.url == reverse("acm_failed")
    assert signed_in(client) is None


def test_stopping_there_is_said_plainly(client, acm):
    answer = client.get("/accounts/acm/terug/", {"error": "access_denied", "state": _state(leave(client))})

    assert answer.url == reverse("acm_cancelled")
    assert client.get(answer.url).status_code == 200


def _state(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]
