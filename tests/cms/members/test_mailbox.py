"""The local mail page shows what was posted, to nobody outside this machine."""

import os
import subprocess
import sys
from email.message import EmailMessage

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code

from cms.members import mailbox
from coalition.membership.models import Mandate
from tests.cms.signing_in import with_second_factor
from tests.factories import MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

PAGES = ["/postvak/", "/postvak/20261124T120000-a.eml/", "/postvak/20261124T120000-a.eml/html/"]


@pytest.fixture
def folder(settings, tmp_path):
    settings.LOCAL_MAIL_PAGE = True
    settings.EMAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_FOLDER.mkdir()
    return settings.EMAIL_FOLDER


def put(
    folder, name: str, *, subject: str = "Zomerprei", html: str = "<html><head></head><body><p>Dag</p></body></html>"
):
    letter = EmailMessage()
    letter["Subject"], letter["To"], letter["From"] = subject, "jan@example.org", "post@example.org"
    letter["Date"] = "Tue, 24 Nov 2026 12:00:00 +0000"
    letter.set_content("Dag Jan")
    letter.add_alternative(html, subtype="html")
    (folder / name).write_bytes(letter.as_bytes())


def test_the_newest_letter_stands_first(client, folder):
    put(folder, "20261124T120000-a.eml", subject="Eerste één")
    put(folder, "20261124T130000-b.eml", subject="Tweede")
    (folder / ".20261124T140000-c.part").write_bytes(b"half")

    letters = client.get("/postvak/").context["letters"]

    assert [(letter["id"], letter["subject"]) for letter in letters] == [
        ("20261124T130000-b.eml", "Tweede"),
        ("20261124T120000-a.eml", "Eerste één"),
    ]
    assert letters[0]["to"] == "jan@example.org"
    assert letters[0]["date"].hour == 12


def test_an_empty_folder_is_an_empty_page(client, folder):
    folder.rmdir()

    assert client.get("/postvak/").context["letters"] == []


def test_a_letter_is_shown_with_its_text_and_a_frame(client, folder):
    put(folder, "20261124T120000-a.eml")

    answer = client.get("/postvak/20261124T120000-a.eml/")

    assert answer.context["message"]["text"].strip() == "Dag Jan"
    assert answer.context["message"]["has_html"]
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_frame_lets_nothing_run_or_fetch(client, folder):
    put(folder, "20261124T120000-a.eml", html="<html><head></head><body><script>alert(1)</script></body></html>")

    answer = client.get("/postvak/20261124T120000-a.eml/html/")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "name",
    [
        "..%2Fsecret.eml",
        "%2e%2e%2fsecret.eml",
        "..",
        "../secret.eml",
        "secret.txt",
        ".eml",
        "..\\secret.eml",
        "a.eml%00.txt",
    ],
)
def test_no_name_leads_out_of_the_folder(client, folder, name):
    put(folder.parent, "secret.eml")
    (folder.parent / "secret.txt").write_text("secret")

    assert client.get(f"/postvak/{name}/").status_code == 404
    assert client.get(f"/postvak/{name}/html/").status_code == 404


def test_a_link_in_the_folder_is_not_followed(client, folder):
    put(folder.parent, "secret.eml")
    (folder / "link.eml").symlink_to(folder.parent / "secret.eml")

    assert client.get("/postvak/link.eml/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_elsewhere_these_pages_do_not_exist(client, folder, settings, page):
    put(folder, "20261124T120000-a.eml")
    settings.LOCAL_MAIL_PAGE = False

    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_posted_to_them(client, folder, page):
    put(folder, "20261124T120000-a.eml")

    assert client.post(page).status_code == 405


def test_a_demo_person_is_shown_with_a_code_that_works():
    mandate = MandateFactory(person=PersonFactory(is_demo=True, name="Ann"), role=Mandate.Role.COORDINATOR)
    with_second_factor(mandate.person)
    with_second_factor(PersonFactory(is_demo=False))

    import time

    (shown,) = mailbox.demo_people(at=time.time())

    assert shown["name"] == "Ann"
    assert mandate.coalition.name in shown["roles"][0]
    assert validate_totp_code(shown["seed"], shown["code"])


def test_a_demo_person_without_authenticator_is_shown_without_a_code():
    PersonFactory(is_demo=True, email="boer@example.org")

    (shown,) = mailbox.demo_people(at=0)

    assert (shown["email"], shown["seed"], shown["code"], shown["roles"]) == ("boer@example.org", "", "", [])


def test_listing_people_takes_the_same_queries_for_one_and_for_three(django_assert_num_queries):
    def counted() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            mailbox.demo_people(at=0)
        return len(queries)

    MandateFactory(person=PersonFactory(is_demo=True))
    one = counted()
    for _more in range(2):
        MandateFactory(person=PersonFactory(is_demo=True))

    assert counted() == one


def test_production_refuses_to_serve_it_whatever_the_environment_says(tmp_path):
    words = "from django.conf import settings; print(settings.LOCAL_MAIL_PAGE, settings.DEBUG)"
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-c", words],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "coalition.settings.production",
            "SECRET_KEY": "x" * 60,
            "PUBLIC_HOST": "voedsel.example.org",
            "LOCAL_MAIL_PAGE": "True",
            "DEBUG": "True",
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == ["False", "False"]
