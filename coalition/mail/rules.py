"""The post office's rules: what states a letter knows, how long it waits, and what an address looks like."""

import hashlib
import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from coalition.base.blotting import BLOT, eraser

# Longer than the slowest render, so a letter is not taken from somebody who is still at it.
CLAIM_LEASE = timedelta(seconds=120)
# Longer than the slowest talk with a mail server: five answers of EMAIL_TIMEOUT each.
HANDOVER_LEASE = timedelta(seconds=300)
# How long a letter waits after its first, second ... attempt that failed; after the last it is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
# A mail server that does not answer is no letter's fault: nobody's attempts are counted.
SERVER_DOWN_WAIT = timedelta(minutes=1)
# An address that made us give up on so many letters is not written to any more.
SOFT_LIMIT = 5
# Stands where an address stood that is forgotten; nothing is ever sent there (RFC 2606).
NOBODY = "nobody@erased.invalid"
ADDRESS = re.compile(r"[\w.+%~'-]+@[\w-]+(?:\.[\w-]+)*")


class Stream(models.TextChoices):
    """Who gives way to whom: sign-in codes first, then service letters, then digests."""

    SIGN_IN = "sign_in", _("sign-in")
    SERVICE = "service", _("service")
    DIGEST = "digest", _("digest")


class State(models.TextChoices):
    """Where a letter is; `coalition.mail.ledger` has the ways from one to the next."""

    HELD = "held", _("held back")
    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("being made")
    HANDED_OVER = "handed_over", _("being handed over")
    SENT = "sent", _("sent")
    UNKNOWN = "unknown", _("unknown whether it arrived")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("too late")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    SUPPRESSED = "suppressed", _("not sent on purpose")
    CANCELLED = "cancelled", _("cancelled")


class Outcome(models.TextChoices):
    """How one try to hand a letter over went."""

    STARTED = "started", _("started")
    ACCEPTED = "accepted", _("accepted")
    POSTPONED = "postponed", _("refused this time")
    REFUSED = "refused", _("refused")
    UNKNOWN = "unknown", _("broke off")


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with this key: always the same, so a repeated letter is the same message."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def normal_address(address: str) -> str:
    """The address as mail servers want it: no spaces, the domain in small letters and ASCII (IDNA).

    Raises ValueError for what is no address, or has a local part outside ASCII (SMTPUTF8 is not spoken everywhere).
    """
    address = address.strip()
    try:
        validate_email(address)
        local, _at, domain = address.rpartition("@")
        local.encode("ascii")
        return f"{local}@{punycode(domain.lower())}"
    except (ValidationError, UnicodeError) as error:
        raise ValueError("not an e-mail address") from error


def one_line(words: str) -> str:
    """Words for a header field: every run of white space and control characters is one space."""
    return re.sub(r"[\s\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", words).strip()


def impersonal(words: str, address: str) -> str:
    """What a mail server said, without the address it said it of, nor its local part, nor anybody else's address."""
    local = address.rpartition("@")[0]
    words = ADDRESS.sub(BLOT, words)
    # A local part of two letters is any word; of a longer one the server may have said "no such user: jan.janssens".
    return eraser([local])(words) if len(local) > 2 else words


def next_try(tries: int, now: datetime) -> datetime | None:
    """When a letter that was tried `tries` times may be tried again; None when it is given up."""
    return now + WAITS[tries - 1] if 1 <= tries <= len(WAITS) else None


def after_attempt(
    outcome: Outcome, *, tries: int, again_when_unknown: bool, once: bool, now: datetime
) -> tuple[State, datetime | None]:
    """The state a letter goes to after an attempt, and when it may be tried again if it waits.

    `once`: its words are gone, so nobody can try again.
    """
    if outcome == Outcome.ACCEPTED:
        return State.SENT, None
    if outcome == Outcome.REFUSED:
        return State.FAILED, None
    again = None if once else next_try(tries, now)
    if outcome == Outcome.UNKNOWN and (again is None or not again_when_unknown):
        return State.UNKNOWN, None
    return (State.QUEUED, again) if again else (State.FAILED, None)


def address_is_dead(code: int | None, words: str) -> bool:
    """Whether a mail server's refusal of a recipient means that nobody lives there (RFC 5321 4.2.3, RFC 3463 3.2).

    A full mailbox (552) or a policy (5.7.x: "relaying denied") says nothing about the address.
    """
    if code is None or not 500 <= code < 600 or code == 552:
        return False
    enhanced = re.match(r"5\.(\d+)\.\d+", words)
    return enhanced.group(1) in ("0", "1") if enhanced else code in (550, 551, 553)
