"""ACM/IDM that is away, slow, or answers nonsense: said plainly, and nobody comes in."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cms.local_acm import go, says

pytestmark = pytest.mark.django_db


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "answer",
    [
        says(503), says(200, "<html>"), says(200, "[]"), says(200, "{}"), says(200, "{}", after=1),
        says(200, '{"issuer": "https://evil.example", "authorization_endpoint": "https://evil.example/a",'
                  ' "token_endpoint": "https://evil.example/t", "jwks_uri": "https://evil.example/k"}'),
    ],
)  # fmt: skip
def test_a_server_in_trouble_is_said_plainly(client, acm, settings, answer):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    acm.answers["/.well-known/"] = answer

    went = client.post("/accounts/acm/")
    page = client.get(went.url)

    assert went.url == reverse("acm_failed")
    assert page.status_code == 502
    assert reverse("account_login") in page.content.decode()


def test_no_server_at_all_is_said_plainly(client, settings):
    settings.ACM = {"server_url": "http://127.0.0.1:9", "client_id": "x", "secret": "y", "scopes": ["openid"]}

    assert client.post("/accounts/acm/").url == reverse("acm_failed")


@pytest.mark.parametrize("path", ["/oauth2/token", "/jwks"])
@pytest.mark.parametrize(
    "answer",
    [
        says(500), says(200, "<html>"), says(200, "[]"), says(200, "{}"), says(200, "{}", after=1),
        says(200, '{"access_token": "x"}'), says(200, '{"access_token": "x", "id_token": 5, "keys": 7}'),
        says(200, '{"access_token": "x", "id_token": "a.b.c", "keys": [7]}'),
    ],
)  # fmt: skip
def test_trouble_on_the_way_back_is_said_plainly(client, els, acm, settings, path, answer):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    acm.answers[path] = answer

    assert go(client, "els").url == reverse("acm_failed")
    assert signed_in(client) is None


def test_nothing_of_a_failed_answer_is_logged(client, els, acm, caplog):
    acm.answers["/oauth2/token"] = says(200, '{"access_token": "secret-word", "id_token": "other-secret"}')

    go(client, "els")

    assert "ACM/IDM" in caplog.text
    assert not re.search("secret-word|other-secret", caplog.text)


def test_a_code_by_mail_still_works(client, els, acm):
    acm.answers["/.well-known/"] = says(503)

    assert client.post("/accounts/login/", {"login": els.email}).url == "/accounts/login/code/confirm/"


def test_asking_without_end_is_stopped_before_acm_hears_of_it(client, acm, settings):
    settings.ACCOUNT_RATE_LIMITS = {"acm": "2/m/ip"}
    answers = [Client().post("/accounts/acm/").status_code for _attempt in range(3)]

    assert answers == [200, 200, 302]
