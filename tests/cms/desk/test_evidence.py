"""What a coordinator sees of ACM/IDM: sentences beside mandates and requests, of his own coalition alone."""

import pytest
from django.test import Client

from cms.desk.evidence import beside_mandates, beside_requests
from coalition.membership.actions import give_mandate
from coalition.membership.models import JoinRequest, Mandate
from tests.cms.signing_in import sign_in
from tests.factories import MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.evidence import EnterpriseNumberFactory, EvidenceFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
DESK = "/admin/coalities/pajotse-velden/acm/"


@pytest.fixture
def on(settings):
    settings.ACM = {"server_url": "https://acm.example", "client_id": "x", "secret": "y", "scopes": ["openid"]}


@pytest.fixture
def spaces(on):
    return make_space("pajotse-velden"), make_space("scheldemeersen")


def coordinator(space, now) -> Client:
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return sign_in(Client(), person)


def representative(space, now, name: str = "Lennik", number: str = "0207509031") -> Mandate:
    municipality = MunicipalityFactory(name_nl=name)
    EnterpriseNumberFactory(municipality=municipality, number=number)
    MembershipFactory(coalition=space.coalition, municipality=municipality)
    return give_mandate(
        person=PersonFactory(), coalition=space.coalition, role=Mandate.Role.REPRESENTATIVE,
        municipality=municipality, by=None, now=now,
    )  # fmt: skip


def test_a_coordinator_sees_for_whom_a_representative_signed_in(spaces, now):
    mandate = representative(spaces[0], now)
    EvidenceFactory(person=mandate.person, seen_at=now)

    page = coordinator(spaces[0], now).get(DESK).content.decode()

    assert "Gemeente Lennik" in page
    assert "24 november 2026" in page


def test_a_representative_who_now_signs_in_for_another_is_noticed(spaces, now):
    mandate = representative(spaces[0], now)
    EvidenceFactory(person=mandate.person)
    EvidenceFactory(person=mandate.person, organisation_number="", organisation_name="", seen_at=now)

    (shown,) = beside_mandates(Mandate.objects.filter(pk=mandate.pk))

    assert "mandate still holds" in shown.evidence or "mandaat" in shown.evidence
    mandate.refresh_from_db()
    assert mandate.valid_until is None, "noticed, and left to people"


def test_what_is_said_of_people_of_another_coalition_is_not_there(spaces, now):
    theirs = representative(spaces[1], now, name="Geheimdorp")
    EvidenceFactory(person=theirs.person, organisation_name="Geheim van de buren")
    theirs_seen = coordinator(spaces[1], now).get("/admin/coalities/scheldemeersen/acm/").content.decode()
    client = coordinator(spaces[0], now)

    assert "Geheim van de buren" in theirs_seen
    assert client.get("/admin/coalities/scheldemeersen/acm/").status_code == 404
    assert "Geheim" not in client.get(DESK).content.decode()


@pytest.mark.parametrize("role", [Mandate.Role.EDITOR])
def test_an_editor_sees_nothing_of_it(spaces, now, role):
    person = PersonFactory()
    give_mandate(person=person, coalition=spaces[0].coalition, role=role, by=None, now=now)

    assert sign_in(Client(), person).get(DESK).status_code == 404


def test_it_is_not_there_where_acm_is_off(spaces, now, settings):
    client = coordinator(spaces[0], now)
    settings.ACM = {}

    assert client.get(DESK).status_code == 404
    assert "acm/" not in client.get("/admin/coalities/pajotse-velden/gemeenten/").content.decode()


def test_nothing_can_be_done_on_this_page(spaces, now):
    assert coordinator(spaces[0], now).post(DESK, {"deed": "accept"}).status_code == 405


@pytest.mark.parametrize("total", [1, 3])
def test_any_number_of_representatives_costs_the_same(spaces, now, total, django_assert_num_queries):
    for each in range(total):
        EvidenceFactory(person=representative(spaces[0], now, f"Gemeente {each}", f"020750903{each}").person)

    with django_assert_num_queries(3):
        beside_mandates(Mandate.objects.filter(role="representative").select_related("municipality"))


def test_beside_a_request_stands_what_acm_says_of_whoever_asked(spaces, now):
    mandate = representative(spaces[0], now)
    EvidenceFactory(person=mandate.person)
    lennik = mandate.municipality
    facts = {"coalition": spaces[1].coalition, "municipality": lennik, "name": "Els", "office": "schepen"}
    known = JoinRequest.objects.create(
        **facts, email=mandate.person.email.upper(), state="confirmed", asked_at=now, confirmed_at=now
    )
    stranger = JoinRequest.objects.create(**facts, email="vreemd@example.org", asked_at=now)

    shown = {wish.pk: wish.evidence for wish in beside_requests(JoinRequest.objects.all())}
    page = coordinator(spaces[1], now).get("/admin/coalities/scheldemeersen/gemeenten/").content.decode()

    assert "Gemeente Lennik" in shown[known.pk]
    assert shown[stranger.pk] == ""
    assert "Gemeente Lennik" in page
