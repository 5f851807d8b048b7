"""A coalition that makes a brochure, and a press that has its fonts."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as house

from tests.factories import MembershipFactory, MunicipalityFactory
from tests.factories.pages import make_space
from tests.factories.producers import ProducerFactory

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return NOW


@pytest.fixture
def fonts() -> None:
    if not (house.PRINT_FONTS / "literata").is_dir():
        pytest.skip("node_modules is absent: no fonts to print with")


@pytest.fixture
def space():
    return make_space("pajotse-velden", name="Pajotse Velden")


@pytest.fixture
def lennik(space):
    row = MunicipalityFactory(name_nl="Lennik")
    MembershipFactory(coalition=space.coalition, municipality=row)
    return row


@pytest.fixture
def bever(space):
    row = MunicipalityFactory(name_nl="Bever")
    MembershipFactory(coalition=space.coalition, municipality=row)
    return row


@pytest.fixture
def make(space, lennik):
    """A producer of a member: `make("Hoeve", municipality=...)`; he goes when his municipality does."""

    def made(name, **facts):
        row = ProducerFactory(name=name, **{"municipality": lennik} | facts)
        row.listings.create(coalition=space.coalition, added_at=NOW)
        return row

    return made
