from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from coalition.activity.models import Entry
from coalition.base.errors import Refusal
from coalition.membership.actions import choose_shared_languages, give_mandate, record_ground, withdraw_ground
from coalition.membership.languages import Choice, Ground, lacking_for_tourists, may_speak, must_be_french
from coalition.membership.models import LanguageGround, Mandate, SharedLanguages
from coalition.membership.rules import Standing
from coalition.membership.voices import voice
from tests.factories import CoalitionFactory, MembershipFactory, MunicipalityFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
WHY = {"purpose": "Seizoenarbeiders lezen geen Nederlands.", "audience": "seizoenarbeiders", "decided_on": DAY}


def person_with(role, coalition, municipality=None):
    person = PersonFactory()
    give_mandate(person=person, coalition=coalition, role=role, municipality=municipality, by=None, now=NOW)
    return person


@pytest.mark.parametrize(("regime", "required"), [("nl", False), ("rand", True), ("taalgrens", True)])
def test_a_corner_is_in_french_too_where_its_municipality_has_facilities(regime, required):
    municipality = MunicipalityFactory(regime=regime)

    speaking = voice(DAY, municipality=municipality)

    assert must_be_french(speaking) is required
    assert may_speak(speaking, "fr") is required
    assert may_speak(speaking, "nl")
    assert not may_speak(speaking, "en")


def test_shared_pages_are_in_french_too_while_a_municipality_with_facilities_is_a_member():
    member = MembershipFactory(municipality__regime="taalgrens", valid_until=date(2026, 11, 24))

    assert must_be_french(voice(DAY, coalition=member.coalition))
    assert not must_be_french(voice(date(2026, 11, 25), coalition=member.coalition))


def test_who_only_observes_binds_nobody():
    observer = MembershipFactory(municipality__regime="taalgrens", standing=Standing.OBSERVER)

    assert not must_be_french(voice(DAY, coalition=observer.coalition))


def test_a_coalition_may_decide_that_its_shared_pages_are_in_dutch_and_french_stays_allowed():
    member = MembershipFactory(municipality__regime="rand")
    coordinator = person_with(Mandate.Role.COORDINATOR, member.coalition)

    choose_shared_languages(
        coalition=member.coalition, choice=Choice.DUTCH, reason="Advies van 3 november.", decided_on=DAY,
        by=coordinator, now=NOW,
    )  # fmt: skip

    speaking = voice(DAY, coalition=member.coalition)
    assert not must_be_french(speaking)
    assert may_speak(speaking, "fr")
    assert Entry.objects.filter(verb="languages.chosen", by=coordinator).exists()


def test_a_choice_says_why_is_not_of_tomorrow_and_is_the_coordinators():
    member = MembershipFactory(municipality__regime="rand")
    facts = {"coalition": member.coalition, "choice": Choice.DUTCH, "now": NOW}

    with pytest.raises(Refusal, match="advice"):
        choose_shared_languages(**facts, reason=" ", decided_on=DAY, by=None)
    with pytest.raises(Refusal, match="future"):
        choose_shared_languages(**facts, reason="x", decided_on=date(2026, 11, 25), by=None)
    with pytest.raises(Refusal, match="coordinator"):
        choose_shared_languages(**facts, reason="x", decided_on=DAY, by=person_with("editor", member.coalition))
    assert SharedLanguages.objects.count() == 0


def test_english_needs_a_recorded_ground_and_loses_it_again():
    coalition = CoalitionFactory()
    assert not may_speak(voice(DAY, coalition=coalition), "en")

    ground = record_ground(
        coalition=coalition, language="en", ground=Ground.TRANSLATION, by=None, now=NOW, **WHY
    )  # fmt: skip
    assert may_speak(voice(DAY, coalition=coalition), "en")
    assert may_speak(voice(DAY), "en"), "the platform carries the coalition"
    assert not may_speak(voice(DAY, coalition=CoalitionFactory()), "en")

    withdraw_ground(ground=ground, by=None, now=NOW)
    assert not may_speak(voice(DAY, coalition=coalition), "en")


def test_a_ground_for_a_municipality_is_recorded_by_who_speaks_for_it_and_by_nobody_else():
    member = MembershipFactory()
    own = person_with(Mandate.Role.REPRESENTATIVE, member.coalition, member.municipality)
    facts = {"municipality": member.municipality, "language": "en", "ground": Ground.TRANSLATION, "now": NOW, **WHY}

    neighbour = MembershipFactory(coalition=member.coalition).municipality
    for other in (
        person_with(Mandate.Role.COORDINATOR, member.coalition),
        person_with(Mandate.Role.REPRESENTATIVE, member.coalition, neighbour),
        PersonFactory(is_superuser=True),
    ):
        with pytest.raises(Refusal, match="Only who speaks"):
            record_ground(**facts, by=other)
    assert record_ground(**facts, by=own).municipality == member.municipality


def test_a_recognised_tourist_centre_shows_its_councils_decision_and_speaks_three_languages():
    municipality = MunicipalityFactory()
    facts = {"municipality": municipality, "language": "en", "ground": Ground.TOURIST, "by": None, "now": NOW, **WHY}

    with pytest.raises(Refusal, match="council"):
        record_ground(**facts)
    record_ground(**facts, decision_url="https://raad.example.org/7")

    speaking = voice(DAY, municipality=municipality)
    assert lacking_for_tourists(speaking, "en", ["nl"]) == {"fr", "de"}
    assert lacking_for_tourists(speaking, "en", ["nl", "fr", "de"]) == set()


def test_the_database_knows_one_voice_for_each_ground():
    with pytest.raises(IntegrityError):
        LanguageGround.objects.create(language="en", purpose="x", audience="y", decided_on=DAY)
