"""A round of the postman: claim a bag of letters, and one by one make, fence, hand over and settle them."""

import logging
import time
import traceback
from collections import Counter
from datetime import datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection

from coalition.base.dates import Clock
from coalition.mail import carrier, kinds, ledger, render
from coalition.mail.kinds import Withhold
from coalition.mail.models import Letter
from coalition.mail.rules import SERVER_DOWN_WAIT, State

log = logging.getLogger(__name__)

# How long to wait before writing down once more what became of a letter that has already left.
SECOND_CHANCE = 1.0


class _Unmade(Exception):  # noqa: N818  it is not its name that went wrong
    """The letter cannot be made; the argument says where it went wrong, without anybody's data."""


def work_off(*, clock: Clock, budget_seconds: float, batch: int, counts: Counter[str]) -> None:
    """Deliver bags of letters over one connection until none is due or the time is up."""
    until = time.monotonic() + budget_seconds
    carried_by = carrier.call()
    try:
        while time.monotonic() < until and (bag := ledger.claim(now=clock(), batch=batch)):
            sent: list[str] = []
            goes_on = _empty(bag, carried_by, clock, until, counts, sent)
            if sent:
                ledger.forgive(sent, now=clock())
            if not goes_on:
                break
    finally:
        carried_by.close()


def _empty(
    bag: list[Letter],
    carried_by: carrier.Carrier,
    clock: Clock,
    until: float,
    counts: Counter[str],
    sent: list[str],
) -> bool:
    """Deliver one bag; False when the round is over. Nothing stays claimed that was not tried."""
    try:
        while bag:
            if time.monotonic() >= until:
                ledger.release(bag, now=clock())
                return False
            state = deliver(bag[0], carried_by, clock)
            counts[state or "lost"] += 1
            if state == State.SENT:
                sent.append(bag[0].to)
            bag = bag[1:]
    except carrier.Unreachable as error:
        log.warning("the mail server cannot be reached, %d letters wait: %s", len(bag), type(error.__cause__).__name__)
        ledger.release(bag, now=clock(), wait=SERVER_DOWN_WAIT, reason=f"mail server: {error}")
        counts["unreachable"] += len(bag)
        return False
    return True


def deliver(letter: Letter, carried_by: carrier.Carrier, clock: Clock) -> str | None:
    """One claimed letter to its end; returns its new state, None when it is somebody else's by now.

    Raises carrier.Unreachable before anything was handed over, and what the database raises.
    """
    try:
        parcel = make(letter, clock())
    except Withhold as reason:
        return _aside(letter, State.SUPPRESSED, str(reason))
    except _Unmade as place:
        log.error("letter %s of kind %s could not be made: %s", letter.pk, letter.kind, place)
        return _aside(letter, State.FAILED, f"could not be made: {place}")
    carried_by.ready()
    if not ledger.fence(letter, now=clock()):
        return ledger.turn_away(letter, now=clock())
    reply = carried_by.hand_over(parcel)
    return _settle(letter, reply, clock)


def make(letter: Letter, now: datetime) -> carrier.Parcel:
    """The mail as it would leave now; raises Withhold, or _Unmade for whatever is wrong with its kind or template."""
    try:
        return carrier.pack(render.compose(letter, kinds.find(letter.kind).prepare(letter, now)))
    except (Withhold, OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001  one broken letter does not stop the others
        raise _Unmade(_place(error)) from error


def _place(error: Exception) -> str:
    """What kind of error, and where; its message stays out, it may name somebody."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"


def _aside(letter: Letter, state: State, reason: str) -> State | None:
    return state if ledger.put_aside(letter, state, reason) else None


def _settle(letter: Letter, reply: carrier.Reply, clock: Clock) -> State | None:
    """The letter has left: writing that down is worth a second attempt when the database is busy."""
    again = kinds.find(letter.kind).retry_when_unknown
    try:
        return ledger.settle(letter, reply, again_when_unknown=again, now=clock())
    except (OperationalError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
        time.sleep(SECOND_CHANCE)
        return ledger.settle(letter, reply, again_when_unknown=again, now=clock())
