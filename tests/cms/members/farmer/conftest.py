"""A farm that was written down after a call, and the address that its farmer got by letter."""

import pytest
from django.utils import timezone

from coalition.producers import actions, tokens
from tests.coalition.producers.conftest import FACTS
from tests.factories import MandateFactory, MembershipFactory, PersonFactory
from tests.factories.pages import make_space
from tests.factories.territory import LocalityFactory, MunicipalityFactory


@pytest.fixture
def coalition():
    return make_space("pajotse-velden").coalition


@pytest.fixture
def coordinator(coalition):
    return MandateFactory(coalition=coalition, person=PersonFactory(email="katrien@example.org")).person


@pytest.fixture
def producer(coalition, coordinator):
    municipality = MunicipalityFactory(name_nl="Pajottegem")
    LocalityFactory(municipality=municipality, name="Gooik", postcode="1755")
    MembershipFactory(coalition=coalition, municipality=municipality)
    return actions.draft_producer(coalition=coalition, facts=FACTS, by=coordinator, now=timezone.now())


def door_of(producer, coalition, coordinator) -> str:
    link = actions.ask_producer(producer=producer, coalition=coalition, by=coordinator, now=timezone.now())
    return f"/boer/{tokens.to_open(link.pk, link.nonce)}/"


@pytest.fixture
def own(producer, coalition, coordinator) -> str:
    return door_of(producer, coalition, coordinator)
