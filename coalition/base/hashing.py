"""An address that nobody can read back: what is left of it where only "is it this one again?" may still be asked."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(address: str) -> str:
    """64 hexadecimal digits for an e-mail address in any case; worthless to whoever lacks the key.

    The key is ADDRESS_KEY, or SECRET_KEY where that is not set: with another key no hash is recognised again.
    """
    key = settings.ADDRESS_KEY or settings.SECRET_KEY
    return salted_hmac("address.1", address.strip().lower(), secret=key, algorithm="sha256").hexdigest()
