"""The farmer's own word, without a password: he opens a link, corrects, declares, agrees, and confirms by one act."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import letters, permits, queries, rules, tokens
from coalition.producers.actions.profiles import close_links, lock, tell_coalitions
from coalition.producers.facts import must_be_clean, write_facts
from coalition.producers.models import Declaration, FarmerLink, FieldConsent, Producer, ProducerDraft
from coalition.producers.words import Answer, Contact, Reach, Via
from coalition.territory.ground import ground_on

if TYPE_CHECKING:
    from coalition.people.models import Person

State = Producer.State
# Somebody who presses the button twice does not fill a mailbox.
BETWEEN_LETTERS = timedelta(minutes=2)
# What he agrees to, whole sentences: they are kept as proof.
CONSENTS = {
    Contact.CONTACT_NAME: gettext_noop("Show my name to everybody who visits the site."),
    Contact.PHONE: gettext_noop("Show my telephone number to everybody who visits the site."),
    Contact.EMAIL: gettext_noop("Show my e-mail address to everybody who visits the site."),
    Contact.ADDRESS: gettext_noop("Show my street and number to everybody who visits the site."),
    Contact.WEBSITE: gettext_noop("Show my website to everybody who visits the site."),
}


@transaction.atomic
def ask_producer(*, producer: Producer, coalition: Coalition, by: "Person | None", now: datetime) -> FarmerLink:
    """Send a farmer the letter with the link to his own profile; an earlier link no longer works.

    Refuses who has no address, and who wants to be called instead.
    """
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    if producer.reach == Reach.PHONE:
        words = _("%(producer)s wants to be called: note his yes on the telephone.")
        raise Refusal(words % {"producer": producer.name})
    if not producer.email:
        raise Refusal(_("There is no e-mail address to write to."), field="email")
    link = _new_link(producer, coalition, by, now)
    if producer.state == State.DRAFT:
        producer.state = State.ASKED
        producer.save(update_fields=["state"])
    record(Verb.PRODUCER_ASKED, subject=producer, by=by, about=coalition, now=now)
    return link


def _new_link(
    producer: Producer, coalition: Coalition | None, by: "Person | None", now: datetime, *, by_himself: bool = False
) -> FarmerLink:
    close_links(producer, now)
    link = FarmerLink.objects.create(producer=producer, coalition=coalition, asked_at=now, asked_by=by)
    letters.ask(link, now, by_himself=by_himself)
    return link


@transaction.atomic
def ask_again(*, token: str, now: datetime) -> None:
    """Whoever holds an old link asks for a new one: it goes to the address we know, never to another.

    Says nothing about whether there was such a link.
    """
    link = _named(token)
    if link is None or now - link.asked_at > rules.LETTER_OPEN or not link.producer.email:
        return
    producer = lock(link.producer)
    newest = FarmerLink.objects.filter(producer=producer).order_by("-asked_at").first()
    if newest is not None and newest.used_at is None and now - newest.asked_at < BETWEEN_LETTERS:
        return
    _new_link(producer, link.coalition, link.asked_by, now, by_himself=True)


def _named(token: str) -> FarmerLink | None:
    named = tokens.read(token)
    return queries.link_of(*named) if named else None


def link_to_use(*, token: str, now: datetime) -> FarmerLink:
    """The link that a letter named; refuses one that is forged, older than half an hour, replaced or used."""
    link = _named(token)
    if link is None or link.used_at is not None or now - link.asked_at > rules.LINK_OPEN:
        raise Refusal(_("This link no longer works. Ask for a new one."))
    return link


def _take(token: str, now: datetime) -> FarmerLink:
    """The same link, held until the end of the transaction: of two that press at once, one comes too late."""
    link = link_to_use(token=token, now=now)
    # The producer first, as everybody does who writes about him: two that wait for each other would wait for ever.
    link.producer = lock(link.producer)
    held = FarmerLink.objects.select_for_update().filter(pk=link.pk, used_at__isnull=True).first()
    if held is None:
        raise Refusal(_("This link no longer works. Ask for a new one."))
    return link


def _use(link: FarmerLink, now: datetime) -> None:
    FarmerLink.objects.filter(pk=link.pk).update(used_at=now)


@transaction.atomic
def confirm_profile(
    *, token: str, facts: Mapping[str, Any], declarations: Mapping[str, tuple[str, str]], now: datetime
) -> Producer:
    """The farmer says: this is right and may be shown. The link is used up by it.

    `declarations` holds for each key of the coalition's principles his answer and how, as far as he gave them.
    FactsRefusal says everything that is wrong; then nothing is written and the link still works.
    """
    link = _take(token, now)
    producer = _confirm(link.producer, link.coalition, facts, declarations, Via.LINK, None, now)
    _use(link, now)
    record(Verb.PRODUCER_CONFIRMED, subject=producer, about=link.coalition, now=now, via=str(Via.LINK))
    letters.thank(producer, link.coalition, now)
    letters.tell_coordinators("confirmed", producer, link.coalition, now)
    return producer


@transaction.atomic
def confirm_by_phone(
    *, producer: Producer, coalition: Coalition, facts: Mapping[str, Any],
    declarations: Mapping[str, tuple[str, str]], by: "Person", now: datetime,
) -> Producer:  # fmt: skip
    """A coordinator notes the yes that a farmer gave on the telephone; who noted it stands with each consent."""
    producer = lock(producer)
    permits.must_keep(by, producer, coalition, now)
    producer = _confirm(producer, coalition, facts, declarations, Via.PHONE, by, now)
    close_links(producer, now)
    record(Verb.PRODUCER_CONFIRMED, subject=producer, by=by, about=coalition, now=now, via=str(Via.PHONE))
    return producer


def _confirm(producer, coalition, facts, declarations, via, by, now) -> Producer:
    write_facts(producer, must_be_clean(facts), ground=ground_on(local_day(now)), now=now)
    producer.state, producer.confirmed_at = State.CONFIRMED, now
    producer.save(update_fields=["state", "confirmed_at"])
    producer.photos.filter(confirmed_at__isnull=True).update(confirmed_at=now)
    ProducerDraft.objects.filter(producer=producer).delete()
    _consent(producer, via, by, now)
    if coalition is not None:
        _declare(producer, coalition, declarations, now)
    tell_coalitions(producer)
    return producer


def _consent(producer: Producer, via: Via, by: "Person | None", now: datetime) -> None:
    """One row of proof for each field that he agrees to show from now on, or no longer."""
    agreed, shown = set(queries.agreed(producer)), set(producer.shown)
    FieldConsent.objects.bulk_create(
        FieldConsent(
            producer=producer, field=field, given=field in shown, at=now, via=via, noted_by=by,
            words=consent_to(field),
        )
        for field in Contact.values
        if field in agreed ^ shown
    )  # fmt: skip


def consent_to(field: str) -> str:
    """The sentence by which a farmer agrees to show one of `Contact`, in the language in which he reads it."""
    return _(CONSENTS[Contact(field)])


def _declare(
    producer: Producer, coalition: Coalition, declarations: Mapping[str, tuple[str, str]], now: datetime
) -> None:
    principles = queries.principles_of(coalition, local_day(now))
    if principles is None:
        return
    for item in principles.items:
        answer, words = declarations.get(item["key"], ("", ""))
        if answer not in Answer.values:
            Declaration.objects.filter(producer=producer, principles=principles, key=item["key"]).delete()
            continue
        Declaration.objects.update_or_create(
            producer=producer, principles=principles, key=item["key"],
            defaults={"answer": answer, "words": " ".join(words.split())[:300], "declared_at": now},
        )  # fmt: skip


@transaction.atomic
def want_call(*, token: str, now: datetime) -> Producer:
    """The farmer would rather be called: the coordinators hear of it, and letters stop. Nothing is confirmed."""
    link = _take(token, now)
    producer = link.producer
    producer.reach = Reach.PHONE
    producer.save(update_fields=["reach"])
    _use(link, now)
    record(Verb.PRODUCER_WANTS_A_CALL, subject=producer, about=link.coalition, now=now)
    letters.tell_coordinators("wants_call", producer, link.coalition, now)
    return producer


@transaction.atomic
def hide_by_link(*, token: str, now: datetime) -> Producer:
    """The farmer does not want to be shown: his profile goes off the site at once."""
    link = _take(token, now)
    producer = link.producer
    producer.state, producer.changed_at = State.HIDDEN, now
    producer.save(update_fields=["state", "changed_at"])
    _use(link, now)
    tell_coalitions(producer)
    record(Verb.PRODUCER_HIDDEN, subject=producer, about=link.coalition, now=now, via=str(Via.LINK))
    letters.tell_coordinators("hidden", producer, link.coalition, now)
    return producer
