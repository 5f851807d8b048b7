"""The ways from one state of a letter to the next, each one conditional UPDATE in a transaction of its own.

    held -> queued -> claimed -> handed_over -> sent | queued (again later) | failed | unknown
            queued -> expired         claimed -> suppressed | expired | failed | queued (released, lease ran out)
            handed_over, lease ran out -> unknown, or queued again with the same Message-ID if its kind says so

Who claims gets a token; every later step asks for it, so a worker that slept through his lease changes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q

from coalition.base.hashing import keyed_hash
from coalition.mail import kinds, queries
from coalition.mail.carrier import Reply
from coalition.mail.models import Address, Letter
from coalition.mail.rules import (
    CLAIM_LEASE,
    HANDOVER_LEASE,
    NOBODY,
    SOFT_LIMIT,
    WAITS,
    Outcome,
    State,
    Stream,
    after_attempt,
    impersonal,
    one_line,
)

# The three statements that every letter needs are SQL: built by the ORM they cost more than all the rest of a letter.
_FENCE = """
    UPDATE coalition_letter SET state = 'handed_over', lease_until = %s, tries = tries + 1
    WHERE id = %s AND lease_token = %s AND state = 'claimed' AND lease_until > %s
    AND (expires_at IS NULL OR expires_at > %s)
    AND NOT EXISTS (SELECT 1 FROM coalition_address
                    WHERE email_hash = %s AND coalition_address.state = 'suppressed')
"""
_SENT = """
    UPDATE coalition_letter
    SET state = 'sent', sent_at = %s, provider_id = %s, reason = '', lease_token = '', lease_until = NULL
    WHERE id = %s AND lease_token = %s AND state IN ('handed_over', 'unknown', 'queued')
"""
_NOTE = """
    INSERT INTO coalition_attempt (letter_id, number, "at", outcome, code, detail) VALUES (%s, %s, %s, %s, %s, %s)
