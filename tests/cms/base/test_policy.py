"""What every answer tells the browser, whoever asks and whatever came of it."""

import pytest

from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def policy_of(answer) -> dict[str, list[str]]:
    directives = [part.strip().split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in directives}


def test_readers_get_the_strict_policy(client):
    policy = policy_of(client.get("/accounts/login/"))

    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "unsafe" not in str(policy)


def test_no_policy_names_another_host(client):
    sign_in(client, PersonFactory(is_superuser=True))

    for path in ("/accounts/login/", "/admin/"):
        sources = {source for sources in policy_of(client.get(path)).values() for source in sources}
        assert sources <= {"'none'", "'self'", "data:", "blob:", "'unsafe-inline'"}


def test_the_admin_runs_no_script_from_within_its_pages(client):
    sign_in(client, PersonFactory(is_superuser=True))

    policy = policy_of(client.get("/admin/"))

    assert policy["script-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/no-such-page/", 404), ("/admin/", 302), ("/accounts/login/", 200), ("/healthz", 200), ("/admin/login/", 302)],
)
def test_every_answer_is_armed(client, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_an_answer_to_our_own_mistake_is_armed_too(client, monkeypatch):
    monkeypatch.setattr("cms.base.security.settings", None)
    client.raise_request_exception = False

    answer = client.get("/.well-known/security.txt")

    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
