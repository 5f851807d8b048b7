"""A coalition with a directory, and a place to look from."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import MembershipFactory, MunicipalityFactory
from tests.factories.pages import make_space
from tests.factories.producers import ProducerFactory
from tests.factories.territory import LocalityFactory

# A Tuesday in November, half past ten in Brussels.
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is a Tuesday in November, whatever the day on which the tests run."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return NOW


@pytest.fixture
def space():
    return make_space("pajotse-velden", name="Pajotse Velden")


@pytest.fixture
def pajottegem(space):
    """A member, in which Gooik was a municipality once."""
    row = MunicipalityFactory(nis="23106", name_nl="Pajottegem", latitude=50.7572, longitude=4.0476)
    MunicipalityFactory(
        nis="23024", name_nl="Gooik", latitude=50.7953, longitude=4.1180, successor=row, valid_until=date(2024, 12, 31)
    )
    for postcode, name in (("1755", "Gooik"), ("1755", "Kester"), ("1570", "Vollezele")):
        LocalityFactory(municipality=row, postcode=postcode, name=name)
    MembershipFactory(coalition=space.coalition, municipality=row)
    return row


@pytest.fixture
def make(space, pajottegem):
    """Write a confirmed producer of this coalition: `make("Hoeve", place=..., latitude=..., longitude=...)`."""

    def made(name="Hoeve Zeven Schoven", **facts):
        facts = {"municipality": pajottegem, "coalition": space.coalition} | facts
        return ProducerFactory(name=name, **facts)

    return made


@pytest.fixture
def read(client):
    """The text of a page that must be there."""

    def reader(address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    return reader
