"""Signed words in links: they name one subscription and one purpose, and cannot be made by anybody else."""

from uuid import UUID

from django.core import signing

from coalition.digests.rules import CONFIRMATION_DAYS


def to_confirm(subscription_id: UUID, round: int) -> str:
    """A word for the confirmation link; it holds for a week and for this round of asking only."""
    return signing.dumps([str(subscription_id), round], salt="digest.confirm.1", compress=True)


def read_confirm(token: str) -> tuple[UUID, int] | None:
    """What a confirmation link names; None when it is forged or older than a week."""
    try:
        key, round = signing.loads(token, salt="digest.confirm.1", max_age=CONFIRMATION_DAYS * 24 * 3600)
        return UUID(key), int(round)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def to_stop(subscription_id: UUID) -> str:
    """A word for the unsubscribe link; it never expires, so that stopping always works."""
    return signing.Signer(salt="digest.stop.1").sign(subscription_id.hex)


def read_stop(token: str) -> UUID | None:
    """Which subscription an unsubscribe link names; None when it is forged."""
    try:
        return UUID(hex=signing.Signer(salt="digest.stop.1").unsign(token))
    except (signing.BadSignature, ValueError):
        return None
