"""What can be asked of the post office."""

from django.db.models import QuerySet

from coalition.base.hashing import keyed_hash
from coalition.mail.models import Address, Attempt, Heartbeat, Letter
from coalition.mail.rules import State


def waiting() -> QuerySet[Letter]:
    """Letters that have not left yet, the one that is due first first."""
    return Letter.objects.filter(state__in=(State.HELD, State.QUEUED, State.CLAIMED)).order_by("next_try_at", "pk")


def trail(letter: Letter) -> QuerySet[Attempt]:
    """Every attempt to hand a letter over, in order: two lines each, how it started and how it went."""
    return letter.attempts.order_by("pk")


def is_suppressed(address: str) -> bool:
    """Whether nobody writes to this address any more."""
    return Address.objects.filter(email_hash=keyed_hash(address), state=Address.State.SUPPRESSED).exists()


def heartbeats() -> dict:
    """When each part that works unasked was last seen at work, by name."""
    return dict(Heartbeat.objects.values_list("name", "at"))
