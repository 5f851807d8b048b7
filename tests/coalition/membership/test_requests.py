"""Somebody asks to join on the site; nothing happens before he confirms, and the coordinator answers once."""

from datetime import timedelta

import pytest

from coalition.activity.models import Entry
from coalition.base.errors import Refusal
from coalition.mail.models import Letter
from coalition.membership import tokens
from coalition.membership.actions import accept_request, ask_to_join, confirm_request, decline_request
from coalition.membership.models import JoinRequest, Mandate, Membership
from coalition.membership.rules import Standing
from coalition.people.models import Person
from tests.factories import (
    CoalitionFactory,
    JoinRequestFactory,
    MandateFactory,
    MembershipFactory,
    MunicipalityFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
WHO = {"name": "Tine Ternat", "email": "Tine@Ternat.example.org", "office": "schepen"}


def _ask(coalition, municipality, now, **who):
    return ask_to_join(coalition=coalition, nis=municipality.nis, now=now, **WHO | who)


def test_asking_sends_one_letter_and_changes_nothing_else(now):
    coalition = MandateFactory().coalition

    request = _ask(coalition, MunicipalityFactory(), now)

    assert request.state == JoinRequest.State.ASKED
    assert [(letter.kind, letter.to) for letter in Letter.objects.all()] == [
        ("membership/confirm_request", "tine@ternat.example.org")
    ]
    assert Membership.objects.count() == Person.objects.filter(email__startswith="tine").count() == 0


def test_asking_twice_in_ten_minutes_sends_one_letter(now):
    coalition, municipality = CoalitionFactory(), MunicipalityFactory()

    _ask(coalition, municipality, now)
    _ask(coalition, municipality, now + timedelta(minutes=9))

    assert JoinRequest.objects.count() == Letter.objects.count() == 1


def test_a_new_letter_makes_the_old_link_worthless(now):
    coalition, municipality = CoalitionFactory(), MunicipalityFactory()
    first = _ask(coalition, municipality, now)
    old = tokens.for_request(first.pk, first.nonce)

    _ask(coalition, municipality, now + timedelta(hours=1))

    with pytest.raises(Refusal, match="no longer works"):
        confirm_request(token=old, now=now)


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.OBSERVER, Standing.REQUESTED])
def test_a_municipality_that_takes_part_or_waits_already_is_named(standing, now):
    membership = MembershipFactory(standing=standing)

    with pytest.raises(Refusal, match=membership.municipality.name) as refusal:
        _ask(membership.coalition, membership.municipality, now)

    assert refusal.value.field == "municipality"
    assert JoinRequest.objects.count() == 0


def test_what_is_no_address_is_refused_beside_it(now):
    with pytest.raises(Refusal) as refusal:
        _ask(CoalitionFactory(), MunicipalityFactory(), now, email="tine")

    assert refusal.value.field == "email"


def test_confirming_tells_every_coordinator_once_however_often_the_button_is_pressed(now):
    mandate = MandateFactory()
    request = _ask(mandate.coalition, MunicipalityFactory(), now)
    token = tokens.for_request(request.pk, request.nonce)

    confirm_request(token=token, now=now)
    confirm_request(token=token, now=now + timedelta(minutes=1))

    assert Membership.objects.get().state_on(now.date()) == Standing.REQUESTED
    assert Letter.objects.filter(to=mandate.person.email).count() == 1


@pytest.mark.parametrize("token", ["", "niets", "WzEsIngiXQ:1abc:x"])
def test_a_forged_link_confirms_nothing(token, now):
    JoinRequestFactory(state=JoinRequest.State.ASKED)

    with pytest.raises(Refusal):
        confirm_request(token=token, now=now)

    assert JoinRequest.objects.get().state == JoinRequest.State.ASKED


def test_two_people_of_one_municipality_make_one_request(now):
    coalition, municipality = CoalitionFactory(), MunicipalityFactory()
    first = _ask(coalition, municipality, now)
    second = _ask(coalition, municipality, now, email="burgemeester@ternat.example.org")
    confirm_request(token=tokens.for_request(first.pk, first.nonce), now=now)

    with pytest.raises(Refusal, match="already stands"):
        confirm_request(token=tokens.for_request(second.pk, second.nonce), now=now)

    assert Membership.objects.count() == 1


def test_whoever_is_accepted_may_speak_for_his_municipality_and_is_told(now):
    request = JoinRequestFactory(email="tine@ternat.example.org")
    coordinator = MandateFactory(coalition=request.coalition).person

    membership = accept_request(request=request, by=coordinator, now=now)

    mandate = Mandate.objects.get(role=Mandate.Role.REPRESENTATIVE)
    assert (mandate.person.email, mandate.municipality) == ("tine@ternat.example.org", request.municipality)
    assert membership.standing == Standing.REQUESTED
    assert Letter.objects.get(to="tine@ternat.example.org").kind == "membership/request_answered"


def test_somebody_who_is_known_already_keeps_his_account(now):
    known = PersonFactory(email="tine@ternat.example.org", name="Tine zelf")
    request = JoinRequestFactory(email="tine@ternat.example.org", name="Iemand anders")

    accept_request(request=request, by=MandateFactory(coalition=request.coalition).person, now=now)

    known.refresh_from_db()
    assert known.name == "Tine zelf"
    assert Mandate.objects.filter(person=known).count() == 1


def test_a_request_is_answered_once(now):
    request = JoinRequestFactory()
    first, second = (MandateFactory(coalition=request.coalition).person for _ in range(2))
    accept_request(request=request, by=first, now=now)

    with pytest.raises(Refusal, match=first.name):
        decline_request(request=request, answer="Te laat", by=second, now=now)

    assert Entry.objects.filter(verb__startswith="membership.request_").count() == 1


def test_a_request_that_nobody_confirmed_cannot_be_accepted(now):
    request = JoinRequestFactory(state=JoinRequest.State.ASKED, confirmed_at=None)

    with pytest.raises(Refusal, match="not confirmed"):
        accept_request(request=request, by=MandateFactory(coalition=request.coalition).person, now=now)

    assert Mandate.objects.filter(role=Mandate.Role.REPRESENTATIVE).count() == 0


def test_declining_needs_a_reason_and_leaves_the_municipality_off_the_list(now):
    request = JoinRequestFactory()
    MembershipFactory(coalition=request.coalition, municipality=request.municipality, standing=Standing.REQUESTED)
    coordinator = MandateFactory(coalition=request.coalition).person

    with pytest.raises(Refusal, match="Say why"):
        decline_request(request=request, answer="  ", by=coordinator, now=now)
    decline_request(request=request, answer="Wij kennen u niet.", by=coordinator, now=now)

    assert Membership.objects.count() == 0
    assert Letter.objects.get().to == request.email


def test_a_coordinator_of_another_coalition_answers_nothing(now):
    request = JoinRequestFactory()

    for deed in (accept_request, lambda **facts: decline_request(answer="Neen", **facts)):
        with pytest.raises(Refusal, match="coordinator"):
            deed(request=request, by=MandateFactory().person, now=now)

    request.refresh_from_db()
    assert request.state == JoinRequest.State.CONFIRMED
