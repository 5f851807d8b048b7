"""Who finds a hole in the wall finds whom to tell."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.django_db


def fields_of(answer) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def test_security_txt_names_a_contact_and_is_never_out_of_date(client, settings):
    settings.SECURITY_CONTACT = "veilig@example.org"

    answer = client.get("/.well-known/security.txt")
    fields = fields_of(answer)
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:veilig@example.org"
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert not answer.cookies


def test_the_contact_may_be_a_page(client, settings):
    settings.SECURITY_CONTACT = "https://example.org/veiligheid"

    assert fields_of(client.get("/.well-known/security.txt"))["Contact"] == "https://example.org/veiligheid"
