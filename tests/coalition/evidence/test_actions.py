from datetime import date, timedelta

import pytest

from coalition.activity.models import Entry
from coalition.base.errors import Refusal
from coalition.evidence import actions
from coalition.evidence.models import Evidence
from coalition.evidence.queries import findings_for, last_of
from coalition.evidence.rules import Says
from coalition.membership.models import Mandate
from coalition.territory.models import EnterpriseNumber
from tests.factories import MandateFactory, MunicipalityFactory, PersonFactory
from tests.factories.evidence import EnterpriseNumberFactory, EvidenceFactory

pytestmark = pytest.mark.django_db
CLAIMS = {"vo_orgcode": "BE0207.509.031", "vo_orgnaam": "Gemeente Lennik", "vo_doelgroepcode": "LB"}


def test_a_sign_in_is_written_down_with_the_number_as_the_register_writes_it(now):
    person = PersonFactory()

    row = actions.witness(person=person, claims=CLAIMS | {"rrn": "85073003328"}, now=now)

    assert (row.organisation_number, row.shown_number, row.seen_at) == ("0207509031", "0207.509.031", now)
    assert "850730" not in str(Evidence.objects.values())


def test_a_code_that_is_no_enterprise_number_is_kept_as_it_came(now):
    row = actions.witness(person=PersonFactory(), claims={"vo_orgcode": "OVO002949"}, now=now)

    assert row.organisation_number == "OVO002949"


def test_evidence_changes_no_mandate_whatever_it_says(now):
    mandate = MandateFactory(municipality=MunicipalityFactory(), role=Mandate.Role.REPRESENTATIVE)
    EnterpriseNumberFactory(municipality=mandate.municipality)
    before = list(Mandate.objects.values())

    for claims in (CLAIMS, {}, CLAIMS | {"vo_orgcode": "0403019261"}):
        actions.witness(person=mandate.person, claims=claims, now=now)
        actions.witness(person=PersonFactory(), claims=claims, now=now)

    assert list(Mandate.objects.values()) == before


def test_evidence_is_forgotten_after_a_year(now):
    old = EvidenceFactory(seen_at=now - timedelta(days=366))
    young = EvidenceFactory(seen_at=now - timedelta(days=364))

    assert actions.forget_due(now=now) == 1
    assert list(Evidence.objects.all()) == [young]
    assert last_of(old.person) is None


@pytest.mark.parametrize("pairs", [1, 3])
def test_what_is_known_of_many_costs_two_queries(pairs, django_assert_num_queries):
    numbers = EnterpriseNumberFactory.create_batch(pairs)
    rows = EvidenceFactory.create_batch(pairs)
    asked = [(row.person_id, number.municipality_id) for row, number in zip(rows, numbers, strict=True)]

    with django_assert_num_queries(2):
        found = findings_for(asked)

    assert {finding.says for finding in found.values()} == {Says.FOR_IT}


def test_the_evidence_of_one_person_says_nothing_of_another():
    row, other = EvidenceFactory(), PersonFactory()
    number = EnterpriseNumberFactory()

    found = findings_for([(row.person_id, number.municipality_id), (other.pk, number.municipality_id)])

    assert found[(other.pk, number.municipality_id)].says == Says.NOTHING
    assert found[(row.person_id, number.municipality_id)].says == Says.FOR_IT


# --- numbers


def test_a_number_is_recorded_with_who_did_it(now):
    by, lennik = PersonFactory(), MunicipalityFactory(nis="23104", name_nl="Lennik")

    actions.record_number(nis="23104", number="BE 0207.509.031", by=by, now=now, valid_from=date(2019, 1, 1))

    row = EnterpriseNumber.objects.get()
    assert (row.municipality, row.number, row.valid_from) == (lennik, "0207509031", date(2019, 1, 1))
    assert Entry.objects.get().by == by


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"nis": "99999"}, "nis"),
        ({"number": "0431150351"}, "number"),
        ({"valid_from": date(2026, 1, 2), "valid_until": date(2026, 1, 1)}, "valid_until"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_nothing_is_written(now, facts, field):
    MunicipalityFactory(nis="23104")

    with pytest.raises(Refusal) as refusal:
        actions.record_number(**{"nis": "23104", "number": "0207509031"} | facts, by=None, now=now)

    assert refusal.value.field == field
    assert EnterpriseNumber.objects.count() == Entry.objects.count() == 0


def test_at_a_merger_a_number_goes_on_with_the_successor(now):
    gooik, pajottegem = MunicipalityFactory(nis="23024"), MunicipalityFactory(nis="23106")
    old = actions.record_number(nis="23024", number="0207509031", by=None, now=now)

    with pytest.raises(Refusal, match="holds this number"):
        actions.record_number(nis="23106", number="0207509031", valid_from=date(2025, 1, 1), by=None, now=now)
    actions.end_number(number=old, last_day=date(2024, 12, 31), by=None, now=now)
    actions.record_number(nis="23106", number="0207509031", valid_from=date(2025, 1, 1), by=None, now=now)

    assert [row.municipality for row in EnterpriseNumber.objects.order_by("valid_until")] in (
        [gooik, pajottegem], [pajottegem, gooik],
    )  # fmt: skip


def test_a_number_does_not_end_before_it_begins(now):
    number = EnterpriseNumberFactory(valid_from=date(2026, 1, 1))

    with pytest.raises(Refusal, match="last day"):
        actions.end_number(number=number, last_day=date(2025, 12, 31), by=None, now=now)
