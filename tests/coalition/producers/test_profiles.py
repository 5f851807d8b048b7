"""Drafting, changing, hiding and deleting profiles: what a coalition may do, and what it leaves."""

from datetime import timedelta

import pytest

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions, queries
from coalition.producers.facts import FactsRefusal
from coalition.producers.models import FarmerLink, Listing, Producer, ProducerDraft
from tests.coalition.producers.conftest import FACTS
from tests.factories import CoalitionFactory, MandateFactory, PersonFactory
from tests.factories.membership import Mandate
from tests.factories.producers import ListingFactory, ProducerFactory

pytestmark = pytest.mark.django_db
State = Producer.State


def told(verb):
    return Entry.objects.filter(verb=verb).count()


def test_a_drafted_producer_stands_in_its_municipality_and_nobody_sees_it(draft, coalition, gooik, now):
    assert draft.state == State.DRAFT
    assert draft.slug == "hoeve-de-linde"
    assert draft.enterprise_number == "0403019261"
    assert draft.municipality == gooik
    assert draft.offer_text == "Hoevemelk Prei"
    assert [product.name for product in draft.products.all()] == ["Hoevemelk", "Prei"]
    assert Listing.objects.get().coalition == coalition
    assert told(Verb.PRODUCER_DRAFTED) == 1
    assert not queries.public(local_day(now)).exists()


def test_only_a_coordinator_drafts(coalition, now):
    stranger = MandateFactory(coalition=CoalitionFactory()).person

    with pytest.raises(Refusal, match="Only a coordinator"):
        actions.draft_producer(coalition=coalition, facts=FACTS, by=stranger, now=now)

    assert not Producer.objects.exists()


def test_a_profile_that_is_wrong_is_not_written_at_all(coalition, coordinator, now):
    wrong = FACTS | {"enterprise_number": "0403.019.262", "products": [{"name": "", "category": "dairy"}]}

    with pytest.raises(FactsRefusal) as refused:
        actions.draft_producer(coalition=coalition, facts=wrong, by=coordinator, now=now)

    assert set(refused.value.problems) == {"enterprise_number", "products.0.name"}
    assert not Producer.objects.exists()
    assert not Entry.objects.exists()


def test_two_of_a_name_get_two_addresses_and_a_third_a_number(coalition, coordinator, gooik, now):
    made = [actions.draft_producer(coalition=coalition, facts=FACTS, by=coordinator, now=now) for _n in range(3)]

    assert [one.slug for one in made] == ["hoeve-de-linde", "hoeve-de-linde-gooik", "hoeve-de-linde-2"]


def test_a_name_without_letters_gets_an_address_too(coalition, coordinator, gooik, now):
    made = actions.draft_producer(coalition=coalition, facts=FACTS | {"name": "???"}, by=coordinator, now=now)

    assert made.slug == "producent"


def test_changing_a_draft_changes_it_at_once(draft, coalition, coordinator, now):
    actions.change_producer(
        producer=draft, coalition=coalition, facts=FACTS | {"name": "De Linde", "products": []}, by=coordinator, now=now
    )

    draft.refresh_from_db()
    assert draft.name == "De Linde"
    assert draft.products.count() == 0
    assert not ProducerDraft.objects.exists()


def test_changing_a_confirmed_profile_waits_for_the_farmer(coalition, coordinator, gooik, now):
    producer = ProducerFactory(name="De Linde", municipality=gooik, coalition=coalition)

    actions.change_producer(
        producer=producer, coalition=coalition, facts=FACTS | {"name": "Anders"}, by=coordinator, now=now
    )

    producer.refresh_from_db()
    assert producer.name == "De Linde"
    assert producer.draft.facts["name"] == "Anders"
    assert list(queries.waiting_for_farmer(coalition)) == [producer]
    actions.discard_change(producer=producer, coalition=coalition, by=coordinator, now=now)
    assert not ProducerDraft.objects.exists()


