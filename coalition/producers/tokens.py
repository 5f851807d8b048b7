"""Signed words in links to farmers: they name a link, never an address, and cannot be made by anybody else."""

from uuid import UUID

from django.core import signing

SALT = "producers.farmer.1"


def to_open(link_id: UUID, nonce: str) -> str:
    """The word for a link to a farmer's own profile; how long it holds is written in the row."""
    return signing.Signer(salt=SALT).sign(f"{link_id.hex}.{nonce}")


def read(token: str) -> tuple[UUID, str] | None:
    """Which link a word names; None when it is forged."""
    try:
        key, _dot, nonce = signing.Signer(salt=SALT).unsign(token).partition(".")
        return UUID(hex=key), nonce
    except (signing.BadSignature, ValueError):
        return None
