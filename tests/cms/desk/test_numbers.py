import pytest
from django.test import Client

from coalition.activity.models import Entry
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from coalition.territory.models import EnterpriseNumber
from tests.cms.signing_in import sign_in
from tests.factories import MunicipalityFactory, PersonFactory
from tests.factories.evidence import EnterpriseNumberFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
DESK = "/admin/ondernemingsnummers/"
LENNIK = {"nis": "23104", "number": "BE 0207.509.031", "valid_from": "", "valid_until": ""}


@pytest.fixture
def administrator():
    return sign_in(Client(), PersonFactory(is_superuser=True))


def test_a_number_is_recorded_and_shown_as_on_paper(administrator):
    MunicipalityFactory(nis="23104", name_nl="Lennik")

    answer = administrator.post(DESK, LENNIK)

    assert answer.status_code == 302
    assert EnterpriseNumber.objects.get().number == "0207509031"
    assert "0207.509.031" in administrator.get(DESK).content.decode()
    assert Entry.objects.filter(verb="evidence.number").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"nis": "99999"}, {"number": "0431150351"}, {"number": ""}, {"valid_until": "gisteren"}]
)
def test_a_mistake_is_named_and_nothing_is_written(administrator, wrong):
    MunicipalityFactory(nis="23104")

    answer = administrator.post(DESK, LENNIK | wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not EnterpriseNumber.objects.exists()


def test_a_number_is_ended_on_a_day(administrator):
    number = EnterpriseNumberFactory()

    administrator.post(DESK, {"pk": number.pk, "valid_until": "31/12/2024"})

    number.refresh_from_db()
    assert number.valid_until.isoformat() == "2024-12-31"


@pytest.mark.parametrize(("pk", "status"), [("x", 404), ("9" * 30, 404), ("999", 404), (None, 302)])
def test_a_number_that_is_not_there_or_has_no_last_day_is_not_ended(administrator, pk, status):
    number = EnterpriseNumberFactory()

    answer = administrator.post(DESK, {"pk": pk or number.pk, "valid_until": ""})

    assert answer.status_code == status
    assert EnterpriseNumber.objects.get().valid_until is None


def test_a_coordinator_has_no_part_in_it(now):
    space, number = make_space("pajotse-velden"), EnterpriseNumberFactory()
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    client = sign_in(Client(), person)

    assert client.get(DESK).status_code in (302, 403)
    assert client.post(DESK, {"pk": number.pk, "valid_until": "31/12/2024"}).status_code in (302, 403)
    assert EnterpriseNumber.objects.get().valid_until is None


@pytest.mark.parametrize("total", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_many(administrator, total, django_assert_max_num_queries):
    EnterpriseNumberFactory.create_batch(total)
    administrator.get(DESK)

    with django_assert_max_num_queries(20) as captured:
        administrator.get(DESK)

    assert sum("enterprisenumber" in query["sql"] for query in captured.captured_queries) == 1
