"""Asking for one's data, taking a copy, correcting and erasing them, and letting go of what is held too long."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.mail import actions as mail
from coalition.people import holdings
from coalition.people.holdings import Subject
from coalition.people.models import Person
from coalition.rights import letters, queries, rules
from coalition.rights.models import DataRequest, Pass
from coalition.rights.queries import Held

if TYPE_CHECKING:
    from coalition.membership.models import Coalition

log = logging.getLogger(__name__)

Kind = DataRequest.Kind
AT_ONCE = 500
ROUNDS = 20


@transaction.atomic
def ask(*, email: str, now: datetime) -> None:
    """Somebody asks by address what is held of him; if something is, a letter goes there with a link for half an hour.

    Says nothing about whether the address is known. Who has an account is told to sign in: his second factor guards
    more than his mailbox does.
    """
    email = _address(email)
    person = queries.account_at(email)
    somebody = queries.subject([email], person)
    known = bool(queries.held_of(somebody))
    if not known or Pass.objects.filter(address=email, asked_at__gt=now - rules.BETWEEN_LINKS).exists():
        return
    opened = Pass.objects.create(address=email, asked_at=now)
    mail.post(
        kind="rights/sign_in" if person else "rights/link",
        key=f"rights:{opened.pk}",
        to=email,
        facts={"pass": str(opened.pk)},
        expires_at=now + rules.LINK_HOLDS,
        now=now,
    )
    record(Verb.DATA_ASKED, now=now)


def _address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(_("This is not an e-mail address."), field="email") from error
    return email


def holder(*, token: str, now: datetime) -> Subject:
    """Of whom a link shows the data; refuses one that is forged, too old or used."""
    found = queries.pass_of(token, now)
    # Whoever made an account in the meantime has a better door.
    if found is None or queries.account_at(found.address) is not None:
        raise Refusal(_("This link no longer works. Ask for a new one."))
    return queries.subject([found.address])


@transaction.atomic
def take(*, subject: Subject, now: datetime) -> list[Held]:
    """Give somebody all that is held of him, and write in the register that he was answered."""
    helds = queries.held_of(subject)
    _answered(Kind.TAKE, subject, now)
    record(Verb.DATA_TAKEN, by=subject.person, now=now)
    return helds


@transaction.atomic
def correct_name(*, person: Person, name: str, now: datetime) -> Person:
    """Somebody says how he is called; refuses a name longer than 200 characters."""
    name = " ".join(name.split())
    if len(name) > Person._meta.get_field("name").max_length:
        raise Refusal(_("This name is too long."), field="name")
    if name != person.name:
        person.name = name
        person.save(update_fields=["name"])
        _answered(Kind.CORRECT, queries.subject([], person), now)
        record(Verb.DATA_CORRECTED, by=person, now=now)
    return person


@transaction.atomic
def erase(*, subject: Subject, now: datetime) -> None:
    """Erase somebody in every room, or nowhere; a last letter says so. Erasing again does nothing.

    Refuses while he must do something else first, such as handing over a coalition.
    """
    if subject.person is not None:
        subject = queries.subject(subject.addresses, Person.objects.select_for_update().get(pk=subject.person.pk))
        if subject.person.erased_at:
            return
    if sentences := queries.obstacles(subject, now):
        raise Refusal(" ".join(sentences))
    stays = [held.holding.stays for held in queries.held_of(subject) if held.holding.stays]
    _answered(Kind.ERASE, subject, now)
    for holding in holdings.from_the_roof_down():
        holding.erase(subject, now)
    record(Verb.DATA_ERASED, by=None, now=now)
    transaction.on_commit(_say_goodbye(subject.addresses[0], stays, now))


@transaction.atomic
def erase_by_link(*, token: str, now: datetime) -> None:
    """Erase whom a link is about; the link is used up by it. Refuses one that is forged, too old or used."""
    found = queries.pass_of(token, now)
    if found is None or Pass.objects.select_for_update().filter(pk=found.pk).first() is None:
        raise Refusal(_("This link no longer works. Ask for a new one."))
    erase(subject=holder(token=token, now=now), now=now)


def _answered(kind: Kind, subject: Subject, now: datetime) -> None:
    """One line in the register of every coalition that holds something, without saying of whom."""
    for coalition in sorted(queries.coalitions_holding(subject)) or [None]:
        DataRequest.objects.create(
            kind=kind,
            coalition_id=coalition,
            by_himself=True,
            asked_at=now,
            due_on=rules.answer_by(now),
            done_at=now,
        )


def _say_goodbye(address: str, stays: list[str], now: datetime) -> Callable[[], None]:
    """The last letter, sent when all is erased: its row never knew the address, so nobody can try a second time."""

    def send() -> None:
        try:
            mail.send_now(
                kind="rights/erased", prepared=letters.erased(now, stays), to=address, forget_address=True, now=now
            )
        except Refusal:
            log.warning("the confirmation of an erasure could not be sent")

    return send


@transaction.atomic
def write_request(*, kind: Kind, address: str, coalition: "Coalition | None", by: Person, now: datetime) -> DataRequest:
    """Write down a request that came by letter or telephone; its month begins now."""
    if kind not in Kind.values:
        raise Refusal(_("Choose what is asked."), field="kind")
    request = DataRequest.objects.create(
        kind=kind, coalition=coalition, address=_address(address), asked_at=now, due_on=rules.answer_by(now)
    )
    record(Verb.DATA_REQUEST_WRITTEN, subject=request, by=by, about=coalition, now=now)
    return request


@transaction.atomic
def finish_request(*, request: DataRequest, by: Person, now: datetime) -> DataRequest:
    """A request is answered: the register forgets whose it was. Finishing twice changes nothing."""
    request = DataRequest.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=request.pk)
    if request.done_at is None:
        request.done_at, request.address = now, ""
        request.save(update_fields=["done_at", "address"])
        record(Verb.DATA_REQUEST_DONE, subject=request, by=by, about=request.coalition, now=now)
    return request


def forget_due(*, now: datetime, batch: int = AT_ONCE) -> int:
    """Let go of all that is held longer than it may be (L-2.9); returns how many rows.

    Each room goes in batches, each a transaction of its own; what is left after some rounds comes next time.
    """
    forgotten = 0
    for holding in holdings.from_the_roof_down():
        for _round in range(ROUNDS if holding.forget else 0):
            with transaction.atomic():
                count = holding.forget(now, batch)
            forgotten += count
            if count < batch:
                break
    return forgotten


def forget_answered(*, now: datetime, batch: int) -> int:
    """Delete passes that no longer open, and requests that were dealt with long ago; returns how many."""
    old = now - timedelta(days=settings.RETENTION_DAYS["data_requests"])
    count = 0
    for expired in (
        Pass.objects.filter(asked_at__lte=now - rules.LINK_HOLDS),
        DataRequest.objects.filter(done_at__lt=old),
    ):
        some = list(expired.order_by("pk").values_list("pk", flat=True)[: batch - count])
        count += expired.model.objects.filter(pk__in=some).delete()[0]
    return count
