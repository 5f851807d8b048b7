"""The front door: a code by mail and nothing else; it tells nobody who lives here."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.base import letters
from cms.versions import open_language
from coalition.mail import actions as mail
from coalition.mail.models import Letter
from coalition.people.models import Person
from tests.cms.signing_in import sign_in, with_second_factor
from tests.factories import PersonFactory
from tests.factories.pages import make_home

pytestmark = pytest.mark.django_db

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"


@pytest.fixture
def post_box(settings, tmp_path):
    """Reads the letters that left during the test, oldest first."""
    settings.EMAIL_BACKEND = "coalition.mail.folder.FolderBackend"
    settings.EMAIL_FOLDER = tmp_path

    def read() -> list:
        return [
            BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in sorted(tmp_path.glob("*.eml"))
        ]

    return read


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def code_in(letter) -> str:
    return re.search(r"^ {4}(\S+)$", text_of(letter), re.MULTILINE).group(1)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_mailed_code_lets_a_person_in(client, post_box):
    person = PersonFactory(email="jan@example.org")

    asked = client.post(LOGIN, {"login": "Jan@Example.org"})
    (letter,) = post_box()
    entered = client.post(CONFIRM, {"code": code_in(letter)})

    assert asked.url == CONFIRM
    assert letter["To"] == "jan@example.org"
    assert entered.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_words_of_the_letter_are_nowhere_kept(client, post_box):
    PersonFactory(email="jan@example.org")

    client.post(LOGIN, {"login": "jan@example.org"})

    (row,) = Letter.objects.all()
    (letter,) = post_box()
    assert row.kind == "people/sign_in_code"
    assert row.facts == {}
    assert code_in(letter) not in str(Letter.objects.values())


def test_the_visitor_is_taken_where_he_wanted_to_go(client, post_box):
    PersonFactory(email="jan@example.org")

    client.post(LOGIN, {"login": "jan@example.org", "next": "/accounts/2fa/"})
    answer = client.post(CONFIRM, {"code": code_in(post_box()[0]), "next": "/accounts/2fa/"})

    assert answer.url == "/accounts/2fa/"


def test_nobody_is_sent_to_a_foreign_site(client, post_box):
    PersonFactory(email="jan@example.org")

    client.post(LOGIN, {"login": "jan@example.org", "next": "https://evil.example/"})
    answer = client.post(CONFIRM, {"code": code_in(post_box()[0]), "next": "https://evil.example/"})

    assert answer.url == "/"


def test_three_wrong_codes_end_the_attempt(client, post_box):
    PersonFactory(email="jan@example.org")
    client.post(LOGIN, {"login": "jan@example.org"})
    code = code_in(post_box()[0])

    for _attempt in range(3):
        client.post(CONFIRM, {"code": "wrong1"})
    client.post(CONFIRM, {"code": code})

    assert not signed_in(client)


def test_a_code_is_worthless_after_a_quarter_of_an_hour(client, post_box, monkeypatch):
    PersonFactory(email="jan@example.org")
    client.post(LOGIN, {"login": "jan@example.org"})
    code = code_in(post_box()[0])

    later = timezone.now() + timedelta(minutes=15, seconds=5)
    monkeypatch.setattr("time.time", lambda: later.timestamp())
    client.post(CONFIRM, {"code": code})

    assert not signed_in(client)


def test_a_new_code_replaces_the_old_one(client, post_box):
    PersonFactory(email="jan@example.org")
    client.post(LOGIN, {"login": "jan@example.org"})

    client.post(CONFIRM, {"action": "resend"})
    old, new = (code_in(letter) for letter in post_box())
    client.post(CONFIRM, {"code": old})
    after_old = signed_in(client)
    client.post(CONFIRM, {"code": new})

    assert old != new
    assert not after_old
    assert signed_in(client)


def test_a_code_works_once(client, post_box):
    PersonFactory(email="jan@example.org")
    client.post(LOGIN, {"login": "jan@example.org"})
    code = code_in(post_box()[0])
    client.post(CONFIRM, {"code": code})

    client.logout()
    client.post(CONFIRM, {"code": code})

    assert not signed_in(client)


def page_after_asking(client, email: str) -> tuple:
    """What the asker sees, without what differs at every request and without the address he typed himself."""
    first = client.post(LOGIN, {"login": email})
    second = client.get(first.url)
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", second.content.decode()).replace(email, "")
    return first.status_code, first.url, second.status_code, sorted(second.headers), body


def test_an_unknown_address_sees_the_very_same_page(client, client_2, post_box):
    PersonFactory(email="known@example.org")

    assert page_after_asking(client, "known@example.org") == page_after_asking(client_2, "other@example.org")


@pytest.fixture
def client_2():
    return Client()


def test_an_unknown_address_is_told_by_letter_how_to_be_invited(client, post_box):
    client.post(LOGIN, {"login": "stranger@example.org"})

    (letter,) = post_box()
    assert letter["To"] == "stranger@example.org"
    assert Letter.objects.get().kind == "people/unknown_address"
    assert not re.search(r"^ {4}\S", text_of(letter), re.MULTILINE)
    assert project.PUBLIC_URL in text_of(letter)


def test_wrong_codes_for_an_unknown_address_end_like_those_for_a_known_one(client, client_2, post_box):
    PersonFactory(email="known@example.org")
    ends = []
    for browser, email in ((client, "known@example.org"), (client_2, "other@example.org")):
        browser.post(LOGIN, {"login": email})
        ends.append([(browser.post(CONFIRM, {"code": "wrong1"})).status_code for _attempt in range(3)])

    assert ends[0] == ends[1]


def test_somebody_who_left_gets_no_code(client, post_box):
    PersonFactory(email="left@example.org", is_active=False)

    client.post(LOGIN, {"login": "left@example.org"})

    assert Letter.objects.get().kind == "people/unknown_address"


def test_codes_are_not_sent_without_end(post_box):
    PersonFactory(email="jan@example.org")

    for _attempt in range(6):
        Client().post(LOGIN, {"login": "jan@example.org"})

    assert len(post_box()) == 3


def test_a_mail_server_in_trouble_is_said_plainly(client, settings):
    PersonFactory(email="jan@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = client.post(LOGIN, {"login": "jan@example.org", "next": "/admin/"})

    assert answer.status_code == 302
    assert answer.url == "/accounts/login/?next=%2Fadmin%2F"
    assert [str(message) for message in client.get(LOGIN).context["messages"]]
    assert Letter.objects.get().state == Letter.State.FAILED


def _spoken(prefix: str) -> None:
    """The house is open in the language of `prefix`."""
    if prefix:
        make_home()
        open_language(prefix.strip("/"))


@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
def test_nobody_signs_up_by_himself(client, prefix):
    _spoken(prefix)
    shown = client.get(f"{prefix}/accounts/signup/")
    tried = client.post(f"{prefix}/accounts/signup/", {"email": "new@example.org", "password1": "a" * 20})

    assert shown.status_code == 200
    assert "account/signup_closed.html" in [template.name for template in shown.templates]
    assert tried.status_code == 200
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "path", ["/accounts/signup/passkey/", "/accounts/2fa/webauthn/signup/", "/accounts/3rdparty/signup/"]
)
def test_other_ways_to_sign_up_do_not_exist(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "new@example.org"}).status_code == 404


@pytest.mark.parametrize("path", ["reset/", "change/", "set/", "reset/key/1-abc/"])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_there_are_no_passwords(client, prefix, path):
    _spoken(prefix)
    answer = client.get(f"{prefix}/accounts/password/{path}")

    assert answer.status_code == 302
    assert answer.url == f"{prefix}/accounts/login/"


def test_a_password_opens_nothing(client, post_box):
    person = PersonFactory(email="jan@example.org")
    person.set_password("correct horse battery")
    person.save()

    client.post(LOGIN, {"login": "jan@example.org", "password": "correct horse battery"})

    assert not signed_in(client)


def test_a_person_with_an_authenticator_app_needs_both(client, post_box):
    with_second_factor(PersonFactory(email="jan@example.org"))

    client.post(LOGIN, {"login": "jan@example.org"})
    answer = client.post(CONFIRM, {"code": code_in(post_box()[0])})

    assert answer.url == reverse("mfa_authenticate")
    assert not signed_in(client)


def test_another_address_is_taken_over_only_with_the_code_sent_to_it(client, post_box):
    person = PersonFactory(email="jan@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    sign_in(client, person, second_factor=False)

    client.post("/accounts/email/", {"action_add": "", "email": "jan@example.net"})
    person.refresh_from_db()
    before = person.email
    (letter,) = post_box()
    client.post("/accounts/confirm-email/", {"code": code_in(letter)})
    person.refresh_from_db()

    assert letter["To"] == "jan@example.net"
    assert before == "jan@example.org"
    assert person.email == "jan@example.net"


def test_every_message_of_allauth_has_a_letter_of_ours():
    folder = Path(allauth.__file__).parent / "templates"
    names = {
        str(path.relative_to(folder)).removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (folder / app / "email").glob("*_subject.txt")
    }
    passwords = {name for name in names if "/password_" in name}

    assert names - passwords <= set(letters.OCCASIONS)


@pytest.mark.parametrize("name", sorted(letters.OCCASIONS))
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_letter_can_be_written(name, language, post_box, now):
    occasion = letters.OCCASIONS[name]
    prepared = letters.prepare(occasion, email="jan@example.org", code="AB12CD", language=language, at=now)

    mail.send_now(kind=occasion.kind, prepared=prepared, to="jan@example.org", now=now)

    (letter,) = post_box()
    assert len(text_of(letter)) > 100
    assert ("AB12CD" in text_of(letter)) == ("AB12CD" in letter.get_body(("html",)).get_content())


def test_adding_an_authenticator_app_is_told_by_letter(post_box, now):
    letters.post_notice(name="mfa/email/totp_activated", to="jan@example.org", language="nl", now=now)

    mail.deliver_due(clock=lambda: now)

    (letter,) = post_box()
    assert Letter.objects.get().state == Letter.State.SENT
    assert letter["To"] == "jan@example.org"
