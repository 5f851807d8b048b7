"""A municipality becomes a member by two sides, in either order, and leaves by its own."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.mail.models import Letter
from coalition.membership.actions import (
    accept_membership,
    invite_municipality,
    leave,
    record_decision,
    record_membership,
    sync_groups,
    withdraw_membership,
)
from coalition.membership.models import Mandate, Membership
from coalition.membership.queries import history_of
from coalition.membership.rules import Standing
from tests.factories import MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory

pytestmark = pytest.mark.django_db

DECISION = {
    "decision_body": "gemeenteraad",
    "decision_date": date(2026, 11, 16),
    "decision_url": "https://raad.example.org/1",
    "valid_from": date(2027, 1, 1),
    "delegates": [("Els Ternat", "alderman")],
}


def _speaks_for(membership):
    return MandateFactory(
        coalition=membership.coalition, municipality=membership.municipality, role=Mandate.Role.REPRESENTATIVE
    ).person


@pytest.fixture
def requested():
    return MembershipFactory(standing=Standing.REQUESTED, decision_body="", decision_date=None, valid_from=None)


@pytest.fixture
def coordinator(requested):
    return MandateFactory(coalition=requested.coalition).person


def test_the_councils_decision_alone_makes_no_member(requested, coordinator, now):
    membership = record_decision(membership=requested, by=_speaks_for(requested), now=now, **DECISION)

    assert membership.state_on(date(2027, 6, 1)) == Standing.REQUESTED
    assert [letter.facts["occasion"] for letter in Letter.objects.filter(to=coordinator.email)] == ["decided_waits"]


def test_decision_and_acceptance_make_a_member_from_the_first_day_on(requested, coordinator, now):
    record_decision(membership=requested, by=_speaks_for(requested), now=now, **DECISION)

    membership = accept_membership(membership=requested, by=coordinator, now=now)

    assert membership.state_on(date(2026, 12, 31)) == Standing.PLANNED
    assert membership.state_on(date(2027, 1, 1)) == Standing.MEMBER
    assert [(one.name, one.office) for one in membership.delegates.all()] == [("Els Ternat", "alderman")]


def test_whoever_was_invited_is_a_member_by_his_decision_and_the_coordinator_gets_one_letter(now):
    mandate = MandateFactory()
    municipality = MunicipalityFactory()
    invited = invite_municipality(coalition=mandate.coalition, nis=municipality.nis, by=mandate.person, now=now)
    assert invited.state_on(date(2027, 6, 1)) == Standing.INVITED

    membership = record_decision(membership=invited, by=_speaks_for(invited), now=now, **DECISION)

    assert membership.state_on(date(2027, 6, 1)) == Standing.MEMBER
    assert [letter.facts["occasion"] for letter in Letter.objects.filter(to=mandate.person.email)] == ["decided"]


def test_history_tells_who_did_what_and_when(requested, coordinator, now):
    representative = _speaks_for(requested)
    record_decision(membership=requested, by=representative, now=now, **DECISION)
    accept_membership(membership=requested, by=coordinator, now=now + timedelta(hours=1))

    told = [(entry.verb, entry.by, entry.at) for entry in history_of(requested)]

    assert told == [
        (Verb.MEMBER_ACCEPTED, coordinator, now + timedelta(hours=1)),
        (Verb.DECISION_RECORDED, representative, now),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decision_date": date(2025, 12, 31), "valid_from": date(2026, 1, 1)}, "decision_date"),
        ({"valid_from": date(2026, 11, 15)}, "valid_from"),
        ({"valid_until": date(2026, 12, 31)}, "valid_until"),
        ({"delegates": []}, "delegate_name"),
        ({"delegates": [("Els", "civil servant")]}, "delegate_office"),
        ({"delegates": [("Els", "mayor"), ("Els", "alderman")]}, "delegate_name"),
    ],
)
def test_an_impossible_decision_is_refused_beside_its_field_and_nothing_is_written(requested, wrong, field, now):
    with pytest.raises(Refusal) as refusal:
        record_decision(membership=requested, by=_speaks_for(requested), now=now, **DECISION | wrong)

    assert refusal.value.field == field
    requested.refresh_from_db()
    assert requested.decision_date is None
    assert Entry.objects.count() == Letter.objects.count() == 0


def test_a_decision_of_the_day_of_founding_is_good(requested, now):
    founded = requested.coalition.founded_on
    facts = DECISION | {"decision_date": founded, "valid_from": founded}

    assert record_decision(membership=requested, by=_speaks_for(requested), now=now, **facts).decision_date == founded


def test_nobody_records_a_decision_for_another_municipality(requested, coordinator, now):
    neighbour = _speaks_for(MembershipFactory(coalition=requested.coalition))
    elsewhere = _speaks_for(MembershipFactory(municipality=requested.municipality))
    superuser = PersonFactory(is_superuser=True)

    for stranger in (neighbour, elsewhere, coordinator, superuser, PersonFactory()):
        with pytest.raises(Refusal, match="speaks for"):
            record_decision(membership=requested, by=stranger, now=now, **DECISION)

    requested.refresh_from_db()
    assert requested.decision_date is None


def test_whose_mandate_has_ended_records_nothing_any_more(requested, now):
    person = _speaks_for(requested)
    Mandate.objects.update(valid_from=date(2026, 1, 1), valid_until=date(2026, 11, 23))

    with pytest.raises(Refusal, match="speaks for"):
        record_decision(membership=requested, by=person, now=now, **DECISION)


def test_a_coordinator_cannot_make_a_member_without_its_council(requested, coordinator, now):
    with pytest.raises(Refusal, match="own council"):
        record_membership(
            coalition=requested.coalition, nis=requested.municipality.nis, standing=Standing.MEMBER,
            decision_date=date(2026, 11, 1), valid_from=date(2026, 11, 1), by=coordinator, now=now,
        )  # fmt: skip

    membership = accept_membership(membership=requested, by=coordinator, now=now)
    assert membership.standing == Standing.REQUESTED


def test_a_municipality_that_stands_in_the_coalition_is_not_invited_again(requested, coordinator, now):
    with pytest.raises(Refusal, match="already stands"):
        invite_municipality(coalition=requested.coalition, nis=requested.municipality.nis, by=coordinator, now=now)

    assert Membership.objects.count() == 1


def test_only_a_coordinator_of_this_coalition_accepts(requested, now):
    elsewhere = MandateFactory().person
    editor = MandateFactory(coalition=requested.coalition, role=Mandate.Role.EDITOR).person

    for stranger in (elsewhere, editor, _speaks_for(requested)):
        with pytest.raises(Refusal, match="coordinator"):
            accept_membership(membership=requested, by=stranger, now=now)

    requested.refresh_from_db()
    assert requested.accepted_at is None


def test_the_second_coordinator_is_told_who_accepted_first(requested, coordinator, now):
    second = MandateFactory(coalition=requested.coalition).person
    accept_membership(membership=requested, by=coordinator, now=now)

    with pytest.raises(Refusal, match=coordinator.name):
        accept_membership(membership=requested, by=second, now=now)

    assert Entry.objects.filter(verb=Verb.MEMBER_ACCEPTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_accept_at_once_one_succeeds_and_one_letter_leaves(now):
    membership = MembershipFactory(standing=Standing.REQUESTED)
    representative = _speaks_for(membership)
    people = [MandateFactory(coalition=membership.coalition).person for _ in range(2)]
    barrier, answers = Barrier(2), []

    def accept(person):
        barrier.wait()
        try:
            accept_membership(membership=membership, by=person, now=now)
            answers.append("accepted")
        except Refusal:
            answers.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=accept, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(answers) == ["accepted", "refused"]
    assert Letter.objects.filter(to=representative.email).count() == 1
    assert Entry.objects.filter(verb=Verb.MEMBER_ACCEPTED).count() == 1


def test_leaving_takes_effect_after_its_last_day_and_earlier_reports_stay(now):
    membership = MembershipFactory()
    person = _speaks_for(membership)
    coordinator = MandateFactory(coalition=membership.coalition).person

    leave(membership=membership, last_day=date(2026, 12, 31), by=person, now=now)

    membership.refresh_from_db()
    assert membership.state_on(date(2026, 12, 31)) == Standing.MEMBER
    assert membership.state_on(date(2027, 1, 1)) == Standing.LEFT
    assert membership.state_on(date(2026, 6, 1)) == Standing.MEMBER
    assert {letter.to for letter in Letter.objects.all()} == {coordinator.email, person.email}


def test_who_left_is_out_of_the_members_group_from_the_next_day_on(now):
    membership = MembershipFactory()
    person = _speaks_for(membership)
    leave(membership=membership, last_day=date(2026, 11, 24), by=person, now=now)
    assert person.groups.filter(name__endswith="-members").exists()

    sync_groups(coalition=membership.coalition, now=now + timedelta(days=1))

    assert not person.groups.exists()


def test_who_is_only_invited_does_not_read_the_members_pages(now):
    membership = MembershipFactory(standing=Standing.INVITED)
    person = _speaks_for(membership)

    sync_groups(coalition=membership.coalition, now=now)

    assert not person.groups.exists()


def test_who_left_may_come_back_and_the_earlier_membership_keeps_its_dates(now):
    left = MembershipFactory(valid_until=date(2026, 6, 30))
    coordinator = MandateFactory(coalition=left.coalition).person

    again = invite_municipality(coalition=left.coalition, nis=left.municipality.nis, by=coordinator, now=now)
    record_decision(membership=again, by=_speaks_for(again), now=now, **DECISION)

    left.refresh_from_db()
    assert (left.valid_from, left.valid_until) == (date(2026, 2, 1), date(2026, 6, 30))
    assert Membership.objects.count() == 2


def test_nobody_takes_another_municipality_out(now):
    membership = MembershipFactory()
    coordinator = MandateFactory(coalition=membership.coalition).person

    with pytest.raises(Refusal):
        leave(membership=membership, last_day=date(2026, 12, 31), by=coordinator, now=now)
    with pytest.raises(Refusal, match="own decision"):
        withdraw_membership(membership=membership, by=coordinator, now=now)

    assert Membership.objects.get().valid_until is None


def test_leaving_before_the_first_day_is_refused_beside_the_day(now):
    membership = MembershipFactory(valid_from=date(2026, 2, 1))

    with pytest.raises(Refusal) as refusal:
        leave(membership=membership, last_day=date(2026, 1, 31), by=_speaks_for(membership), now=now)

    assert refusal.value.field == "last_day"


def test_leaving_twice_is_refused(now):
    membership = MembershipFactory(valid_until=date(2026, 11, 1))

    with pytest.raises(Refusal, match="left already"):
        leave(membership=membership, last_day=date(2026, 12, 1), by=_speaks_for(membership), now=now)


def test_an_invitation_to_a_municipality_is_withdrawn_and_its_history_stays(now):
    mandate = MandateFactory()
    invited = invite_municipality(
        coalition=mandate.coalition, nis=MunicipalityFactory().nis, by=mandate.person, now=now
    )  # fmt: skip

    withdraw_membership(membership=invited, by=mandate.person, now=now)

    assert Membership.objects.count() == 0
    assert [entry.verb for entry in history_of(invited)] == [Verb.MEMBER_WITHDRAWN, Verb.MEMBER_INVITED]
