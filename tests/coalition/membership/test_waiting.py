"""What is going on in several coalitions: sorted by coalition, of no other one, at the same price however many."""

from datetime import date, timedelta

import pytest

from coalition.membership import waiting
from coalition.membership.models import Agreement, JoinRequest, Mandate
from tests.factories import (
    CoalitionFactory,
    InvitationFactory,
    JoinRequestFactory,
    MandateFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return CoalitionFactory.create_batch(2)


def test_memberships_stand_under_their_coalition_by_name(ours):
    for name, coalition in (("Ternat", ours[0]), ("Bever", ours[0]), ("Lennik", ours[1])):
        MembershipFactory(coalition=coalition, municipality__name_nl=name)
    MembershipFactory()

    found = waiting.memberships_in(ours)

    assert [row.municipality.name_nl for row in found[ours[0].pk]] == ["Bever", "Ternat"]
    assert set(found) == {coalition.pk for coalition in ours}


def test_only_an_active_person_with_a_mandate_of_today_speaks(ours, now):
    rows = MembershipFactory.create_batch(3, coalition=ours[0])
    representative = {"coalition": ours[0], "role": Mandate.Role.REPRESENTATIVE}
    MandateFactory(municipality=rows[0].municipality, **representative)
    MandateFactory(municipality=rows[1].municipality, valid_until=date(2026, 11, 23), **representative)
    MandateFactory(municipality=rows[2].municipality, person__is_active=False, **representative)

    assert waiting.spoken_for(ours, now.date()) == {(ours[0].pk, rows[0].municipality_id)}


def test_a_request_waits_when_it_is_confirmed_and_not_answered(ours, now):
    later = JoinRequestFactory(coalition=ours[0], confirmed_at=now)
    first = JoinRequestFactory(coalition=ours[0], confirmed_at=now - timedelta(days=2))
    JoinRequestFactory(coalition=ours[0], state=JoinRequest.State.ASKED, confirmed_at=None)
    JoinRequestFactory(coalition=ours[0], state=JoinRequest.State.DECLINED, answered_at=now)
    JoinRequestFactory()

    assert waiting.requests_in(ours) == {ours[0].pk: [first, later]}


def test_an_invitation_is_open_until_it_is_accepted_withdrawn_or_too_old(ours, now):
    last = InvitationFactory(coalition=ours[1], expires_at=now + timedelta(days=9))
    soon = InvitationFactory(coalition=ours[1], expires_at=now + timedelta(days=1))
    InvitationFactory(coalition=ours[1], expires_at=now)
    InvitationFactory(coalition=ours[1], withdrawn_at=now)
    InvitationFactory()

    assert waiting.invitations_in(ours, now) == {ours[1].pk: [soon, last]}


def test_a_coalition_without_an_agreement_has_none(ours, now):
    agreement = Agreement.objects.create(coalition=ours[0], changed_at=now)
    Agreement.objects.create(coalition=CoalitionFactory(), changed_at=now)

    assert waiting.agreements_in(ours) == {ours[0].pk: agreement}


@pytest.mark.parametrize("number", [1, 3])
def test_each_question_is_asked_once_for_all(number, now, django_assert_num_queries):
    coalitions = CoalitionFactory.create_batch(number)
    for coalition in coalitions:
        MembershipFactory.create_batch(number, coalition=coalition)
        JoinRequestFactory.create_batch(number, coalition=coalition)
        InvitationFactory.create_batch(number, coalition=coalition)

    with django_assert_num_queries(5):
        found = [waiting.memberships_in(coalitions), waiting.requests_in(coalitions)]
        found.append(waiting.invitations_in(coalitions, now))
        waiting.agreements_in(coalitions)
        waiting.spoken_for(coalitions, now.date())
        named = {str(row.municipality) for rows in found for some in rows.values() for row in some}
    assert len(named) >= number
