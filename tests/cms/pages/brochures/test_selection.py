"""Which producers stand in a brochure, and in which order."""

import pytest

from cms.pages.brochures.selection import producers_of
from coalition.base.dates import local_day
from coalition.producers.models import Producer
from coalition.producers.words import Category, ChannelKind, LabelKind
from tests.cms.pages.brochures.conftest import NOW
from tests.factories.pages import make_space, publish_brochure
from tests.factories.producers import LabelFactory, ProducerFactory, ProductFactory, SalesChannelFactory

pytestmark = pytest.mark.django_db
DAY = local_day(NOW)


def names(page) -> list[str]:
    return [row.name for row in producers_of(page, DAY)]


def test_without_a_filter_all_public_producers_stand_in_it_by_name(space, make):
    make("Zavelhof")
    make("Ämbachtshof")
    make("Bosuil", state=Producer.State.DRAFT)

    assert names(publish_brochure(space)) == ["Ämbachtshof", "Zavelhof"]


@pytest.mark.parametrize(
    ("filters", "factory", "facts"),
    [
        ({"category": Category.EGGS}, ProductFactory, {"category": Category.EGGS}),
        ({"channel": ChannelKind.VENDING_MACHINE}, SalesChannelFactory, {"kind": ChannelKind.VENDING_MACHINE}),
        ({"label": LabelKind.ORGANIC}, LabelFactory, {}),
    ],
)
def test_a_filter_takes_those_who_answer_to_it(space, make, filters, factory, facts):
    make("Zonder")
    factory(producer=make("Met"), **facts)

    assert names(publish_brochure(space, **filters)) == ["Met"]


def test_a_municipality_takes_its_own(space, make, bever):
    make("In Lennik")
    make("In Bever", municipality=bever)

    assert names(publish_brochure(space, municipality=bever)) == ["In Bever"]


def test_by_municipality_the_municipalities_come_first(space, make, bever):
    make("Aalbes")
    make("Zuring", municipality=bever)

    assert names(publish_brochure(space, order="municipality")) == ["Zuring", "Aalbes"]


def test_who_is_chosen_by_hand_stands_first_in_that_order_whatever_the_filter_says(space, make, bever):
    last, first, _other = make("Aalbes"), make("Boerenhof"), make("Zavelhof", municipality=bever)

    page = publish_brochure(space, municipality=bever, order="hand", picks=[(first, "in"), (last, "in")])

    assert names(page) == ["Boerenhof", "Aalbes", "Zavelhof"]


def test_only_who_is_chosen_stands_in_it_when_the_editor_says_so(space, make):
    make("Aalbes")
    page = publish_brochure(space, only_picked=True, picks=[(make("Zavelhof"), "in")])

    assert names(page) == ["Zavelhof"]


def test_who_is_left_out_stays_out_even_when_he_is_chosen_too(space, make):
    out = make("Aalbes")
    make("Zavelhof")

    assert names(publish_brochure(space, picks=[(out, "in"), (out, "out")])) == ["Zavelhof"]


def test_a_producer_of_the_neighbours_never_stands_in_it(space, make):
    neighbour = ProducerFactory(name="Van de buren", coalition=make_space("scheldemeersen").coalition)
    make("Van ons")

    assert names(publish_brochure(space, picks=[(neighbour, "in")])) == ["Van ons"]


def test_it_takes_the_same_queries_for_one_and_for_three(space, make, django_assert_num_queries):
    ProductFactory(producer=make("Een"))
    page = publish_brochure(space)
    page.coalition_page  # noqa: B018
    with django_assert_num_queries(7):
        producers_of(page, DAY)

    for name in ("Twee", "Drie"):
        ProductFactory(producer=make(name))
    with django_assert_num_queries(7):
        assert len(producers_of(page, DAY)) == 3
