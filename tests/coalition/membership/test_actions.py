from datetime import date

import pytest
from django.contrib.auth.models import Group

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.membership.actions import (
    change_coalition,
    end_mandate,
    found_coalition,
    give_mandate,
    record_membership,
    sync_groups,
)
from coalition.membership.models import Coalition, Mandate, Membership
from coalition.membership.rules import Standing
from tests.factories import CoalitionFactory, MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_founding_a_coalition_is_remembered(now):
    person = PersonFactory(is_superuser=True)

    coalition = found_coalition(name="Pajotse Velden", contact_email="a@example.org", by=person, now=now)

    assert coalition.slug == "pajotse-velden"
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.coalition) == (Verb.COALITION_FOUNDED, person, coalition)


def test_a_second_coalition_at_the_same_address_is_refused_and_nothing_is_written(now):
    CoalitionFactory(slug="pajotse-velden")

    with pytest.raises(Refusal, match="already a coalition") as refusal:
        found_coalition(name="Pajotse Velden", contact_email="a@example.org", by=None, now=now)

    assert refusal.value.field == "slug"
    assert Coalition.objects.count() == 1
    assert Entry.objects.count() == 0


def test_a_coalition_without_a_letter_in_its_name_is_refused(now):
    with pytest.raises(Refusal, match="letters or digits"):
        found_coalition(name="!!!", contact_email="a@example.org", by=None, now=now)


def test_only_what_changed_about_a_coalition_is_remembered(now):
    coalition = CoalitionFactory(name="Oud")

    change_coalition(coalition=coalition, by=None, now=now, name="Nieuw", accent=coalition.accent)
    change_coalition(coalition=coalition, by=None, now=now, name="Nieuw")

    assert [entry.details for entry in Entry.objects.all()] == [{"changed": ["name"]}]


def test_an_unknown_nis_code_is_refused_by_name(now):
    with pytest.raises(Refusal, match="99999"):
        record_membership(coalition=CoalitionFactory(), nis="99999", standing=Standing.INVITED, by=None, now=now)


def test_a_merged_municipality_is_refused_naming_its_successor(now):
    successor = MunicipalityFactory(name_nl="Pajottegem")
    herne = MunicipalityFactory(name_nl="Herne", valid_until=date(2024, 12, 31), successor=successor)

    with pytest.raises(Refusal, match="Herne merged into Pajottegem"):
        record_membership(coalition=CoalitionFactory(), nis=herne.nis, standing=Standing.INVITED, by=None, now=now)


def test_a_member_without_a_decision_is_refused(now):
    municipality = MunicipalityFactory()

    with pytest.raises(Refusal, match="decision date"):
        record_membership(
            coalition=CoalitionFactory(), nis=municipality.nis, standing=Standing.MEMBER, by=None, now=now
        )

    assert Membership.objects.count() == 0


def test_recording_a_membership_twice_changes_the_first(now):
    coalition, municipality = CoalitionFactory(), MunicipalityFactory()

    record_membership(coalition=coalition, nis=municipality.nis, standing=Standing.INVITED, by=None, now=now)
    record_membership(coalition=coalition, nis=municipality.nis, standing=Standing.REQUESTED, by=None, now=now)

    assert Membership.objects.get().standing == Standing.REQUESTED
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "shown"),
    [
        (date(2026, 11, 25), None, Standing.PLANNED),
        (date(2026, 11, 24), None, Standing.MEMBER),
        (date(2026, 1, 1), date(2026, 11, 24), Standing.MEMBER),
        (date(2026, 1, 1), date(2026, 11, 23), Standing.LEFT),
    ],
)
def test_whether_a_member_is_to_come_or_has_left_follows_from_its_dates(valid_from, valid_until, shown):
    membership = MembershipFactory(valid_from=valid_from, valid_until=valid_until)

    assert membership.state_on(date(2026, 11, 24)) == shown


def test_a_mandate_puts_a_person_in_the_groups_of_that_coalition_and_of_no_other(now):
    coalition, other = CoalitionFactory(), CoalitionFactory()
    sync_groups(coalition=other, now=now)
    person = PersonFactory()

    give_mandate(person=person, coalition=coalition, role=Mandate.Role.EDITOR, by=None, now=now)

    assert set(person.groups.values_list("name", flat=True)) == {f"c{coalition.pk}-editors", f"c{coalition.pk}-members"}


def test_a_representative_is_in_the_group_of_his_municipality(now):
    membership = MembershipFactory()
    person = PersonFactory()

    give_mandate(
        person=person, coalition=membership.coalition, role=Mandate.Role.REPRESENTATIVE,
        municipality=membership.municipality, by=None, now=now,
    )  # fmt: skip

    names = set(person.groups.values_list("name", flat=True))
    assert f"c{membership.coalition_id}-m{membership.municipality.nis}" in names
    assert f"c{membership.coalition_id}-editors" not in names


def test_a_mandate_for_a_municipality_outside_the_coalition_is_refused(now):
    with pytest.raises(Refusal, match="does not stand in"):
        give_mandate(
            person=PersonFactory(), coalition=CoalitionFactory(), role=Mandate.Role.REPRESENTATIVE,
            municipality=MunicipalityFactory(), by=None, now=now,
        )  # fmt: skip


def test_the_same_mandate_twice_is_refused(now):
    mandate = MandateFactory()

    with pytest.raises(Refusal, match="already has this mandate"):
        give_mandate(person=mandate.person, coalition=mandate.coalition, role=mandate.role, by=None, now=now)


def test_ending_a_mandate_empties_the_groups_at_once(now):
    person, coalition = PersonFactory(), CoalitionFactory()
    mandate = give_mandate(person=person, coalition=coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)

    end_mandate(mandate=mandate, by=None, now=now)

    assert person.groups.count() == 0
    assert not Mandate.objects.on(date(2026, 11, 24)).exists()


def test_checking_groups_writes_nothing_and_says_what_differs(now):
    mandate = MandateFactory()

    differences = sync_groups(coalition=mandate.coalition, now=now, check=True)

    assert f"c{mandate.coalition_id}-coordinators: missing" in differences
    assert Group.objects.filter(name__startswith="c").count() == 0


def test_groups_agree_after_they_were_synced(now):
    mandate = MandateFactory()

    sync_groups(coalition=mandate.coalition, now=now)

    assert sync_groups(coalition=mandate.coalition, now=now, check=True) == []


def test_somebody_put_in_a_group_by_hand_is_taken_out_again(now):
    mandate = MandateFactory()
    sync_groups(coalition=mandate.coalition, now=now)
    intruder = PersonFactory()
    intruder.groups.add(Group.objects.get(name=f"c{mandate.coalition_id}-coordinators"))

    sync_groups(coalition=mandate.coalition, now=now)

    assert intruder.groups.count() == 0
