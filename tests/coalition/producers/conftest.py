"""A coalition with its coordinator, a member municipality, and what she wrote down after a call."""

import pytest

from coalition.producers import actions
from tests.factories import CoalitionFactory, MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.territory import LocalityFactory

FACTS = {
    "name": "Hoeve De Linde",
    "story": "Melkvee sinds 1962.",
    "enterprise_number": "BE 0403.019.261",
    "contact_name": "Jan Linde",
    "phone": "02 000 00 09",
    "email": "linde@example.org",
    "street": "Dorp 1",
    "postcode": "1755",
    "place": "Gooik",
    "products": [
        {"name": "Hoevemelk", "category": "dairy", "allergen_state": "contains", "allergens": ["milk"],
         "price_cents": 120, "price_unit": "l"},
        {"name": "Prei", "category": "vegetables", "crop": "prei", "allergen_state": "none"},
    ],
    "channels": [{"kind": "farm_shop", "note": "bel even aan"}],
    "labels": [{"kind": "farm_product"}],
    "closures": [{"first_day": "2026-12-24", "last_day": "2027-01-03", "reason": "kerst"}],
}  # fmt: skip


@pytest.fixture
def coalition():
    return CoalitionFactory(slug="pajotse-velden", name="Pajotse Velden")


@pytest.fixture
def coordinator(coalition):
    return MandateFactory(coalition=coalition, person=PersonFactory(email="katrien@example.org")).person


@pytest.fixture
def gooik(coalition):
    municipality = MunicipalityFactory(name_nl="Pajottegem")
    LocalityFactory(municipality=municipality, name="Gooik", postcode="1755")
    MembershipFactory(coalition=coalition, municipality=municipality)
    return municipality


@pytest.fixture
def draft(coalition, coordinator, gooik, now):
    return actions.draft_producer(coalition=coalition, facts=FACTS, by=coordinator, now=now)


@pytest.fixture
def link(draft, coalition, coordinator, now):
    return actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=now)


@pytest.fixture
def token(link):
    from coalition.producers import tokens

    return tokens.to_open(link.pk, link.nonce)
