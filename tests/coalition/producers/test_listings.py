"""In which coalitions a producer is found: through his municipality, as a guest with a reason, and after a merger."""

from datetime import date

import pytest

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions, queries
from coalition.producers.models import Listing, Producer
from tests.factories import CoalitionFactory, MembershipFactory, MunicipalityFactory
from tests.factories.producers import ListingFactory, ProducerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere():
    return ProducerFactory(coalition=CoalitionFactory())


def shown(coalition, now):
    return list(queries.public(local_day(now), coalition))


def test_a_producer_of_elsewhere_is_a_guest_with_a_reason(elsewhere, coalition, coordinator, now):
    who = {"producer": elsewhere, "coalition": coalition, "by": coordinator, "now": now}
    actions.list_producer(**who)
    assert shown(coalition, now) == []

    with pytest.raises(Refusal, match="Give a reason"):
        actions.list_producer(as_guest=True, reason="  ", **who)
    actions.list_producer(as_guest=True, reason="vlak over de grens", **who)

    assert shown(coalition, now) == [elsewhere]
    assert Listing.objects.filter(coalition=coalition).count() == 1


def test_a_draft_of_others_is_not_listed(coalition, coordinator, now):
    draft = ProducerFactory(coalition=CoalitionFactory(), state=Producer.State.DRAFT)

    with pytest.raises(Refusal, match="has not confirmed"):
        actions.list_producer(producer=draft, coalition=coalition, by=coordinator, now=now)


def test_who_is_taken_from_the_list_stays_with_others(coalition, coordinator, gooik, now):
    producer = ProducerFactory(municipality=gooik, coalition=coalition)
    other = ListingFactory(producer=producer)

    for _twice in range(2):
        actions.unlist_producer(producer=producer, coalition=coalition, by=coordinator, now=now)

    assert shown(coalition, now) == []
    assert shown(other.coalition, now) == [producer]
    assert Entry.objects.filter(verb=Verb.PRODUCER_UNLISTED).count() == 1


def test_when_a_municipality_leaves_its_producers_are_no_longer_found_there(coalition, now):
    leaving = MembershipFactory(coalition=coalition, valid_until=local_day(now))
    producer = ProducerFactory(municipality=leaving.municipality)
    ListingFactory(producer=producer, coalition=coalition, as_guest=False, reason="")

    assert list(queries.public(local_day(now), coalition)) == [producer]
    assert list(queries.public(date(2026, 11, 25), coalition)) == []


def test_producers_follow_a_merger_once(coalition, now):
    new = MunicipalityFactory(name_nl="Pajottegem", valid_from="2026-01-01")
    old = MunicipalityFactory(name_nl="Gooik", valid_until="2025-12-31", successor=new)
    stays, moves = ProducerFactory(), ProducerFactory(municipality=old)

    assert actions.follow_mergers_due(now=now) == 1
    assert actions.follow_mergers_due(now=now) == 0

    moves.refresh_from_db()
    assert moves.municipality == new
    assert Entry.objects.filter(verb=Verb.PRODUCER_MOVED).count() == 1
    assert stays.municipality != new
