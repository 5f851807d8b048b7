"""A municipality's place: for whoever speaks for it, to read for the coordinator, and for nobody else."""

from datetime import date

import pytest

from coalition.membership.actions import end_mandate, give_mandate
from coalition.membership.models import Mandate, Membership
from coalition.membership.rules import Standing
from tests.cms.signing_in import sign_in
from tests.factories import MembershipFactory, PersonFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
DECISION = {
    "deed": "decide",
    "decision_body": "gemeenteraad",
    "decision_date": "2026-11-16",
    "valid_from": "2027-01-01",
    "delegate_name_1": "Els Ternat",
    "delegate_office_1": "alderman",
}


@pytest.fixture
def membership(now):
    space = make_space("pajotse-velden")
    return MembershipFactory(
        coalition=space.coalition, municipality__name_nl="Ternat", standing=Standing.INVITED,
        decision_body="", decision_date=None, valid_from=None, accepted_at=now,
    )  # fmt: skip


def _with_mandate(membership, now, role=Mandate.Role.REPRESENTATIVE):
    person = PersonFactory()
    municipality = membership.municipality if role == Mandate.Role.REPRESENTATIVE else None
    give_mandate(
        person=person, coalition=membership.coalition, role=role, municipality=municipality, by=None, now=now
    )  # fmt: skip
    return person


def _address(membership):
    return f"/lidmaatschap/{membership.coalition.slug}/gemeente/{membership.municipality.nis}/"


def test_a_representative_records_the_decision_and_sees_what_happened(client, membership, now):
    person = _with_mandate(membership, now)
    sign_in(client, person)

    response = client.post(_address(membership), DECISION)

    assert response.status_code == 302
    membership.refresh_from_db()
    assert membership.state_on(date(2027, 1, 1)) == Standing.MEMBER
    assert person.name in client.get(_address(membership)).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client, membership, now):
    sign_in(client, _with_mandate(membership, now))

    page = client.post(_address(membership), DECISION | {"decision_date": "2025-01-01", "valid_from": "2025-02-01"})

    assert page.status_code == 422
    assert "decision_date" in page.context["decision"].errors
    assert "Els Ternat" in page.content.decode()
    membership.refresh_from_db()
    assert membership.decision_date is None


def test_strangers_neither_read_nor_write_it(client, membership, now):
    neighbour = MembershipFactory(coalition=membership.coalition)
    elsewhere = MembershipFactory(municipality=membership.municipality)
    for person in (_with_mandate(neighbour, now), _with_mandate(elsewhere, now), PersonFactory()):
        sign_in(client, person)
        assert client.get(_address(membership)).status_code == 404
        assert client.post(_address(membership), DECISION).status_code == 404
    client.logout()
    assert client.get(_address(membership)).status_code == 302

    membership.refresh_from_db()
    assert membership.decision_date is None


def test_a_coordinator_reads_and_does_not_decide_for_a_municipality(client, membership, now):
    sign_in(client, _with_mandate(membership, now, Mandate.Role.COORDINATOR))

    page = client.get(_address(membership))

    assert page.status_code == 200
    assert "decision_body" not in page.content.decode()
    assert client.post(_address(membership), DECISION).status_code == 404


def test_a_mandate_that_ends_while_somebody_is_signed_in_ends_what_he_may(client, membership, now):
    person = _with_mandate(membership, now)
    sign_in(client, person)
    assert client.get(_address(membership)).status_code == 200

    end_mandate(mandate=Mandate.objects.get(person=person), by=None, now=now)

    assert client.post(_address(membership), DECISION).status_code == 404
    membership.refresh_from_db()
    assert membership.decision_date is None


def test_fields_that_the_form_does_not_ask_for_are_not_written(client, membership, now):
    other = make_space("elders").coalition
    sign_in(client, _with_mandate(membership, now))

    client.post(
        _address(membership),
        DECISION | {"coalition": other.pk, "municipality": 1, "accepted_by": 1, "standing": "observer", "pk": 1},
    )

    membership.refresh_from_db()
    assert (membership.coalition.slug, membership.standing) == ("pajotse-velden", Standing.MEMBER)
    assert membership.accepted_by is None


def test_leaving_is_recorded_with_its_last_day(client, now):
    space = make_space("pajotse-velden")
    membership = MembershipFactory(coalition=space.coalition)
    sign_in(client, _with_mandate(membership, now))

    wrong = client.post(_address(membership), {"deed": "leave", "last_day": "2026-01-01"})
    assert "last_day" in wrong.context["leaving"].errors
    assert client.post(_address(membership), {"deed": "leave", "last_day": "2026-12-31"}).status_code == 302

    assert Membership.objects.get().valid_until == date(2026, 12, 31)


def test_my_coalitions_lists_what_somebody_may_do(client, membership, now, django_assert_max_num_queries):
    person = _with_mandate(membership, now)
    sign_in(client, person)

    with django_assert_max_num_queries(20):
        page = client.get("/lidmaatschap/").content.decode()

    assert "Ternat" in page
    assert _address(membership) in page
