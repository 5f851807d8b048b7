from datetime import UTC, date, datetime

import pytest

from coalition.evidence.models import Evidence
from coalition.evidence.rules import Says, finding, kept
from coalition.territory.models import EnterpriseNumber

LENNIK, GOOIK = "0207509031", "0403019261"


def seen(number: str = LENNIK, group: str = "LB", at: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) -> Evidence:
    return Evidence(organisation_number=number, target_group=group, seen_at=at)


def holds(number: str = LENNIK, valid_from: date | None = None, valid_until: date | None = None) -> EnterpriseNumber:
    return EnterpriseNumber(number=number, valid_from=valid_from, valid_until=valid_until)


@pytest.mark.parametrize(
    ("rows", "says", "counts"),
    [
        ([], Says.NOTHING, None),
        ([seen()], Says.FOR_IT, 0),
        ([seen(GOOIK), seen()], Says.NO_LONGER, 1),
        ([seen("", "")], Says.ELSEWHERE, 0),
        ([seen("", ""), seen()], Says.NO_LONGER, 1),
        ([seen(GOOIK), seen(GOOIK)], Says.ELSEWHERE, 0),
        ([seen(group="EA")], Says.ELSEWHERE, 0),
    ],
)
def test_what_sign_ins_say_of_a_municipality(rows, says, counts):
    found = finding(rows, [holds()])

    assert found.says == says
    assert found.row is (None if counts is None else rows[counts])


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2024, 12, 31, 22, 59, tzinfo=UTC), Says.FOR_IT),
        (datetime(2024, 12, 31, 23, 1, tzinfo=UTC), Says.ELSEWHERE),
    ],
)
def test_a_number_counts_on_the_days_that_the_municipality_held_it(at, says):
    """Gooik until the merger of 1 January 2025, by the clock of Brussels."""
    assert finding([seen(GOOIK, at=at)], [holds(GOOIK, valid_until=date(2024, 12, 31))]).says == says


def test_a_municipality_without_a_known_number_has_no_evidence():
    assert finding([seen()], []).says == Says.CANNOT_TELL


def test_of_all_that_is_said_the_organisation_is_kept_and_it_is_text():
    said = {"vo_orgcode": " 0207509031 ", "vo_orgnaam": "Gemeente\n Lennik", "rrn": "85073003328", "email": "a@b.be"}

    assert kept(said) == {"vo_orgcode": "0207509031", "vo_orgnaam": "Gemeente Lennik", "vo_doelgroepcode": ""}
    assert kept({"vo_orgcode": ["x"], "vo_orgnaam": {"x": 1}, "vo_doelgroepcode": 5}) == dict.fromkeys(kept({}), "")
    assert len(kept({"vo_orgnaam": "x" * 5000})["vo_orgnaam"]) == 200
