from datetime import UTC, datetime, timedelta

from factory import LazyAttribute, Sequence
from factory.django import DjangoModelFactory

from coalition.base.hashing import keyed_hash
from coalition.mail.models import Address, Letter
from coalition.mail.rules import Stream, message_id

WRITTEN = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


class LetterFactory(DjangoModelFactory):
    """A letter of a trial kind (tests/tasks/trial.py) that has been waiting for an hour."""

    class Meta:
        model = Letter

    key = Sequence(lambda n: f"trial:{n}")
    kind = "trial/digest"
    stream = Stream.DIGEST
    to = Sequence(lambda n: f"ok{n}@example.org")
    message_id = LazyAttribute(lambda letter: message_id(letter.key, "example.org"))
    created_at = WRITTEN
    due_at = WRITTEN
    next_try_at = LazyAttribute(lambda letter: letter.due_at)
    expires_at = WRITTEN + timedelta(days=2)


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    class Params:
        email = Sequence(lambda n: f"address{n}@example.org")

    email_hash = LazyAttribute(lambda address: keyed_hash(address.email))
    changed_at = WRITTEN
