from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalition.territory.models import Locality
from tests.factories import MembershipFactory, MunicipalityFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def pajottegem():
    space = make_space("pajotse-velden")
    municipality = MunicipalityFactory(name_nl="Pajottegem", valid_from=date(2025, 1, 1))
    MunicipalityFactory(name_nl="Herne", valid_until=date(2024, 12, 31), successor=municipality)
    Locality.objects.create(municipality=municipality, name="Vollezele", postcode="1570")
    MembershipFactory(coalition=space.coalition, municipality=municipality)
    return municipality


def ask(client, words: str) -> str:
    response = client.get("/gemeente-zoeken/", {"q": words})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_who_looks_for_herne_finds_pajottegem_with_the_day_of_the_merger_and_its_coalition(client, pajottegem):
    page = ask(client, "Herne")

    assert "Pajottegem" in page
    assert "1 januari 2025" in page
    assert 'href="/pajotse-velden/"' in page


@pytest.mark.parametrize("words", ["1570", "vollezele", "PAJOT"])
def test_postcode_village_and_the_beginning_of_a_name_find_it_too(client, pajottegem, words):
    assert 'href="/pajotse-velden/"' in ask(client, words)


def test_a_municipality_outside_every_coalition_says_so(client, pajottegem):
    MunicipalityFactory(name_nl="Galmaarde")

    assert "nog niet in een voedselcoalitie" in ask(client, "Galmaarde")


def test_what_nobody_answers_to_is_said_kindly_and_stays_in_the_field(client, pajottegem):
    page = ask(client, "Zottegem")

    assert "Geen gemeente gevonden" in page
    assert 'value="Zottegem"' in page


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "\x00", "%", "_" * 500, "' OR 1=1 --"])
def test_odd_questions_are_only_words(client, pajottegem, words):
    assert "<script>alert" not in ask(client, words)


def test_ten_answers_cost_the_queries_of_one(client, pajottegem):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            ask(client, "dorp")
        return len(captured)

    MunicipalityFactory(name_nl="Dorp 0")
    one = queries()
    for number in range(1, 9):
        MembershipFactory(municipality=MunicipalityFactory(name_nl=f"Dorp {number}"))

    assert queries() == one
