import pytest
from django.test import Client

from coalition.membership import actions
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space


@pytest.fixture
def ours(db):
    return make_space("pajotse-velden").coalition


@pytest.fixture
def theirs(db):
    return make_space("scheldemeersen", name="Geheime Meersen").coalition


@pytest.fixture
def coordinator(ours, now):
    person = PersonFactory(name="Mieke")
    actions.give_mandate(person=person, coalition=ours, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return person


@pytest.fixture
def desk(coordinator) -> Client:
    return sign_in(Client(), coordinator)
