"""When municipalities merge, what they agreed goes on in the one they became."""

from datetime import date

import pytest

from coalition.membership.actions import carry_mergers_due
from coalition.membership.models import Mandate, Membership
from coalition.membership.rules import Standing
from tests.factories import CoalitionFactory, MandateFactory, MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
LAST_DAY, FIRST_DAY = date(2026, 10, 31), date(2026, 11, 1)


@pytest.fixture
def successor():
    return MunicipalityFactory(name_nl="Pajottegem", valid_from=FIRST_DAY)


def _merging(successor, **facts):
    municipality = MunicipalityFactory(valid_until=LAST_DAY, successor=successor)
    return MembershipFactory(municipality=municipality, **facts)


def test_a_membership_goes_on_in_the_successor_from_the_day_of_the_merger(successor, now):
    old = _merging(successor)

    assert carry_mergers_due(now=now) == 1
    assert carry_mergers_due(now=now) == 0

    old.refresh_from_db()
    heir = Membership.objects.get(municipality=successor)
    assert (old.valid_until, heir.valid_from, heir.carried_from) == (LAST_DAY, FIRST_DAY, old)
    assert (heir.standing, heir.decision_date) == (Standing.MEMBER, old.decision_date)
    assert old.state_on(date(2026, 6, 1)) == Standing.MEMBER
    assert old.state_on(now.date()) == Standing.LEFT


def test_two_members_that_merge_become_one(successor, now):
    coalition = CoalitionFactory()
    _merging(successor, coalition=coalition)
    _merging(successor, coalition=coalition)

    carry_mergers_due(now=now)

    assert Membership.objects.filter(municipality=successor).count() == 1
    assert Membership.objects.on(now.date()).count() == 1


def test_before_the_merger_nothing_is_carried(successor, now):
    municipality = MunicipalityFactory(valid_until=date(2026, 12, 31), successor=successor)
    MembershipFactory(municipality=municipality)

    assert carry_mergers_due(now=now) == 0


def test_whoever_spoke_for_the_old_one_speaks_for_the_new_one(successor, now):
    membership = _merging(successor)
    mandate = MandateFactory(
        coalition=membership.coalition, municipality=membership.municipality, role=Mandate.Role.REPRESENTATIVE
    )

    carry_mergers_due(now=now)

    current = Mandate.objects.on(now.date()).get(person=mandate.person)
    assert (current.municipality, current.valid_from) == (successor, FIRST_DAY)
    assert mandate.person.groups.filter(name=f"c{membership.coalition_id}-m{successor.nis}").exists()


def test_a_member_that_left_before_the_merger_stays_gone(successor, now):
    _merging(successor, valid_until=date(2026, 6, 30))

    assert carry_mergers_due(now=now) == 0
    assert not Membership.objects.filter(municipality=successor).exists()


def test_a_successor_that_was_only_invited_becomes_the_member_its_part_was(successor, now):
    old = _merging(successor)
    MembershipFactory(coalition=old.coalition, municipality=successor, standing=Standing.INVITED, valid_from=None)

    carry_mergers_due(now=now)

    assert Membership.objects.get(municipality=successor).state_on(now.date()) == Standing.MEMBER


def test_the_successor_of_the_managing_municipality_manages_the_coalition(successor, now):
    old = _merging(successor)
    old.coalition.managing_municipality = old.municipality
    old.coalition.save()

    carry_mergers_due(now=now)

    old.coalition.refresh_from_db()
    assert old.coalition.managing_municipality == successor


def test_a_row_of_mergers_is_followed_to_its_end(now):
    last = MunicipalityFactory(valid_from=date(2026, 11, 1))
    middle = MunicipalityFactory(valid_from=date(2026, 3, 1), valid_until=LAST_DAY, successor=last)
    first = MunicipalityFactory(valid_until=date(2026, 2, 28), successor=middle)
    MembershipFactory(municipality=first)

    while carry_mergers_due(now=now):
        pass

    assert Membership.objects.on(now.date()).get().municipality == last
