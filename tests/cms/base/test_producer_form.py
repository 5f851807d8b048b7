"""The form of a producer's profile: what is typed becomes facts, what is wrong lands beside its field."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from cms.base.producer_form import ProducerForm, differences
from cms.base.producer_form.fields import in_cents
from coalition.producers.facts import EMPTY, clean_facts

PRODUCT = {"name": "Prei", "category": "vegetables", "crop": "prei", "allergen_state": "none", "price_cents": 280,
           "price_unit": "kg", "allergens": [], "may_contain": ["celery"]}  # fmt: skip
LABEL = {"kind": "organic", "name": "", "certificate": "BE-BIO-01-1", "body": "BE-BIO-01", "expires_on": "2027-12-31"}
CHANNEL = {"kind": "farm_shop", "name": "Winkel", "url": "", "opening_hours": "", "note": "", "is_full": True,
           "is_accessible": False}  # fmt: skip
CLOSURE = {"first_day": "2026-12-24", "last_day": "2027-01-03", "reason": "verlof"}
FACTS = EMPTY | {
    "name": "Hoeve Lindehof", "phone": "054 12 34 56", "processes": True, "favv_level": "registered",
    "favv_checked_on": "2026-01-05", "shown": ["phone"],
    "opening_hours": "Mo-Fr 09:00-12:00", "products": [PRODUCT], "labels": [LABEL],
    "channels": [CHANNEL], "closures": [CLOSURE], "latitude": 50.79, "longitude": 4.12,
}  # fmt: skip


def sent(form: ProducerForm, **other) -> QueryDict:
    """What a browser sends of a form as it was shown, with what somebody typed over it."""
    data = QueryDict(mutable=True)
    for part in (form.plain, *(row for each in form.lists for row in each.rows)):
        for bound in part:
            value = bound.value()
            if isinstance(value, list):
                data.setlist(bound.html_name, value)
            elif value is True:
                data[bound.html_name] = "on"
            elif value not in (None, False):
                data[bound.html_name] = str(value)
    for name, value in other.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


@pytest.mark.parametrize("consents", [True, False])
def test_a_profile_that_is_shown_and_sent_back_is_the_same_profile(consents):
    facts, problems = clean_facts(FACTS)
    assert not problems

    form = ProducerForm(sent(ProducerForm(facts=facts, consents=consents)), facts=facts, consents=consents)

    assert form.is_valid()
    assert clean_facts(form.facts()) == (facts, {})


def test_three_empty_rows_stand_below_each_list_and_are_no_rows():
    form = ProducerForm(sent(ProducerForm(facts=FACTS)))

    assert [len(each.rows) for each in ProducerForm(facts=FACTS).lists] == [4, 4, 4, 4]
    assert [len(form.facts()[each.key]) for each in form.lists] == [1, 1, 1, 1]


def test_more_rows_are_asked_for_and_nothing_typed_is_lost():
    form = ProducerForm(sent(ProducerForm(facts=FACTS), **{"more": "products", "products-2-name": "Sjalot"}))

    assert form.wants_more
    products = form.lists[0].rows
    assert [row["name"].value() or "" for row in products[:4]] == ["Prei", "", "Sjalot", ""]
    assert len({row.prefix for row in products}) == len(products)
    assert len(products) == 7


def test_a_row_that_is_taken_away_is_gone():
    form = ProducerForm(sent(ProducerForm(facts=FACTS), **{"products-0-remove": "on", "products-1-name": "Ajuin"}))

    assert [row["name"] for row in form.facts()["products"]] == ["Ajuin"]


def test_what_is_wrong_lands_beside_its_field_even_after_an_empty_row():
    form = ProducerForm(
        sent(ProducerForm(facts=EMPTY), **{"name": "", "products-2-name": "Taart", "products-2-price": "veel"})
    )
    _facts, problems = clean_facts(form.facts())

    form.refuse(problems | {"products": "Te veel."})

    assert form.plain.errors["name"] == [problems["name"]]
    assert set(form.lists[0].rows[2].errors) == {"category", "price"}
    assert form.plain.non_field_errors() == ["Te veel."]
    ids = [wrong.id for wrong in form.wrong]
    assert {"id_name", "id_products-2-category", "id_products-2-price"} <= set(ids)
    assert not form.is_valid()


def test_a_choice_that_was_never_offered_is_refused():
    form = ProducerForm(sent(ProducerForm(facts=FACTS), **{"products-0-allergens": ["arsenic"]}))

    assert not form.is_valid()
    assert form.wrong[0].id.startswith("id_products-0-allergens")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("2,80", "280"), ("2.8", "280"), ("€ 3", "300"), ("12,05 €", "1205"), ("", ""), ("veel", "veel"),
     ("1,234", "1,234"), ("-1", "-1"), ("٣", "٣")],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(typed, cents):
    assert in_cents(typed) == cents


def test_consents_are_not_asked_unless_they_are_and_then_stay_what_they_were():
    quiet = ProducerForm(sent(ProducerForm(facts=FACTS), shown=["email"]), facts=FACTS)

    assert "shown" not in quiet.plain.fields
    assert quiet.facts()["shown"] == ["phone"]
    assert ProducerForm(sent(ProducerForm(facts=FACTS, consents=True), shown=[]), consents=True).facts()["shown"] == []


def test_old_stands_beside_new_in_words():
    new = FACTS | {"phone": "", "favv_level": "", "products": [PRODUCT | {"price_cents": 300}], "closures": []}

    with override("en"):
        found = {each.key: each for each in differences(FACTS, new)}

    assert set(found) == {"phone", "favv_level", "products", "closures"}
    assert (found["phone"].old, found["phone"].new) == (["054 12 34 56"], [])
    assert "3.00 / kg" in found["products"].new[0]
    assert "24 December 2026" in found["closures"].old[0]
    assert differences(FACTS, FACTS) == []


def test_the_hours_are_typed_as_a_week_and_what_is_wrong_stands_beside_the_day():
    week = {"opening_hours-0-0-from": "9:00", "opening_hours-0-0-until": "12.30"}

    good = ProducerForm(sent(ProducerForm(facts=EMPTY), name="Hoeve", **week))
    bad = ProducerForm(sent(ProducerForm(facts=EMPTY), name="Hoeve", **(week | {"opening_hours-0-0-until": "8:00"})))

    assert good.is_valid()
    assert good.facts()["opening_hours"] == "Mo 09:00-12:30"
    assert not bad.is_valid()
    assert [wrong.id for wrong in bad.wrong] == ["id_opening_hours-start"]


def test_a_product_is_told_with_its_allergens_in_words():
    rows = [PRODUCT, PRODUCT | {"allergen_state": "contains", "allergens": ["milk"], "may_contain": []}]
    with override("en"):
        (told,) = [one for one in differences({}, {"products": rows}) if one.key == "products"]

    assert told.new == [
        "Prei, vegetables, Leek, €2.80 / kg, allergens: none, unprocessed, may contain traces of: celery",
        "Prei, vegetables, Leek, €2.80 / kg, allergens: milk",
    ]
