"""What of a producer stands in a brochure: what is public, and what he agreed to show."""

import json

import pytest
from django.utils.translation import override

from cms.pages.brochures.facts import FULL_CALENDAR, brochure_of, paragraphs
from coalition.brochures import paper
from coalition.producers.seasons import CROPS
from tests.cms.pages.brochures.conftest import NOW
from tests.factories.pages import publish_brochure
from tests.factories.producers import (
    ClosureFactory,
    LabelFactory,
    PhotoFactory,
    ProductFactory,
    SalesChannelFactory,
    SeasonFactory,
)

pytestmark = pytest.mark.django_db


def only(page):
    (facts,) = brochure_of(page, now=NOW).producers
    return facts


def test_contact_is_told_as_far_as_he_agreed(space, make):
    hidden = {"phone": "0470 00 00 00", "street": "Dorp 1", "contact_name": "Jan"}
    make("Hoeve", shown=["email"], email="jan@example.org", **hidden)

    facts = only(publish_brochure(space))

    assert [(line.text, line.url) for line in facts.contact] == [("jan@example.org", "mailto:jan@example.org")]
    assert not any(secret in str(facts) for secret in hidden.values())


def test_he_is_told_with_hours_in_words_offer_ways_labels_and_the_address_of_his_page(space, make, settings):
    settings.PUBLIC_URL = "https://coalitie.example.org"
    row = make("Hoeve", slug="hoeve", opening_hours="Sa 09:00-12:00", phone="02 123 45 67", shown=["phone"])
    ProductFactory(producer=row, name="Prei")
    ProductFactory(producer=row, name="Onbeslist", allergen_state="undecided")
    SalesChannelFactory(producer=row)
    LabelFactory(producer=row)
    LabelFactory(producer=row, kind="planetproof", certificate="")
    ClosureFactory(producer=row)

    facts = only(publish_brochure(space))

    assert facts.products == ("Prei",)
    assert "9.00-12.00" in facts.hours
    assert "Sa" not in facts.hours
    assert "24 december 2026" in facts.hours
    assert len(facts.channels) == 1
    assert [label for label in facts.labels if "BE-BIO-01" in label]
    assert len(facts.labels) == 1
    assert facts.url == "https://coalitie.example.org/producenten/hoeve/"
    assert facts.contact[0].url == "tel:021234567"


def test_a_photo_counts_once_the_farmer_said_yes_to_it(space, make):
    row = make("Hoeve")
    PhotoFactory(producer=row, confirmed_at=None)
    assert only(publish_brochure(space)).picture is None

    PhotoFactory(producer=row, file="abc", alt="De winkel")
    picture = only(publish_brochure(space, slug="nog-een")).picture

    assert (picture.file, picture.alt) == ("producers/ab/abc-800.jpg", "De winkel")


def test_the_calendar_shows_crops_as_the_coalition_knows_them(space, make):
    SeasonFactory(coalition=space.coalition, crop="prei", fresh="9-10")
    ProductFactory(producer=make("Hoeve"), crop="prei")

    with override("nl"):
        rows = {row.name: row for row in brochure_of(publish_brochure(space), now=NOW).calendar}

    assert (rows["Prei"].months[8], rows["Prei"].months[0]) == ("fresh", "")
    assert len(rows) > 50, "few crops are no calendar"


def test_a_calendar_of_many_crops_leaves_out_what_nobody_has(space, make):
    row, had = make("Hoeve"), sorted(CROPS)[:FULL_CALENDAR]
    for crop in had:
        ProductFactory(producer=row, crop=crop)

    assert len(brochure_of(publish_brochure(space), now=NOW).calendar) == FULL_CALENDAR


def test_calendar_and_map_stay_away_when_nobody_asked_for_them(space, make):
    make("Hoeve")

    brochure = brochure_of(publish_brochure(space, with_calendar=False, with_map=False), now=NOW)

    assert (brochure.calendar, brochure.map) == ((), None)


def test_an_introduction_is_told_paragraph_by_paragraph_without_marks():
    assert paragraphs("<p>Van <b>hier</b> &amp; nu.</p><ul><li>een</li><li> twee </li></ul><p></p>") == (
        "Van hier & nu.",
        "een",
        "twee",
    )


@pytest.mark.parametrize("form", ["a4", "a5", "booklet"])
def test_the_press_is_told_in_plain_json(space, make, form):
    make("Hoeve", story="Een verhaal 🐔 van tweeduizend tekens. " * 80)

    assert json.dumps(paper.facts(brochure_of(publish_brochure(space), now=NOW), form=form))
