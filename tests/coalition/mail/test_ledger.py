from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalition.mail import ledger
from coalition.mail.carrier import Reply
from coalition.mail.models import Letter
from coalition.mail.rules import CLAIM_LEASE, HANDOVER_LEASE, WAITS, Outcome, State
from tests.factories.mail import LetterFactory

pytestmark = pytest.mark.django_db

SENT = Reply(Outcome.ACCEPTED, 250, "taken")


def state_of(letter: Letter) -> str:
    return Letter.objects.get(pk=letter.pk).state


def test_two_who_claim_never_get_the_same_letter(now):
    LetterFactory.create_batch(5)

    first, second = ledger.claim(now=now, batch=3), ledger.claim(now=now, batch=3)

    assert (len(first), len(second)) == (3, 2)
    assert not {letter.pk for letter in first} & {letter.pk for letter in second}


def test_who_slept_through_his_lease_does_not_get_past_the_fence(now):
    LetterFactory()
    [mine] = ledger.claim(now=now, batch=1)
    later = now + CLAIM_LEASE
    ledger.sweep(now=later)
    [yours] = ledger.claim(now=later, batch=1)

    assert not ledger.fence(mine, now=later)
    assert ledger.turn_away(mine, now=later) is None
    assert ledger.fence(yours, now=later)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("trial/digest", State.UNKNOWN), ("trial/reminder", State.QUEUED), ("trial/code", State.UNKNOWN)],
)
def test_what_broke_off_is_unknown_or_tried_again_as_its_kind_says(now, kind, state):
    letter = LetterFactory(kind=kind)
    [mine] = ledger.claim(now=now, batch=1)
    ledger.fence(mine, now=now)

    ledger.sweep(now=now + HANDOVER_LEASE - timedelta(seconds=1))
    assert state_of(letter) == State.HANDED_OVER
    ledger.sweep(now=now + HANDOVER_LEASE)
    assert state_of(letter) == state


def test_a_reminder_that_broke_off_too_often_or_too_late_stays_unknown(now):
    often = LetterFactory(kind="trial/reminder", tries=len(WAITS))
    late = LetterFactory(kind="trial/reminder", expires_at=now + HANDOVER_LEASE)
    for mine in ledger.claim(now=now, batch=2):
        ledger.fence(mine, now=now)

    ledger.sweep(now=now + HANDOVER_LEASE)

    assert (state_of(often), state_of(late)) == (State.UNKNOWN, State.UNKNOWN)


@pytest.mark.parametrize("kind", ["trial/digest", "trial/reminder"])
def test_who_wakes_up_after_the_sweep_may_still_say_that_it_was_sent(now, kind):
    letter = LetterFactory(kind=kind)
    [mine] = ledger.claim(now=now, batch=1)
    ledger.fence(mine, now=now)
    ledger.sweep(now=now + HANDOVER_LEASE)

    assert ledger.settle(mine, SENT, again_when_unknown=False, now=now + HANDOVER_LEASE) == State.SENT
    assert state_of(letter) == State.SENT


def test_a_letter_that_somebody_else_has_is_left_alone(now):
    LetterFactory(kind="trial/reminder")
    [mine] = ledger.claim(now=now, batch=1)
    ledger.fence(mine, now=now)
    later = now + HANDOVER_LEASE
    ledger.sweep(now=later)
    [yours] = ledger.claim(now=later, batch=1)

    assert ledger.settle(mine, SENT, again_when_unknown=True, now=later) is None
    assert state_of(yours) == State.CLAIMED


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "fence", "accept", "postpone", "break", "sweep", "release"]),
        st.integers(min_value=0, max_value=2),
        st.sampled_from([0, 30, 121, 301, 4000]),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_three_workers_do_and_however_they_sleep_a_digest_is_accepted_once(now, steps):
    """A worker reaches the server only through the fence; how the server answers is part of the story."""
    Letter.objects.all().delete()
    LetterFactory(expires_at=None)
    held: dict[int, Letter] = {}
    handing_over: dict[int, Letter] = {}
    accepted: Counter[int] = Counter()
    for deed, worker, seconds in steps:
        now += timedelta(seconds=seconds)
        if deed == "claim" and worker not in held and worker not in handing_over:
            held.update((worker, letter) for letter in ledger.claim(now=now, batch=1))
        elif deed == "fence" and worker in held:
            letter = held.pop(worker)
            if ledger.fence(letter, now=now):
                handing_over[worker] = letter
        elif deed in ("accept", "break") and worker in handing_over:
            letter = handing_over.pop(worker)
            accepted[letter.pk] += 1
            reply = SENT if deed == "accept" else Reply(Outcome.UNKNOWN)
            ledger.settle(letter, reply, again_when_unknown=False, now=now)
        elif deed == "postpone" and worker in handing_over:
            ledger.settle(handing_over.pop(worker), Reply(Outcome.POSTPONED, 451), again_when_unknown=False, now=now)
        elif deed == "release" and worker in held:
            ledger.release([held.pop(worker)], now=now)
        elif deed == "sweep":
            ledger.sweep(now=now)
        assert max(accepted.values(), default=0) <= 1