"""
# Service letters before digests; sign-in codes are never queued, their secret is not on paper.
_ORDER = (Stream.SERVICE, Stream.DIGEST)


def still_worth(now: datetime) -> Q:
    return Q(expires_at__isnull=True) | Q(expires_at__gt=now)


def claim(*, now: datetime, batch: int) -> list[Letter]:
    """Take up to `batch` letters that are due; whoever else is claiming takes others."""
    token = uuid4().hex
    with transaction.atomic(durable=True):
        due = _due(now, batch)
        taken = due and Letter.objects.filter(pk__in=due, state=State.QUEUED).update(
            state=State.CLAIMED, lease_token=token, lease_until=now + CLAIM_LEASE
        )
    if not taken:
        return []
    claimed = Letter.objects.filter(pk__in=due, lease_token=token).select_related("coalition")
    return sorted(claimed, key=lambda letter: due.index(letter.pk))


def _due(now: datetime, batch: int) -> list[int]:
    due: list[int] = []
    for stream in _ORDER:
        if len(due) < batch:
            waiting = Letter.objects.filter(state=State.QUEUED, stream=stream, next_try_at__lte=now)
            # Rows that another worker is just claiming are passed over (PostgreSQL); SQLite lets one in at a time.
            waiting = waiting.select_for_update(skip_locked=True).filter(still_worth(now))
            ordered = waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)
            due.extend(ordered[: batch - len(due)])
    return due


def release(letters: Sequence[Letter], *, now: datetime, wait: timedelta = timedelta(0), reason: str = "") -> int:
    """Put claimed letters back on the pile untouched."""
    if not letters:
        return 0
    return (
        _mine(letters[0].lease_token, State.CLAIMED)
        .filter(pk__in=[letter.pk for letter in letters])
        .update(state=State.QUEUED, lease_token="", lease_until=None, next_try_at=now + wait, reason=reason[:300])
    )


def put_aside(letter: Letter, state: State, reason: str) -> bool:
    """A claimed letter does not leave, and this is why."""
    return bool(
        _mine(letter.lease_token, State.CLAIMED)
        .filter(pk=letter.pk)
        .update(state=state, reason=one_line(reason)[:300], lease_token="", lease_until=None)
    )


def fence(letter: Letter, *, now: datetime) -> bool:
    """The last moment: the letter is still mine, still worth sending, and its address is still written to."""
    at = _instant(now)
    with transaction.atomic(durable=True):
        until, who = _instant(now + HANDOVER_LEASE), keyed_hash(letter.to)
        passed = _execute(_FENCE, until, letter.pk, letter.lease_token, at, at, who)
        if passed:
            letter.tries += 1
            _note(letter, Outcome.STARTED, now)
    return bool(passed)


def turn_away(letter: Letter, *, now: datetime) -> State | None:
    """Say why the fence stayed closed; None when somebody else has the letter."""
    if letter.expires_at is not None and letter.expires_at <= now:
        state, reason = State.EXPIRED, "too late"
    elif queries.is_suppressed(letter.to):
        state, reason = State.SUPPRESSED, "the address is not written to any more"
    else:
        return None
    return state if put_aside(letter, state, reason) else None


def settle(
    letter: Letter, reply: Reply, *, again_when_unknown: bool, once: bool = False, now: datetime
) -> State | None:
    """Write down how the attempt went; None when the letter is somebody else's by now.

    A letter that was called unknown, or put back, in the meantime is still sent if that is what happened.
    """
    reply = replace(reply, detail=impersonal(reply.detail, letter.to))
    state, again = after_attempt(
        reply.outcome, tries=letter.tries, again_when_unknown=again_when_unknown, once=once, now=now
    )
    with transaction.atomic():
        settled = _sent(letter, reply, now) if state == State.SENT else _not_sent(letter, reply, state, again)
        if settled:
            _note(letter, reply.outcome, now, reply)
            _remember_address(letter, reply, gave_up=state == State.FAILED, now=now)
    return state if settled else None


def _sent(letter: Letter, reply: Reply, now: datetime) -> int:
    return _execute(_SENT, _instant(now), reply.provider_id, letter.pk, letter.lease_token)


def _not_sent(letter: Letter, reply: Reply, state: State, again: datetime | None) -> int:
    changes = {"state": state, "reason": reply.detail[:300], "lease_until": None}
    if state != State.UNKNOWN:
        changes["lease_token"] = ""
    if again:
        changes["next_try_at"] = again
    return _mine(letter.lease_token, State.HANDED_OVER).filter(pk=letter.pk).update(**changes)


def sweep(*, now: datetime) -> dict[str, int]:
    """Tidy up after whoever was killed or slept: letters too late, letters claimed or handed over for too long."""
    late = Letter.objects.filter(state=State.QUEUED, expires_at__lte=now).update(
        state=State.EXPIRED, reason="too late", lease_token=""
    )
    lost = Letter.objects.filter(lease_until__lte=now)
    freed = lost.filter(state=State.CLAIMED).update(state=State.QUEUED, lease_token="", lease_until=None)
    # The token stays: if the worker lives after all, he may still write down that the letter was sent.
    broken = lost.filter(state=State.HANDED_OVER)
    patient = [name for name in kinds.names() if kinds.find(name).retry_when_unknown]
    again = (
        broken.filter(still_worth(now), kind__in=patient, tries__lte=len(WAITS))
        .exclude(stream=Stream.SIGN_IN)
        .update(state=State.QUEUED, lease_until=None, next_try_at=now, reason="broke off while being handed over")
    )
    unknown = broken.update(state=State.UNKNOWN, lease_until=None, reason="broke off while being handed over")
    return {"expired": late, "freed": freed, "again": again, "unknown": unknown}


def _mine(token: str, *states: State):
    return Letter.objects.filter(lease_token=token, state__in=states)


def _note(letter: Letter, outcome: Outcome, now: datetime, reply: Reply | None = None) -> None:
    code, detail = (reply.code, reply.detail[:300]) if reply else (None, "")
    _execute(_NOTE, letter.pk, letter.tries, _instant(now), outcome.value, code, detail)


def _execute(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _instant(moment: datetime) -> object:
    """A moment as this database writes it."""
    return connection.ops.adapt_datetimefield_value(moment)


def _remember_address(letter: Letter, reply: Reply, *, gave_up: bool, now: datetime) -> None:
    """A dead address is suppressed at once; one that made us give up often enough, too."""
    if not (reply.dead_address or (gave_up and reply.code)):
        return
    if letter.to == NOBODY:
        return
    address, _new = Address.objects.get_or_create(email_hash=keyed_hash(letter.to), defaults={"changed_at": now})
    address.soft_count += 1
    dead = reply.dead_address or address.soft_count >= SOFT_LIMIT
    address.state = Address.State.SUPPRESSED if dead else Address.State.SOFT
    address.reason, address.changed_at = reply.detail[:300], now
    address.save()


def forgive(addresses: Sequence[str], *, now: datetime) -> None:
    """Mail arrived there: earlier trouble is over."""
    Address.objects.filter(email_hash__in=map(keyed_hash, addresses), state=Address.State.SOFT).update(
        state=Address.State.OK, soft_count=0, reason="", changed_at=now
    )
