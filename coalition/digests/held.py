"""What the digests hold of somebody: his subscriptions, with the proof that he said yes, and what he was told."""

from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from coalition.digests import queries
from coalition.digests.actions import forget_ended_due, forget_reader
from coalition.digests.models import Subscription
from coalition.people.holdings import Holding, Item, Subject, register


def _subscriptions(subject: Subject) -> list[Subscription]:
    return list(queries.subscriptions_at(subject.addresses).select_related("coalition").order_by("asked_at"))


def _show(subject: Subject) -> list[Item]:
    found = queries.subscriptions_at(subject.addresses).select_related("coalition").order_by("asked_at")
    return [
        Item(
            subscription.coalition.name,
            {
                _("e-mail address"): subscription.email or None,
                _("state"): subscription.get_state_display(),
                _("asked"): subscription.asked_at,
                _("confirmed"): subscription.confirmed_at,
                _("ended"): subscription.ended_at,
                _("what you agreed to"): subscription.consent_text,
                _("on the page"): subscription.consent_page,
                _("news items told"): subscription.told_count,
            },
        )
        for subscription in found.annotate(told_count=Count("told"))
    ]


def _erase(subject: Subject, now: datetime) -> None:
    for subscription in _subscriptions(subject):
        forget_reader(subscription=subscription, via="erased", now=now)


register(
    Holding(
        name="digests.subscriptions",
        purpose=_("Sending you the digest that you asked for"),
        kept=_("As long as you are subscribed and thirty days after; a request that you do not confirm, seven days."),
        stays=_("The proof of what you agreed to, with a code from which nobody can read your address."),
        show=_show,
        erase=_erase,
        coalitions=lambda subject: {subscription.coalition_id for subscription in _subscriptions(subject)},
        forget=lambda now, batch: forget_ended_due(now=now, batch=batch),
    )
)
