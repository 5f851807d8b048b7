"""The coordinator's desk of joining; what is not of this coalition does not exist here."""

import pytest

from coalition.membership.actions import give_mandate
from coalition.membership.models import Invitation, JoinRequest, Mandate, Membership
from coalition.membership.rules import Standing
from tests.cms.signing_in import sign_in
from tests.factories import (
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    MunicipalityFactory,
    PersonFactory,
)
from tests.factories.pages import make_space
from tests.factories.territory import LocalityFactory

pytestmark = pytest.mark.django_db
DESK = "/admin/coalities/pajotse-velden/gemeenten/"


@pytest.fixture
def space():
    return make_space("pajotse-velden")


@pytest.fixture
def coordinator(client, space, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return sign_in(client, person)


def test_a_village_leads_to_its_municipality_and_a_former_name_to_what_it_became(coordinator):
    pajottegem = MunicipalityFactory(name_nl="Pajottegem", valid_from="2025-01-01")
    LocalityFactory(municipality=pajottegem, name="Vollezele", postcode="1570")
    MunicipalityFactory(name_nl="Herne", valid_until="2024-12-31", successor=pajottegem)

    for asked in ("Vollezele", "Herne"):
        page = coordinator.get(DESK, {"q": asked})
        [(match, standing)] = page.context["matches"]
        assert (match.municipality, standing) == (pajottegem, None)


def test_inviting_with_an_address_sends_a_letter_and_without_one_only_notes_it(coordinator):
    first, second = MunicipalityFactory(), MunicipalityFactory()

    coordinator.post(DESK, {"deed": "invite", "nis": first.nis})
    coordinator.post(DESK, {"deed": "invite", "nis": second.nis, "email": "lode@example.org"})

    assert {m.standing for m in Membership.objects.all()} == {Standing.INVITED}
    assert Invitation.objects.get().municipality == second


def test_a_wrong_address_is_told_and_nothing_is_invited(coordinator):
    municipality = MunicipalityFactory(name_nl="Lennik")

    page = coordinator.post(DESK, {"deed": "invite", "nis": municipality.nis, "q": "Lennik", "email": "lode"})

    assert page.status_code == 422
    assert 'value="lode"' in page.content.decode()
    assert Membership.objects.count() == Invitation.objects.count() == 0


@pytest.mark.parametrize("deed", ["accept", "withdraw", "accept_request", "decline_request", "withdraw_invitation"])
def test_the_key_of_another_coalition_is_not_found(coordinator, deed):
    other = make_space("elders").coalition
    rows = {
        "accept": MembershipFactory(coalition=other, standing=Standing.REQUESTED),
        "withdraw": MembershipFactory(coalition=other, standing=Standing.INVITED),
        "accept_request": JoinRequestFactory(coalition=other),
        "withdraw_invitation": InvitationFactory(coalition=other),
    }
    rows["decline_request"] = rows["accept_request"]
    before = list(Membership.objects.values()), list(JoinRequest.objects.values()), list(Invitation.objects.values())

    answer = coordinator.post(DESK, {"deed": deed, "pk": rows[deed].pk, "answer": "Neen"})

    assert answer.status_code == 404
    assert before == (
        list(Membership.objects.values()), list(JoinRequest.objects.values()), list(Invitation.objects.values())
    )  # fmt: skip


def test_the_desk_of_another_coalition_does_not_exist(coordinator):
    make_space("elders")

    assert coordinator.get("/admin/coalities/elders/gemeenten/").status_code == 404
    nis = MunicipalityFactory().nis
    assert coordinator.post("/admin/coalities/elders/gemeenten/", {"deed": "invite", "nis": nis}).status_code == 404
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "1 OR 1=1", "²"])
def test_a_key_that_is_none_is_not_found(coordinator, key):
    assert coordinator.post(DESK, {"deed": "accept", "pk": key}).status_code == 404


def test_an_editor_has_no_desk_of_joining(client, space, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=Mandate.Role.EDITOR, by=None, now=now)
    sign_in(client, person)

    assert client.get(DESK).status_code == 404
    assert client.get("/admin/gemeenten/").status_code == 404


def test_whoever_waits_is_answered_there(coordinator, space):
    wish = JoinRequestFactory(coalition=space.coalition)
    assert wish.name in coordinator.get(DESK).content.decode()

    coordinator.post(DESK, {"deed": "accept_request", "pk": wish.pk})

    assert Mandate.objects.filter(municipality=wish.municipality).exists()
    coordinator.get(DESK)  # tells once what was done
    assert wish.name not in coordinator.get(DESK).content.decode()


def test_the_list_costs_the_same_for_one_as_for_sixty(coordinator, space, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    MembershipFactory(coalition=space.coalition)
    coordinator.get(DESK)
    with CaptureQueriesContext(
        connection,
    ) as one:
        coordinator.get(DESK)
    MembershipFactory.create_batch(59, coalition=space.coalition)

    with django_assert_num_queries(len(one)):
        coordinator.get(DESK)
