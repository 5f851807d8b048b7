import re

import pytest

from coalition.producers.models import Producer
from tests.factories.pages import make_space
from tests.factories.producers import ProductFactory

pytestmark = pytest.mark.django_db
DIRECTORY = "/pajotse-velden/producenten/"


def names(html):
    return re.findall(r'<h3 lang="nl"><a href="[^"]*">([^<]*)</a>', html)


def test_the_directory_names_producers_by_the_alphabet(make, read):
    make("Zonnehoeve")
    make("Appelhof")

    assert names(read(DIRECTORY)) == ["Appelhof", "Zonnehoeve"]


def test_a_postcode_sorts_by_distance_across_borders(make, read):
    make("Ver", place="Vollezele", latitude=50.76, longitude=4.03)
    make("Dicht", place="Kester", latitude=50.78, longitude=4.12)

    for asked in ("1755", "Gooik", "gooik"):
        html = read(f"{DIRECTORY}?q={asked}")
        assert names(html) == ["Dicht", "Ver"]
        assert "Gooik (Pajottegem)" in html


def test_words_that_are_no_place_are_looked_for_in_names_and_products(make, read):
    make("Appelhof")
    hen = make("Kippenhof")
    Producer.objects.filter(pk=hen.pk).update(offer_text="Eieren", search_text=" kippenhof gooik 1755 eieren")

    assert names(read(f"{DIRECTORY}?q=eieren")) == ["Kippenhof"]
    assert names(read(f"{DIRECTORY}?q=eieren+gooik")) == ["Kippenhof"]


def test_filters_are_words_in_the_address(make, read):
    make("Appelhof")
    ProductFactory(producer=make("Kippenhof"), name="Eieren", category="eggs", crop="")

    assert names(read(f"{DIRECTORY}?soort=eggs")) == ["Kippenhof"]
    assert names(read(f"{DIRECTORY}?soort=onzin")) == ["Appelhof", "Kippenhof"]


def test_all_coalitions_together_stand_at_three_addresses(make, read):
    make("Appelhof")

    for address in ("/producenten/", "/kaart/", "/kaart/lijst/"):
        assert names(read(address)) == ["Appelhof"]


def test_a_producer_of_a_coalition_that_nobody_may_read_is_nowhere(make, read, client, space):
    row = make("Appelhof")
    space.unpublish()

    assert names(read("/producenten/")) == []
    assert client.get(f"/producenten/{row.slug}/").status_code == 404


def test_an_address_of_the_platform_leads_to_the_coalition(make, client):
    row = make("Appelhof")

    assert client.get(f"/producenten/{row.slug}/")["Location"] == f"{DIRECTORY}{row.slug}/"


def test_nobody_leaves_a_cookie_behind(make, client):
    row = make("Appelhof")

    for address in (DIRECTORY, f"{DIRECTORY}?q=1755&open=1", f"{DIRECTORY}{row.slug}/", "/kaart/lijst/"):
        assert client.get(address).cookies == {}


@pytest.mark.parametrize("total", [1, 3])
@pytest.mark.parametrize("asked", ["?zondag=0", "?q=1755", "?q=eieren", "?soort=eggs&open=1", "?zondag=1&seizoen=1"])
def test_a_question_takes_ten_queries_at_most(make, client, django_assert_max_num_queries, total, asked):
    for number in range(total):
        ProductFactory(producer=make(f"Hoeve {number}"), name="Eieren", category="eggs", crop="prei")
    for address in (DIRECTORY, "/producenten/"):
        client.get(f"{address}{asked}")

    with django_assert_max_num_queries(10):
        client.get(f"{DIRECTORY}{asked}")
    with django_assert_max_num_queries(10):
        client.get(f"/producenten/{asked}")


def test_a_coalition_shows_its_own_producers_only(make, read):
    make("Appelhof")
    other = make_space("scheldemeersen")
    make("Zeehof", coalition=other.coalition)

    assert names(read(DIRECTORY)) == ["Appelhof"]
    assert names(read("/producenten/")) == ["Appelhof", "Zeehof"]
