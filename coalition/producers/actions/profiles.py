"""A coalition writes down what it knows of a producer; what he has confirmed stays until he says yes to the new."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from unidecode import unidecode

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base import freshness
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import permits
from coalition.producers.facts import must_be_clean, read_facts, write_facts
from coalition.producers.models import FarmerLink, Listing, Producer, ProducerDraft
from coalition.territory.ground import Ground, ground_on

if TYPE_CHECKING:
    from coalition.intake.models import Batch
    from coalition.people.models import Person

State = Producer.State
LONGEST_SLUG = 70


@transaction.atomic
def draft_producer(
    *,
    coalition: Coalition,
    facts: Mapping[str, Any],
    by: "Person | None",
    now: datetime,
    ground: Ground | None = None,
    batch: "Batch | None" = None,
    batch_row: str = "",
    source: str = "",
    source_key: str = "",
    is_demo: bool = False,
    tell: bool = True,
) -> Producer:
    """Write down a producer for a coalition; nobody sees it before he confirms.

    `facts` as in `coalition.producers.facts`; FactsRefusal says everything that is wrong with them. `ground` spares
    reading the boundaries again when many are drafted; `tell=False` leaves no entry for each (a batch has one).
    """
    permits.must_coordinate(by, coalition, now)
    facts = must_be_clean(facts)
    producer = Producer(
        slug=free_slug(facts["name"], facts["place"]),
        created_at=now, created_by=by, batch=batch, batch_row=batch_row, source=source, source_key=source_key,
        is_demo=is_demo,
    )  # fmt: skip
    write_facts(producer, facts, ground=ground or ground_on(local_day(now)), now=now)
    Listing.objects.create(producer=producer, coalition=coalition, added_at=now)
    if tell:
        record(Verb.PRODUCER_DRAFTED, subject=producer, by=by, about=coalition, now=now)
    return producer


def free_slug(name: str, place: str) -> str:
    """A name on the web that no producer has: his own, with his village, then with a number."""
    own = slugify(unidecode(name))[:LONGEST_SLUG].strip("-") or "producent"
    wishes = [own, f"{own}-{slugify(unidecode(place))}"[:LONGEST_SLUG].strip("-")]
    taken = set(Producer.objects.filter(slug__startswith=own[:40]).values_list("slug", flat=True))
    number = 2
    while all(wish in taken for wish in wishes):
        wishes.append(f"{own}-{number}")
        number += 1
    return next(wish for wish in wishes if wish not in taken)


@transaction.atomic
def change_producer(
    *, producer: Producer, coalition: Coalition, facts: Mapping[str, Any], by: "Person | None", now: datetime
) -> Producer:
    """Change what is written of a producer. What he has confirmed stays public until he says yes to the change.

    A change of nothing waits for nobody: it takes back the one that waited.
    """
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    facts = must_be_clean(facts)
    if producer.state in (State.CONFIRMED, State.HIDDEN):
        if facts == read_facts(producer):
            discard_change(producer=producer, coalition=coalition, by=by, now=now)
            return producer
        ProducerDraft.objects.update_or_create(producer=producer, defaults={"facts": facts, "at": now, "by": by})
        record(Verb.PRODUCER_PROPOSED, subject=producer, by=by, about=coalition, now=now)
        return producer
    if facts["email"].casefold() != producer.email.casefold():
        # The link in a letter proves the address to which it went, and no other.
        close_links(producer, now)
    write_facts(producer, facts, ground=ground_on(local_day(now)), now=now)
    record(Verb.PRODUCER_CHANGED, subject=producer, by=by, about=coalition, now=now)
    return producer


def close_links(producer: Producer, now: datetime) -> None:
    """Let no letter that was sent open the profile any more; who holds one may still ask for a new one."""
    FarmerLink.objects.filter(producer=producer, used_at__isnull=True).update(used_at=now)


def lock(producer: Producer) -> Producer:
    """The producer as he stands now, held until the end of the transaction."""
    return Producer.objects.select_for_update().get(pk=producer.pk)


@transaction.atomic
def discard_change(*, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime) -> None:
    """Throw away a change that waits for the farmer's yes."""
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    if ProducerDraft.objects.filter(producer=producer).delete()[0]:
        record(Verb.PRODUCER_CHANGED, subject=producer, by=by, about=coalition, now=now, discarded=True)


@transaction.atomic
def hide_producer(*, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime) -> Producer:
    """Take a profile off the site, everywhere; the farmer himself can bring it back by confirming again."""
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    if producer.state != State.HIDDEN:
        producer.state, producer.changed_at = State.HIDDEN, now
        producer.save(update_fields=["state", "changed_at"])
        tell_coalitions(producer)
        record(Verb.PRODUCER_HIDDEN, subject=producer, by=by, about=coalition, now=now)
    return producer


@transaction.atomic
def delete_draft(*, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime) -> None:
    """Delete a profile that its farmer never confirmed; refuses one that he did, and one another coalition lists."""
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    if producer.confirmed_at is not None:
        raise Refusal(_("%(producer)s confirmed this profile: hide it instead.") % {"producer": producer.name})
    if producer.listings.exclude(coalition=coalition).exists():
        raise Refusal(_("Another coalition lists %(producer)s too.") % {"producer": producer.name})
    record(Verb.PRODUCER_DELETED, subject=producer, by=by, about=coalition, now=now)
    producer.delete()


def tell_coalitions(producer: Producer) -> None:
    """Let no cached page of any coalition that lists a producer be served again."""
    for slug in producer.listings.values_list("coalition__slug", flat=True):
        freshness.stale(slug)