def test_another_address_closes_the_link_that_went_to_the_old_one(draft, link, coalition, coordinator, now):
    change = {"producer": draft, "coalition": coalition, "by": coordinator, "now": now}
    actions.change_producer(facts=FACTS | {"name": "De Linde"}, **change)
    assert FarmerLink.objects.get().used_at is None

    actions.change_producer(facts=FACTS | {"email": "anders@example.org"}, **change)

    assert FarmerLink.objects.get().used_at == now


def test_who_speaks_for_the_municipality_keeps_its_producers_and_no_others(draft, coalition, gooik, now):
    mayor = MandateFactory(coalition=coalition, role=Mandate.Role.REPRESENTATIVE, municipality=gooik).person
    elsewhere = ProducerFactory(coalition=coalition, state=State.DRAFT)

    actions.change_producer(producer=draft, coalition=coalition, facts=FACTS, by=mayor, now=now)

    with pytest.raises(Refusal, match="Only a coordinator"):
        actions.change_producer(producer=elsewhere, coalition=coalition, facts=FACTS, by=mayor, now=now)


def test_a_coordinator_may_not_touch_whom_her_coalition_does_not_list(coordinator, coalition, now):
    foreign = ProducerFactory(coalition=CoalitionFactory())
    deeds = [
        lambda **who: actions.change_producer(facts=FACTS, **who),
        actions.hide_producer,
        actions.delete_draft,
        actions.discard_change,
        actions.ask_producer,
        lambda **who: actions.confirm_by_phone(facts=FACTS, declarations={}, **who),
        lambda **who: actions.add_photo(raw=b"", alt="x", **who),
    ]

    for deed in deeds:
        with pytest.raises(Refusal, match="is not looked after by"):
            deed(producer=foreign, coalition=coalition, by=coordinator, now=now)

    foreign.refresh_from_db()
    assert foreign.state == State.CONFIRMED
    assert not Entry.objects.exists()


def test_somebody_without_a_mandate_may_do_nothing(draft, coalition, now):
    with pytest.raises(Refusal, match="Only a coordinator"):
        actions.hide_producer(producer=draft, coalition=coalition, by=PersonFactory(), now=now)


def test_a_hidden_profile_is_gone_from_the_site_at_once(coalition, coordinator, gooik, now):
    producer = ProducerFactory(municipality=gooik, coalition=coalition)
    assert queries.public(local_day(now)).exists()

    for _twice in range(2):
        actions.hide_producer(producer=producer, coalition=coalition, by=coordinator, now=now)

    assert not queries.public(local_day(now)).exists()
    assert told(Verb.PRODUCER_HIDDEN) == 1


def test_a_draft_can_be_deleted_and_a_confirmed_profile_cannot(draft, coalition, coordinator, gooik, now):
    confirmed = ProducerFactory(municipality=gooik, coalition=coalition)
    who = {"coalition": coalition, "by": coordinator, "now": now}

    with pytest.raises(Refusal, match="hide it instead"):
        actions.delete_draft(producer=confirmed, **who)
    actions.delete_draft(producer=draft, **who)

    assert list(Producer.objects.all()) == [confirmed]
    assert told(Verb.PRODUCER_DELETED) == 1


def test_a_draft_that_another_coalition_lists_stays(draft, coalition, coordinator, now):
    ListingFactory(producer=draft)

    with pytest.raises(Refusal, match="Another coalition"):
        actions.delete_draft(producer=draft, coalition=coalition, by=coordinator, now=now)


def test_what_a_farmer_has_not_confirmed_for_a_year_is_found(coalition, gooik, now):
    old = ProducerFactory(coalition=coalition, confirmed_at=now - timedelta(days=400))
    ProducerFactory(coalition=coalition, confirmed_at=now - timedelta(days=300))

    assert list(queries.unconfirmed_for_a_year(queries.of_coalition(coalition), local_day(now))) == [old]
