"""In which coalitions a producer is found, and in which municipality after a merger."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import permits, queries
from coalition.producers.actions.profiles import lock, tell_coalitions
from coalition.producers.models import Listing, Producer

if TYPE_CHECKING:
    from coalition.people.models import Person


@transaction.atomic
def list_producer(
    *, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime, as_guest: bool = False,
    reason: str = "",
) -> Listing:  # fmt: skip
    """Let a confirmed producer be found in one more coalition; a guest (no member's producer) needs a reason."""
    permits.must_coordinate(by, coalition, now)
    producer = lock(producer)
    if producer.state != Producer.State.CONFIRMED:
        # What others drafted is theirs alone: with a listing comes the right to read all of it.
        raise Refusal(_("%(producer)s has not confirmed this profile yet.") % {"producer": producer.name})
    reason = " ".join(reason.split())
    if as_guest and not reason:
        raise Refusal(_("Why is a producer of elsewhere listed here? Give a reason."), field="reason")
    if len(reason) > 200:
        raise Refusal(_("This reason is too long."), field="reason")
    listing, created = Listing.objects.update_or_create(
        producer=producer, coalition=coalition,
        defaults={"as_guest": as_guest, "reason": reason if as_guest else ""},
        create_defaults={"as_guest": as_guest, "reason": reason if as_guest else "", "added_at": now},
    )  # fmt: skip
    record(Verb.PRODUCER_LISTED, subject=producer, by=by, about=coalition, now=now, new=created, as_guest=as_guest)
    return listing


@transaction.atomic
def unlist_producer(*, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime) -> None:
    """Take a producer from the list of a coalition; his profile and his other coalitions stay."""
    permits.must_coordinate(by, coalition, now)
    if producer.confirmed_at is None and not producer.listings.exclude(coalition=coalition).exists():
        # Nobody could see or delete any more what stands in it.
        raise Refusal(_("%(producer)s is a draft of this coalition alone: delete it.") % {"producer": producer.name})
    if Listing.objects.filter(producer=producer, coalition=coalition).delete()[0]:
        record(Verb.PRODUCER_UNLISTED, subject=producer, by=by, about=coalition, now=now)


@transaction.atomic
def follow_mergers_due(*, now: datetime) -> int:
    """Carry producers of merged municipalities to the successor; returns how many."""
    moved = list(queries.to_follow(local_day(now)).select_for_update(of=("self",)))
    for producer in moved:
        producer.municipality_id = producer.successor
        producer.save(update_fields=["municipality"])
        tell_coalitions(producer)
        record(Verb.PRODUCER_MOVED, subject=producer, now=now)
    return len(moved)
