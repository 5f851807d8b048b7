import csv
import io
import json
import time
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.digests.models import Subscription
from coalition.mail.models import Letter
from coalition.people.models import Person
from coalition.rights import actions, tokens
from coalition.rights.models import DataRequest, Pass
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.digests import SubscriptionFactory
from tests.factories.membership import MandateFactory

pytestmark = pytest.mark.django_db

ADDRESS = "boer@example.org"


@pytest.fixture
def reader():
    return SubscriptionFactory(email=ADDRESS, consent_page='=HYPERLINK("http://kwaad.example")')


@pytest.fixture
def link(reader):
    actions.ask(email=ADDRESS, now=timezone.now())
    return reverse("rights_by_link", args=[tokens.to_open(Pass.objects.get().pk)])


@pytest.fixture
def person():
    return PersonFactory(email="jan@example.org", name="Jan Janssens")


def signed_in(person, *, seconds_ago=0, second_factor=False):
    client = sign_in(Client(), person, second_factor=second_factor)
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] = time.time() - seconds_ago
    session.save()
    return client


def test_whoever_is_not_signed_in_is_told_both_ways(client):
    page = client.get("/mijn-gegevens/").content.decode()

    assert "/accounts/login/?next=/mijn-gegevens/" in page
    assert "/mijn-gegevens/per-mail/" in page


def test_a_person_sees_what_is_held_of_him_and_of_nobody_else(person):
    other = MandateFactory(person__name="Piet Pieters", person__email="piet@example.org")
    MandateFactory(person=person, coalition=other.coalition)

    page = signed_in(person).get("/mijn-gegevens/").content.decode()

    assert "jan@example.org" in page
    assert other.coalition.name in page
    assert "piet@example.org" not in page
    assert "Piet Pieters" not in page


def test_an_address_that_is_not_confirmed_shows_nothing_of_its_owner(person, reader):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=person, email=ADDRESS, verified=False)
    client = signed_in(person)

    assert reader.coalition.name not in client.get("/mijn-gegevens/").content.decode()
    EmailAddress.objects.update(verified=True)
    assert reader.coalition.name in client.get("/mijn-gegevens/").content.decode()


def test_he_takes_it_along_as_json_and_as_a_table(person):
    client = signed_in(person)

    answer = client.post("/mijn-gegevens/kopie/json/")
    told = json.loads(answer.content)
    assert any(item.get("title") and "jan@example.org" in item.values() for part in told for item in part["items"])
    assert "jan" not in answer["Content-Disposition"]
    assert answer["Cache-Control"].count("no-store")
    table = client.post("/mijn-gegevens/kopie/csv/").content.decode()
    assert "jan@example.org" in table
    assert DataRequest.objects.filter(kind="take").count() == 2


def test_another_form_is_not_there_and_writes_nothing_down(person):
    assert signed_in(person).post("/mijn-gegevens/kopie/xml/").status_code == 404
    assert not DataRequest.objects.exists()


def test_he_corrects_his_name(person):
    signed_in(person).post("/mijn-gegevens/naam/", {"name": "  Jan   Peeters ", "is_superuser": "on"})

    person.refresh_from_db()
    assert (person.name, person.is_superuser) == ("Jan Peeters", False)


@pytest.mark.parametrize("path", ["kopie/json/", "naam/", "wissen/"])
def test_signed_out_nothing_is_done(client, path):
    answer = client.post(f"/mijn-gegevens/{path}")

    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("path", ["kopie/json/", "naam/"])
def test_a_get_does_nothing(person, path):
    assert signed_in(person).get(f"/mijn-gegevens/{path}").status_code == 405


def test_looking_at_erasing_erases_nothing(person):
    page = signed_in(person).get("/mijn-gegevens/wissen/")

    assert page.status_code == 200
    person.refresh_from_db()
    assert person.erased_at is None


