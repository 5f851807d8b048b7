import json

import pytest
from wagtail.models import PageViewRestriction

from tests.cms.pages.test_places import placed
from tests.factories import MembershipFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
DOOR = "/kaart/gemeenten.geojson"


@pytest.fixture
def space():
    space = make_space("pajotse-velden")
    MembershipFactory(coalition=space.coalition, municipality=placed("Lennik", 4.15, nis="23104"))
    MembershipFactory(coalition=space.coalition, municipality=placed("Halle", 4.23, nis="23027"), standing="observer")
    MembershipFactory(coalition=space.coalition, municipality=placed("Dilbeek", 4.26, nis="23016"), standing="invited")
    return space


def test_outlines_are_served_with_public_facts_only(client, space):
    answer = client.get(DOOR, {"coalitie": "pajotse-velden"})

    features = answer.json()["features"]
    assert answer["Content-Type"] == "application/geo+json"
    assert [feature["id"] for feature in features] == ["23104", "23027"]
    assert features[0]["properties"] == {
        "nis": "23104", "name_nl": "Lennik", "name_fr": "", "schematic": True, "source": "schets",
        "coalitions": [{"slug": "pajotse-velden", "standing": "member"}],
    }  # fmt: skip
    assert features[0]["geometry"]["type"] == "Polygon"


def test_all_coalitions_together_name_each_municipality_once(client, space):
    other = make_space("andere")
    MembershipFactory(
        coalition=other.coalition, municipality=space.coalition.memberships.get(municipality__nis="23104").municipality
    )

    features = client.get(DOOR).json()["features"]

    assert len(features) == 2
    assert {one["slug"] for one in features[0]["properties"]["coalitions"]} == {"pajotse-velden", "andere"}


@pytest.mark.parametrize("slug", ["", "geen", "../etc", "\x00"])
def test_an_unknown_coalition_is_not_found(client, space, slug):
    assert client.get(DOOR, {"coalitie": slug}).status_code == 404


def test_a_hidden_coalition_is_not_served(client, space):
    PageViewRestriction.objects.create(page=space, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(DOOR, {"coalitie": "pajotse-velden"}).status_code == 404
    assert client.get(DOOR).json()["features"] == []


def test_what_has_not_changed_is_not_sent_again(client, space):
    first = client.get(DOOR)

    again = client.get(DOOR, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert "max-age=300" in first["Cache-Control"]
    assert not first.cookies


def test_a_browser_that_can_unpack_gets_it_packed_and_may_ask_again(client, space):
    packed = client.get(DOOR, headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    again = client.get(DOOR, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304


def test_hostile_names_are_data(client):
    space = make_space("pajotse-velden")
    name = "</script><script>alert(1)</script>"
    MembershipFactory(coalition=space.coalition, municipality=placed(name, 4.15))

    answer = client.get(DOOR)

    assert json.loads(answer.content)["features"][0]["properties"]["name_nl"] == name
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_reading_is_possible(client, space):
    assert client.post(DOOR).status_code == 405


@pytest.mark.parametrize("members", [1, 15])
def test_the_queries_do_not_grow_with_the_members(client, django_assert_max_num_queries, members):
    space = make_space("pajotse-velden")
    for number in range(members):
        MembershipFactory(coalition=space.coalition, municipality=placed(f"Gemeente {number}", 4.0 + number / 100))

    with django_assert_max_num_queries(4):
        client.get(DOOR)
