"""Signed words in links: they name a pass, never an address, and cannot be made by anybody else."""

from uuid import UUID

from django.core import signing

SALT = "rights.pass.1"


def to_open(pass_id: UUID) -> str:
    """A word for the link to a pass; how long it holds is written in the pass."""
    return signing.Signer(salt=SALT).sign(pass_id.hex)


def read(token: str) -> UUID | None:
    """Which pass a link names; None when it is forged."""
    try:
        return UUID(hex=signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