def test_he_erases_himself_and_is_signed_out(person):
    client = signed_in(person)

    answer = client.post("/mijn-gegevens/wissen/")

    assert answer["Location"] == "/mijn-gegevens/gewist/"
    person.refresh_from_db()
    assert person.erased_at is not None
    assert "_auth_user_id" not in client.session
    assert not Person.objects.filter(email="jan@example.org").exists()


def test_a_post_from_elsewhere_is_refused(person):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, person, second_factor=False)

    assert client.post("/mijn-gegevens/wissen/").status_code == 403
    person.refresh_from_db()
    assert person.erased_at is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_signed_in_long_ago_signs_in_anew_first(person, method):
    client = signed_in(person, seconds_ago=301)

    answer = getattr(client, method)("/mijn-gegevens/wissen/")

    assert answer["Location"] == "/accounts/login/?next=%2Fmijn-gegevens%2Fwissen%2F"
    person.refresh_from_db()
    assert person.erased_at is None


def test_who_has_a_second_step_shows_it_again(person):
    client = signed_in(person, seconds_ago=301, second_factor=True)
    session = client.session
    # A code by mail alone is not enough for him, however fresh.
    session[AUTHENTICATION_METHODS_SESSION_KEY] += [{"method": "code", "at": time.time(), "email": person.email}]
    session.save()

    answer = client.post("/mijn-gegevens/wissen/")

    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    person.refresh_from_db()
    assert person.erased_at is None


def test_a_last_coordinator_reads_what_he_must_do_first(person):
    mandate = MandateFactory(person=person)
    client = signed_in(person)

    for page in (client.get("/mijn-gegevens/wissen/"), client.post("/mijn-gegevens/wissen/")):
        assert mandate.coalition.name in page.content.decode()
        assert "button--danger" not in page.content.decode()
    person.refresh_from_db()
    assert person.erased_at is None


def test_known_and_unknown_addresses_get_the_same_answer(client, reader):
    known = client.post("/mijn-gegevens/per-mail/", {"email": ADDRESS})
    unknown = client.post("/mijn-gegevens/per-mail/", {"email": "niemand@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert client.get(known["Location"]).content == client.get(unknown["Location"]).content
    assert Letter.objects.count() == 1


def test_after_many_questions_from_one_place_there_is_a_pause(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"data_request": "2/h/ip"}
    answers = [client.post("/mijn-gegevens/per-mail/", {"email": f"a{n}@example.org"}).status_code for n in range(3)]

    assert answers == [302, 302, 429]


def test_a_link_shows_and_gives_a_table_that_never_calculates(client, link, reader):
    assert reader.coalition.name in client.get(link).content.decode()

    table = client.post(f"{link}kopie/csv/").content.decode()

    cells = [cell for row in csv.reader(io.StringIO(table.lstrip("\ufeff"), newline=""), delimiter=";") for cell in row]
    assert '\'=HYPERLINK("http://kwaad.example")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_link_erases_once(client, link, reader):
    client.get(f"{link}wissen/")
    reader.refresh_from_db()
    assert reader.email == ADDRESS, "a program that follows links erases nothing"

    assert client.post(f"{link}wissen/").status_code == 302

    assert Subscription.objects.get().email == ""
    for again in (client.post(f"{link}wissen/"), client.get(link), client.post(f"{link}kopie/json/")):
        assert again.status_code == 410
        assert ADDRESS not in again.content.decode()


@pytest.mark.parametrize("path", ["", "wissen/", "kopie/json/"])
def test_a_forged_or_old_link_opens_nothing(client, link, path):
    method = client.post if path else client.get
    forged = link.replace(":", ":x", 1)
    assert method(forged + path).status_code == 410

    Pass.objects.update(asked_at=timezone.now() - timedelta(minutes=31))
    assert method(link + path).status_code == 410
    assert Subscription.objects.get().email == ADDRESS


def test_no_address_stands_in_a_link(link):
    assert "boer" not in link
    assert "example" not in link
