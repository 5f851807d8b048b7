"""Signed words in links of joining: each names one row and one purpose; a new letter makes the old link worthless."""

from django.core import signing

from coalition.membership.rules import INVITATION_OPEN, REQUEST_OPEN

INVITATION, REQUEST = "membership.invitation.1", "membership.request.1"


def for_invitation(pk: int, nonce: str) -> str:
    """A word for the link in an invitation."""
    return signing.dumps([pk, nonce], salt=INVITATION, compress=True)


def read_invitation(token: str) -> tuple[int, str] | None:
    """Which invitation a link names; None when it is forged or too old."""
    # The row says until when it is open; the signature outlives it by a month, so that the reader is told why.
    return _read(token, INVITATION, INVITATION_OPEN.total_seconds() + 30 * 24 * 3600)


def for_request(pk: int, nonce: str) -> str:
    """A word for the link that confirms a request to join; it holds for a week."""
    return signing.dumps([pk, nonce], salt=REQUEST, compress=True)


def read_request(token: str) -> tuple[int, str] | None:
    """Which request a link names; None when it is forged or older than a week."""
    return _read(token, REQUEST, REQUEST_OPEN.total_seconds())


def _read(token: str, salt: str, max_age: float) -> tuple[int, str] | None:
    try:
        pk, nonce = signing.loads(token, salt=salt, max_age=max_age)
        return int(pk), str(nonce)
    except (signing.BadSignature, ValueError, TypeError):
        return None
