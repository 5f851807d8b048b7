"""Posting letters, and taking them away: the only door of the post office."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from coalition.base import bell
from coalition.base.dates import Clock
from coalition.base.errors import Refusal
from coalition.mail import carrier, delivery, kinds, ledger, render, rules
from coalition.mail.kinds import Prepared
from coalition.mail.models import Attempt, Heartbeat, Letter
from coalition.mail.rules import Outcome, State

if TYPE_CHECKING:
    from coalition.membership.models import Coalition

log = logging.getLogger(__name__)

BELL = "mail.deliver"
# Somebody is looking at the screen while a sign-in code is sent.
PATIENCE_NOW = 8


@dataclass(frozen=True)
class Draft:
    """One of many letters of the same kind; `facts` is what it is about, never its words."""

    key: str
    to: str
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def post(
    *,
    kind: str,
    key: str,
    to: str,
    facts: dict[str, Any],
    coalition: "Coalition | None" = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> Letter:
    """Write a letter to be sent from `due_at` (now) on and worthless after `expires_at`.

    The same key gives the letter that was written before, unchanged. Refuses what is no e-mail address.
    """
    draft = Draft(key=key, to=_address(to), facts=facts)
    written = post_many(kind=kind, drafts=[draft], coalition=coalition, due_at=due_at, expires_at=expires_at, now=now)
    return written[key]


@transaction.atomic
def post_many(
    *,
    kind: str,
    drafts: Iterable[Draft],
    coalition: "Coalition | None" = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> dict[str, Letter]:
    """Write many letters at once; returns the letter of every key, new or written before.

    What is no e-mail address becomes a letter that failed, so one of them does not stop the others.
    """
    known = kinds.find(kind)
    shared = {
        "kind": kind,
        "stream": known.stream,
        "coalition": coalition,
        "created_at": now,
        "due_at": due_at or now,
        "next_try_at": due_at or now,
        "expires_at": expires_at,
    }
    letters = [_write(draft, shared) for draft in drafts]
    Letter.objects.bulk_create(letters, batch_size=500, ignore_conflicts=True)
    if any(letter.due_at <= now for letter in letters):
        bell.ring(BELL)
    return {letter.key: letter for letter in Letter.objects.filter(key__in=[letter.key for letter in letters])}


def _write(draft: Draft, shared: dict[str, Any]) -> Letter:
    letter = Letter(
        key=draft.key, facts=draft.facts, message_id=rules.message_id(draft.key, settings.MAIL_DOMAIN), **shared
    )
    try:
        letter.to = rules.normal_address(draft.to)
    except ValueError:
        letter.to, letter.state, letter.reason = draft.to[:254], State.FAILED, "not an e-mail address"
    return letter


def _address(to: str) -> str:
    try:
        return rules.normal_address(to)
    except ValueError:
        raise Refusal(_("This is not an e-mail address.")) from None


def send_now(
    *,
    kind: str,
    prepared: Prepared,
    to: str,
    key: str | None = None,
    coalition: "Coalition | None" = None,
    forget_address: bool = False,
    now: datetime,
) -> Letter:
    """Send at once, while somebody waits: for sign-in codes, whose words are never stored.

    The row tells that a letter went, not what was in it, and with `forget_address` not even to whom; a suppressed
    address is tried all the same, once. Refuses when the server did not take it; the row then says why and nobody
    tries again.
    """
    letter = _row_without_words(kind, key or f"{kind}:{uuid4().hex}", _address(to), coalition, now)
    parcel = carrier.pack(render.compose(letter, prepared))
    if forget_address:
        letter.to, letter.forgotten_at = rules.NOBODY, now
    letter.save()
    Attempt.objects.create(letter=letter, number=1, at=now, outcome=Outcome.STARTED)
    reply = _carry(parcel)
    reply = replace(reply, detail=rules.impersonal(reply.detail, to))
    ledger.settle(letter, reply, again_when_unknown=False, once=True, now=now)
    if reply.outcome != Outcome.ACCEPTED:
        log.warning("letter %s was not sent at once: %s %s", letter.pk, reply.outcome, reply.code or "")
        raise Refusal(_("The message could not be sent. Please try again in a few minutes."))
    letter.refresh_from_db()
    return letter


def _row_without_words(kind: str, key: str, to: str, coalition: "Coalition | None", now: datetime) -> Letter:
    return Letter(
        kind=kind,
        key=key,
        to=to,
        stream=kinds.find(kind).stream,
        coalition=coalition,
        message_id=rules.message_id(key, settings.MAIL_DOMAIN),
        state=State.HANDED_OVER,
        tries=1,
        created_at=now,
        due_at=now,
        next_try_at=now,
        lease_token=uuid4().hex,
        lease_until=now + rules.HANDOVER_LEASE,
    )


def _carry(parcel: carrier.Parcel) -> carrier.Reply:
    carried_by = carrier.call(timeout=PATIENCE_NOW)
    try:
        return carried_by.hand_over(parcel)
    finally:
        carried_by.close()


def deliver_due(*, clock: Clock, budget_seconds: float = 20, batch: int = 20) -> Counter[str]:
    """Send what is due, for at most about `budget_seconds`; returns how many letters came to which state.

    Any number of workers may do this at once and be killed at any moment. A database that is busy ends the round;
    nothing is lost, the next round finds the letters.
    """
    counts: Counter[str] = Counter()
    try:
        ledger.sweep(now=clock())
        delivery.work_off(clock=clock, budget_seconds=budget_seconds, batch=batch, counts=counts)
        beat(name="deliver", now=clock())
    except (OperationalError, InterfaceError) as error:
        log.warning("the database is busy or away, the letters wait for the next round: %s", type(error).__name__)
        counts["interrupted"] += 1
        connection.close_if_unusable_or_obsolete()
    return counts


def sweep(*, now: datetime) -> dict[str, int]:
    """Free letters that a dead worker held, and put aside those that are too late (also part of `deliver_due`)."""
    return ledger.sweep(now=now)


def beat(*, name: str, now: datetime) -> None:
    """Somebody who works unasked was here."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
