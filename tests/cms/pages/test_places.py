from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.pages import places
from coalition.base.dates import local_day
from coalition.territory.actions import sketch_boundaries
from tests.factories import MembershipFactory, MunicipalityFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


def request():
    return RequestFactory().get("/")


def placed(name, west, **more):
    row = MunicipalityFactory(name_nl=name, latitude=50.75, longitude=west, **more)
    sketch_boundaries(municipalities=[row], source="schets")
    return row


def test_readers_see_members_then_observers_then_who_joins_later_and_nobody_else():
    space = make_space("pajotse-velden")
    tomorrow = local_day(timezone.now()) + timedelta(days=1)
    for name, facts in {
        "Later": {"valid_from": tomorrow},
        "Lid": {"decision_url": "https://example.org/besluit"},
        "Kijker": {"standing": "observer"},
        "Gevraagd": {"standing": "requested"},
        "Genodigd": {"standing": "invited"},
        "Weg": {"valid_until": date(2026, 3, 1)},
    }.items():
        MembershipFactory(coalition=space.coalition, municipality__name_nl=name, **facts)

    members = places.of_coalition(space, request())["members"]

    assert [(m.municipality, m.standing) for m in members] == [
        ("Lid", "member"),
        ("Kijker", "observer"),
        ("Later", "planned"),
    ]
    assert members[0].decision_url == "https://example.org/besluit"


def test_a_member_that_merged_says_into_what():
    space = make_space("pajotse-velden")
    pajottegem = MunicipalityFactory(name_nl="Pajottegem")
    herne = MunicipalityFactory(name_nl="Herne", valid_until=date(2024, 12, 31), successor=pajottegem)
    MembershipFactory(coalition=space.coalition, municipality=herne)

    assert "Pajottegem" in places.of_coalition(space, request())["members"][0].note


def test_the_map_lists_every_municipality_and_draws_those_with_a_boundary():
    space = make_space("pajotse-velden")
    MembershipFactory(coalition=space.coalition, municipality=placed("Lennik", 4.15))
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Zonder")

    shown = places.of_coalition(space, request())["map"]

    assert [(place.name, place.drawn) for place in shown.places] == [("Lennik", True), ("Zonder", False)]
    assert shown.schematic
    assert "Lennik" in shown.svg
    assert shown.data_url == "/kaart/gemeenten.geojson?coalitie=pajotse-velden"


def test_the_map_on_the_page_says_schematic_twice_and_escapes_names():
    space = make_space("pajotse-velden")
    MembershipFactory(coalition=space.coalition, municipality=placed("<script>alert(1)</script>", 4.15))

    html = render_to_string("cms/parts/map.html", {"map": places.of_coalition(space, request())["map"]})

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert " style=" not in html


def test_the_six_latest_public_news_pages_are_shown():
    space = make_space("pajotse-velden")
    published = [publish_news(space, title=f"Nieuws {number}") for number in range(8)]
    PageViewRestriction.objects.create(page=published[-1], restriction_type=PageViewRestriction.LOGIN)

    news = places.of_coalition(space, request())["news"]

    assert len(news) == 6
    assert published[-1].pk not in {page.pk for page in news}


def test_the_front_page_shows_coalitions_with_their_members():
    space = make_space("pajotse-velden")
    MembershipFactory(coalition=space.coalition, municipality=placed("Lennik", 4.15))
    MembershipFactory(coalition=space.coalition, municipality=placed("Halle", 4.23), standing="observer")

    context = places.of_all_coalitions(space.get_parent().specific, request())

    card = context["coalitions"][0]
    assert (card.name, card.members, card.members_count) == (space.coalition.name, ("Lennik",), 1)
    assert card.url.endswith("/pajotse-velden/")
    assert [(place.name, place.words) for place in context["map"].places] == [("Lennik", space.coalition.name)]


def test_a_hidden_coalition_is_not_on_the_front_page():
    space = make_space("pajotse-velden")
    home = space.get_parent().specific
    PageViewRestriction.objects.create(page=space, restriction_type=PageViewRestriction.LOGIN)

    assert places.of_all_coalitions(home, request()) == {"coalitions": [], "map": None}


def test_a_municipality_in_two_coalitions_stands_on_the_map_once():
    one, two = make_space("een"), make_space("twee")
    lennik = placed("Lennik", 4.15)
    for space in (one, two):
        MembershipFactory(coalition=space.coalition, municipality=lennik)

    shown = places.of_all_coalitions(one.get_parent().specific, request())["map"]

    assert [place.kind.key for place in shown.places] == ["several"]
    assert one.coalition.name in shown.places[0].words
    assert two.coalition.name in shown.places[0].words


@pytest.mark.parametrize("members", [1, 12])
def test_the_queries_do_not_grow_with_the_members(django_assert_max_num_queries, members):
    space = make_space("pajotse-velden")
    home = space.get_parent().specific
    for number in range(members):
        MembershipFactory(coalition=space.coalition, municipality=placed(f"Gemeente {number}", 4.0 + number / 100))
        publish_news(space, title=f"Nieuws {number}")
    space.get_url(request())

    with django_assert_max_num_queries(5):
        places.of_coalition(space, request())
    with django_assert_max_num_queries(5):
        places.of_all_coalitions(home, request())


def test_a_coalition_without_members_has_no_map():
    assert places.of_coalition(make_space("leeg"), request())["map"] is None
    assert render_to_string("cms/parts/map.html", {"map": None}).strip() == ""
