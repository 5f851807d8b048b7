"""Which answers of ACM/IDM are believed: those it signed, for us, just now, to the question of this visit."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from coalition.settings import env
from tests.cms.local_acm import go, signed

pytestmark = pytest.mark.django_db
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_token_signed_anew_by_a_key_that_acm_lists_is_believed(client, els, acm):
    """Without this the refusals below would prove nothing."""
    acm.forge = signed

    go(client, "els")

    assert signed_in(client)


def without(claims: dict, name: str) -> dict:
    return {key: value for key, value in claims.items() if key != name}


REFUSED = {
    "of another issuer": lambda claims: signed(claims | {"iss": "https://evil.example"}),
    "for another site": lambda claims: signed(claims | {"aud": "another-site"}),
    "that has expired": lambda claims: signed(claims | {"exp": time.time() - 120}),
    "of the future": lambda claims: signed(claims | {"iat": time.time() + 600}),
    "with another nonce": lambda claims: signed(claims | {"nonce": "x" * 32}),
    "without a nonce": lambda claims: signed(without(claims, "nonce")),
    "without a subject": lambda claims: signed(without(claims, "sub")),
    "with an empty subject": lambda claims: signed(claims | {"sub": ""}),
    "with an endless subject": lambda claims: signed(claims | {"sub": "x" * 192}),
    "without an end": lambda claims: signed(without(claims, "exp")),
    "without an audience": lambda claims: signed(without(claims, "aud")),
    "signed by a stranger": lambda claims: signed(claims, key=STRANGER),
    "signed by a stranger under another name": lambda claims: signed(claims, key=STRANGER, kid="other"),
    "not signed": lambda claims: jwt.encode(claims, "", algorithm="none"),
    "signed with the client's own secret": lambda claims: jwt.encode(
        claims, "geheim", algorithm="HS256", headers={"kid": "f"}
    ),
    "that is none": lambda claims: "a.b.c",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_token_is_refused(client, els, acm, kind):
    acm.forge = REFUSED[kind]

    assert go(client, "els").url == reverse("acm_failed")
    assert not signed_in(client)


# --- setting it up

WHOLE = {"ACM_SERVER_URL": "https://acm.example/op", "ACM_CLIENT_ID": "us", "ACM_CLIENT_SECRET": "s"}


@pytest.fixture
def environment(monkeypatch):
    for name in ("ACM_SERVER_URL", "ACM_CLIENT_ID", "ACM_CLIENT_SECRET", "ACM_SCOPES"):
        monkeypatch.delenv(name, raising=False)

    def write(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return write


def test_it_is_off_where_no_server_is_named(environment):
    environment(ACM_CLIENT_ID="us", ACM_CLIENT_SECRET="s")

    assert env.acm() == {}


def test_it_asks_for_the_organisation_and_nothing_more_unless_told(environment):
    environment(**WHOLE)

    assert env.acm() == {
        "server_url": "https://acm.example/op",
        "client_id": "us",
        "secret": "s",
        "scopes": ["openid", "vo"],
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ACM_CLIENT_SECRET": ""}, "without"),
        ({"ACM_CLIENT_ID": ""}, "without"),
        ({"ACM_SERVER_URL": "http://acm.example/op"}, "https"),
        ({"ACM_SCOPES": "vo"}, "openid"),
        ({"ACM_SCOPES": "openid,rrn"}, "national register"),
        ({"ACM_SCOPES": "openid, RRN ,vo"}, "national register"),
    ],
)
def test_the_house_does_not_start_with_it_half_set_up_or_asking_too_much(environment, wrong, sentence):
    environment(**WHOLE | wrong)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.acm()
