"""Who waits for whom: what the database sifts is what the rules say of one producer."""

from datetime import date, timedelta

import pytest

from coalition.producers import rules, waiting
from coalition.producers.models import Producer
from coalition.producers.words import FoodAgencyLevel
from tests.factories import CoalitionFactory
from tests.factories.producers import (
    LabelFactory,
    ListingFactory,
    PhotoFactory,
    ProducerFactory,
    ProductFactory,
    SalesChannelFactory,
)

pytestmark = pytest.mark.django_db
WHOLE = {"story": "x", "opening_hours": "Mo 09:00-12:00", "enterprise_number": "0403019261", "favv_level": "primary"}


@pytest.mark.parametrize("empty", [None, *WHOLE, "municipality", "products", "channels", "photos"])
def test_incomplete_is_who_misses_a_part(empty):
    facts = WHOLE | ({empty: None if empty == "municipality" else ""} if empty in (*WHOLE, "municipality") else {})
    producer = ProducerFactory(**facts)
    for name, factory in (("products", ProductFactory), ("channels", SalesChannelFactory), ("photos", PhotoFactory)):
        if name != empty:
            factory.create_batch(2, producer=producer)

    told = waiting.told(Producer.objects.all())

    assert waiting.missing(told.get()) == ([empty] if empty else [])
    assert waiting.incomplete(told).exists() == (empty is not None)
    assert rules.completeness(waiting.missing(told.get())) == (88 if empty else 100)


@pytest.mark.parametrize("level", FoodAgencyLevel.values)
@pytest.mark.parametrize("processes", [True, False])
@pytest.mark.parametrize("resells", [True, False])
def test_undeclared_is_who_lacks_the_food_agency(level, processes, resells):
    producer = ProducerFactory(favv_level=level, processes=processes, sells_third_party=resells)

    assert waiting.undeclared(Producer.objects.all()).exists() == rules.lacks_food_agency(producer)


def test_certificates_that_end_within_two_months_each_for_its_own_coalition():
    ours, theirs, others = CoalitionFactory(), CoalitionFactory(), CoalitionFactory()
    day = date(2026, 11, 24)
    shared = ProducerFactory(coalition=ours)
    ListingFactory(producer=shared, coalition=theirs)
    ListingFactory(producer=shared, coalition=others)
    last, first = (LabelFactory(producer=shared, expires_on=day + timedelta(days=n)) for n in (60, 0))
    for days in (-1, 61):
        LabelFactory(producer=shared, expires_on=day + timedelta(days=days))
    LabelFactory(producer__coalition=ours, producer__state="hidden", expires_on=day)

    found = waiting.labels_to_renew([ours, theirs], day)

    assert sorted(found, key=str) == sorted(
        [(ours.pk, first), (theirs.pk, first), (ours.pk, last), (theirs.pk, last)], key=str
    )
    assert [label for _coalition, label in found][0] == first


def test_producers_are_counted_for_each_coalition_that_lists_them():
    ours, theirs = CoalitionFactory(), CoalitionFactory()
    shared = ProducerFactory(coalition=ours)
    ListingFactory(producer=shared, coalition=theirs)
    ProducerFactory(coalition=ours)

    assert waiting.counts_in([ours], Producer.objects.all()) == {ours.pk: 2}
    assert waiting.counts_in([ours, theirs], Producer.objects.all()) == {ours.pk: 2, theirs.pk: 1}
