"""What the post office holds of an address: the letters that went there, how that went, and whether mail arrives."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coalition.base.blotting import blot
from coalition.base.hashing import keyed_hash
from coalition.mail import kinds
from coalition.mail.models import Address, Attempt, DeliveryEvent, Letter
from coalition.mail.rules import NOBODY, State, impersonal
from coalition.people.holdings import Holding, Item, Subject, register

NOT_YET_GONE = (State.HELD, State.QUEUED, State.CLAIMED)
MOST_SHOWN = 1000


def letters_to(addresses: Iterable[str]) -> QuerySet[Letter]:
    """Every letter to these addresses, in any case of letters."""
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(to__iexact=address)
    return Letter.objects.filter(found)


def _show_letters(subject: Subject) -> list[Item]:
    letters = letters_to(subject.addresses).select_related("coalition")[:MOST_SHOWN]
    return [
        Item(
            kinds.title(letter.kind),
            {
                _("e-mail address"): letter.to,
                _("written"): letter.created_at,
                _("sent at"): letter.sent_at,
                _("state"): letter.get_state_display(),
                _("coalition"): letter.coalition.name if letter.coalition else None,
            },
        )
        for letter in letters
    ]


def _erase_letters(subject: Subject, now: datetime) -> None:
    """Letters that have not gone stay away; of the others it stays that a letter went, not to whom."""
    letters = letters_to(subject.addresses)
    letters.filter(state__in=NOT_YET_GONE).update(state=State.CANCELLED, lease_token="", lease_until=None)
    _make_unreadable(list(letters), now)
    # A server may have named somebody in an answer about another's letter.
    blot(Letter.objects.order_by(), ["reason", "facts"], subject.addresses)
    for model in (Attempt, DeliveryEvent):
        blot(model.objects.order_by(), ["detail"], subject.addresses)


def _make_unreadable(letters: list[Letter], now: datetime) -> None:
    addresses = {letter.pk: letter.to for letter in letters}
    for model in (Attempt, DeliveryEvent):
        said = list(model.objects.filter(letter__in=addresses).exclude(detail=""))
        for row in said:
            row.detail = impersonal(row.detail, addresses[row.letter_id])
        model.objects.bulk_update(said, ["detail"], batch_size=200)
    for letter in letters:
        letter.reason = impersonal(letter.reason, letter.to)
        letter.to, letter.facts, letter.forgotten_at = NOBODY, {}, now
    Letter.objects.bulk_update(letters, ["reason", "to", "facts", "forgotten_at"], batch_size=200)


def _forget_letters(now: datetime, batch: int) -> int:
    old = Letter.objects.filter(
        forgotten_at__isnull=True, created_at__lt=now - timedelta(days=settings.RETENTION_DAYS["letters"])
    )
    letters = list(old.exclude(state__in=(*NOT_YET_GONE, State.HANDED_OVER)).order_by("created_at")[:batch])
    _make_unreadable(letters, now)
    return len(letters)


def _known(subject: Subject) -> QuerySet[Address]:
    return Address.objects.filter(email_hash__in=[keyed_hash(address) for address in subject.addresses])


def _show_addresses(subject: Subject) -> list[Item]:
    return [
        Item(
            _("Whether mail arrives at your address"),
            {_("state"): known.get_state_display(), _("reason"): known.reason, _("since"): known.changed_at},
        )
        for known in _known(subject)
    ]


def _erase_addresses(subject: Subject, now: datetime) -> None:
    """Who is not written to any more stays so: forgetting that would mean writing to him again."""
    _known(subject).exclude(state=Address.State.SUPPRESSED).delete()
    blot(Address.objects.order_by(), ["reason"], subject.addresses)
    for address in subject.addresses:
        for known in _known(subject).filter(email_hash=keyed_hash(address)).exclude(reason=""):
            known.reason = impersonal(known.reason, address)
            known.save(update_fields=["reason"])


register(
    Holding(
        name="mail.letters",
        purpose=_("Sending e-mail, and knowing whether it arrived"),
        kept=_("Address and subject of a letter for twelve months; the words of a letter are never kept."),
        stays=_("That letters were sent, without saying to whom."),
        show=_show_letters,
        erase=_erase_letters,
        forget=_forget_letters,
    )
)
register(
    Holding(
        name="mail.addresses",
        purpose=_("Not writing to addresses where no mail arrives"),
        kept=_("As long as it is useful, and only as a code from which nobody can read your address."),
        stays=_("If mail did not arrive at your address: that code, so that nobody writes there again."),
        show=_show_addresses,
        erase=_erase_addresses,
    )
)
