"""A profile as people type it: cleaned, or refused with a sentence beside each field."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalition.producers.facts import EMPTY, clean_facts, read_facts
from coalition.producers.models import Producer
from tests.coalition.producers.conftest import FACTS
from tests.factories import MunicipalityFactory
from tests.factories.producers import ProducerFactory


def clean(**facts):
    return clean_facts({"name": "De Linde"} | facts)


def product(**facts):
    return clean(products=[{"name": "Melk", "category": "dairy"} | facts])


def test_an_empty_profile_only_lacks_a_name():
    assert clean_facts({})[1] == {"name": "Fill in a name."}
    assert clean()[0] == EMPTY | {"name": "De Linde"}


def test_texts_are_tidied():
    facts, problems = clean(name=" De\u202e\x00 Linde  ", story=" Een.\r\n\x07Twee. ", place="Gooik\n")

    assert problems == {}
    assert (facts["name"], facts["story"], facts["place"]) == ("De Linde", "Een.\nTwee.", "Gooik")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "x" * 121, "At most 120 characters; these are 121."),
        ("enterprise_number", "0403.019.262", "is not an enterprise number"),
        ("establishment_number", "1.000.000.000", "is not the number of an establishment"),
        ("phone", "bel na zessen", "is not a telephone number"),
        ("email", "linde@", "is not an e-mail address"),
        ("website", "javascript://alert(1)", "is not an address of the web"),
        ("website", "javascript:alert(1)", "is not an address of the web"),
        ("website", "file:///etc/passwd", "is not an address of the web"),
        ("postcode", "0175", "is not a postcode"),
        ("postcode", "１７５５", "is not a postcode"),
        ("favv_level", "certified", "Choose one of the list."),
        ("reach", "fax", "Choose one of the list."),
        ("favv_checked_on", "7 maart", "is not a day"),
        ("shown", ["salary"], "Choose from the list."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(field, text, words):
    facts, problems = clean(**{field: text})

    assert list(problems) == [field]
    assert words in problems[field]


def test_a_website_without_its_beginning_gets_one():
    assert clean(website="www.delinde.be")[0]["website"] == "https://www.delinde.be"


def test_numbers_are_read_as_people_write_them():
    facts, problems = clean(enterprise_number="BE 403.019.261", establishment_number="2.123.456.729")

    assert facts["enterprise_number"] == "0403019261"
    assert "establishment_number" in problems or facts["establishment_number"] == "2123456729"


def test_a_place_is_two_numbers_in_this_country():
    assert clean(latitude="50,795", longitude="4.118")[0]["latitude"] == pytest.approx(50.795)
    assert "latitude" in clean(latitude="50,795")[1]
    assert "latitude" in clean(latitude="nan", longitude="4")[1]


def test_a_product_says_which_allergens_or_that_there_are_none():
    assert product(allergen_state="contains")[1] == {
        "products.0.allergens": "Which ones? Tick at least one, or choose “none, unprocessed”."
    }
    assert product()[0]["products"][0]["allergen_state"] == "undecided"
    assert product(allergen_state="none", allergens=["milk"])[0]["products"][0]["allergens"] == []
    assert product(allergen_state="contains", allergens=["plutonium"])[1]["products.0.allergens"]


def test_a_price_is_for_something():
    assert product(price_cents=280)[1]["products.0.price_unit"].startswith("For how much")
    assert product(price_cents=280, price_unit="kg")[1] == {}
    for wrong in ("2,8", -1, True, "²", 10**9):
        assert product(price_cents=wrong, price_unit="kg")[1] == {
            "products.0.price_cents": "Write a price such as 2,80."
        }


def test_a_channel_elsewhere_needs_its_link():
    assert clean(channels=[{"kind": "platform"}])[1] == {"channels.0.url": "Where can one order there? Give the link."}
    assert clean(channels=[{"kind": "platform", "url": "winkel.example.org"}])[1] == {}


def test_the_last_day_does_not_come_before_the_first():
    problems = clean(closures=[{"first_day": "2027-01-03", "last_day": "2026-12-24"}, {"first_day": "morgen"}])[1]

    assert set(problems) == {"closures.0.last_day", "closures.1.first_day", "closures.1.last_day"}


def test_there_is_an_end_to_rows():
    assert clean(products=[{"name": "x", "category": "fruit"}] * 121)[1] == {"products": "At most 120."}


def test_rows_that_are_no_rows_are_left_out():
    assert clean(products="alles", labels=[1, None], channels={"kind": "market"})[0] == EMPTY | {"name": "De Linde"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*EMPTY, "kind", "category"]), inner),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(list(EMPTY)), anything))
def test_whatever_comes_is_cleaned_or_refused_and_cleaning_twice_changes_nothing(raw):
    facts, problems = clean_facts(raw)

    assert set(facts) == set(EMPTY)
    if not problems:
        assert clean_facts(facts) == (facts, {})


@pytest.mark.django_db
def test_what_is_written_is_read_back_the_same(draft):
    facts, problems = clean_facts(FACTS)

    assert problems == {}
    assert read_facts(draft) == facts


@pytest.mark.django_db
def test_reading_takes_one_query_for_each_list(draft, django_assert_num_queries):
    producer = Producer.objects.get()

    with django_assert_num_queries(4):
        read_facts(producer)


@pytest.mark.django_db
def test_a_point_says_in_which_municipality_he_is_before_the_postcode_does(draft, gooik):
    assert draft.municipality == gooik
    assert ProducerFactory(municipality=MunicipalityFactory()).municipality != gooik
