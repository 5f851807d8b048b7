import pytest
from django.test import Client
from django.utils import timezone

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from coalition.rights.actions import take, write_request
from coalition.rights.models import DataRequest
from coalition.rights.queries import subject
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.digests import SubscriptionFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db

CONSENTS = "/admin/reports/toestemmingen/"
REQUESTS = "/admin/reports/gegevens/"


@pytest.fixture
def spaces():
    return make_space("pajotse-velden"), make_space("scheldemeersen")


def visit(space, role=Mandate.Role.COORDINATOR):
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=role, by=None, now=timezone.now())
    return sign_in(Client(), person)


def platform():
    return sign_in(Client(), PersonFactory(is_superuser=True))


def test_a_coordinator_sees_who_agreed_to_what_in_his_coalition_alone(spaces):
    SubscriptionFactory(coalition=spaces[0].coalition, email="eigen@example.org", consent_text="Ja, stuur maar.")
    SubscriptionFactory(coalition=spaces[1].coalition, email="vreemd@example.org")
    client = visit(spaces[0])

    for page in (client.get(CONSENTS), client.get(f"{CONSENTS}csv/")):
        words = page.content.decode()
        assert "eigen@example.org" in words
        assert "Ja, stuur maar." in words
        assert "vreemd@example.org" not in words
    both = platform().get(CONSENTS).content.decode()
    assert "eigen@example.org" in both
    assert "vreemd@example.org" in both


@pytest.mark.parametrize("path", [CONSENTS, f"{CONSENTS}csv/", REQUESTS])
def test_an_editor_keeps_no_registers(spaces, path):
    assert visit(spaces[0], Mandate.Role.EDITOR).get(path).status_code in (302, 403)


def test_the_registers_stand_in_the_menu_of_who_keeps_them(spaces):
    assert CONSENTS in visit(spaces[0]).get("/admin/").content.decode()
    assert CONSENTS not in visit(spaces[0], Mandate.Role.EDITOR).get("/admin/").content.decode()


def test_a_forgotten_reader_is_a_code_in_the_register(spaces):
    SubscriptionFactory(
        coalition=spaces[0].coalition, email="", email_hash="abcdef012345" * 5, state="ended",
        ended_at=timezone.now(), forgotten_at=timezone.now(),
    )  # fmt: skip

    assert "abcdef012345" in visit(spaces[0]).get(CONSENTS).content.decode()


def test_three_readers_cost_no_more_queries_than_one(spaces, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = visit(spaces[0])
    SubscriptionFactory(coalition=spaces[0].coalition)
    write_request(kind="see", address="a@example.org", coalition=spaces[0].coalition, by=None, now=timezone.now())
    client.get(CONSENTS)
    for path in (CONSENTS, REQUESTS):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(path)
        SubscriptionFactory.create_batch(2, coalition=spaces[0].coalition)
        for _more in range(2):
            write_request(
                kind="see", address="a@example.org", coalition=spaces[0].coalition, by=None, now=timezone.now()
            )
        with django_assert_num_queries(len(one)):
            client.get(path)


def test_a_coordinator_writes_down_a_request_for_his_coalition_and_closes_it(spaces):
    client = visit(spaces[0])
    data = {"kind": "erase", "address": "boer@example.org", "coalition": spaces[0].coalition.pk}

    assert client.post(REQUESTS, data).status_code == 302
    request = DataRequest.objects.get()
    assert "boer@example.org" in client.get(REQUESTS).content.decode()
    assert client.post(f"{REQUESTS}{request.pk}/beantwoord/").status_code == 302

    request.refresh_from_db()
    assert (request.address, request.done_at is not None) == ("", True)
    assert "boer@example.org" not in client.get(REQUESTS).content.decode()
    assert "boer" not in str(list(Entry.objects.values("subject_title", "details")))
    assert Entry.objects.filter(verb=Verb.DATA_REQUEST_DONE, coalition=spaces[0].coalition).exists()


@pytest.mark.parametrize("whose", ["foreign", "", "999999"])
def test_he_writes_nothing_down_for_another_coalition_or_the_site(spaces, whose):
    coalition = spaces[1].coalition.pk if whose == "foreign" else whose

    answer = visit(spaces[0]).post(REQUESTS, {"kind": "see", "address": "a@example.org", "coalition": coalition})

    assert answer.status_code == 422
    assert not DataRequest.objects.exists()


def test_he_neither_sees_nor_closes_a_foreign_request(spaces):
    now = timezone.now()
    foreign = write_request(kind="see", address="a@example.org", coalition=spaces[1].coalition, by=None, now=now)
    of_the_site = write_request(kind="see", address="b@example.org", coalition=None, by=None, now=now)
    client = visit(spaces[0])

    assert "example.org" not in client.get(REQUESTS).content.decode().split("<main", 1)[-1].replace(
        "pajotse-velden@example.org", ""
    )
    for request in (foreign, of_the_site):
        assert client.post(f"{REQUESTS}{request.pk}/beantwoord/").status_code == 404
        assert client.get(f"{REQUESTS}{request.pk}/beantwoord/").status_code == 405
    assert DataRequest.objects.filter(done_at__isnull=True).count() == 2
    assert platform().post(f"{REQUESTS}{of_the_site.pk}/beantwoord/").status_code == 302


def test_who_helped_himself_stands_in_the_register_without_a_name(spaces):
    SubscriptionFactory(coalition=spaces[0].coalition, email="boer@example.org")
    take(subject=subject(["boer@example.org"]), now=timezone.now())

    page = visit(spaces[0]).get(REQUESTS)

    assert [row.kind for row in page.context["page"]] == ["take"]
    assert "boer@example.org" not in page.content.decode()
