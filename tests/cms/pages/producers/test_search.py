import pytest

from coalition.producers.models import Producer

pytestmark = pytest.mark.django_db


def found(client, words):
    return client.get("/zoeken/", {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["zeven schoven", "kester", "eieren", "EIER"])
def test_a_producer_is_found_by_name_place_and_product(make, client, words):
    row = make("Hoeve Zeven Schoven", place="Kester", offer_text="Eieren")

    assert f'href="/pajotse-velden/producenten/{row.slug}/"' in found(client, words)


def test_who_may_not_be_seen_is_not_found(make, client):
    make("Geheime hoeve", state=Producer.State.DRAFT)

    assert "producenten/hoeve" not in found(client, "geheime")


@pytest.mark.parametrize("total", [1, 3])
def test_the_queries_do_not_grow(make, client, django_assert_max_num_queries, total):
    for number in range(total):
        make(f"Hoeve {number}", offer_text="Eieren")
    found(client, "eieren")

    with django_assert_max_num_queries(12):
        found(client, "eieren")
