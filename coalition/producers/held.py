"""What the house holds of a farmer: his profile, the links he got, and the proof of what he agreed to."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coalition.base import freshness
from coalition.people.holdings import Holding, Item, Subject, register
from coalition.press import actions as press
from coalition.producers import pictures, queries
from coalition.producers.facts import read_facts
from coalition.producers.models import FarmerLink, Producer

# A profile is a farm's; what names its farmer goes, and what is left is not shown.
NAMELESS = {"contact_name": "", "phone": "", "email": "", "website": "", "street": "", "story": "", "shown": []}


def _of(subject: Subject) -> QuerySet[Producer]:
    found = Q(pk__in=[])
    for address in subject.addresses:
        found |= Q(email__iexact=address) | Q(draft__facts__email__iexact=address)
    return Producer.objects.filter(found)


def _show(subject: Subject) -> list[Item]:
    return [Item(producer.name, _facts(producer)) for producer in _of(subject).order_by("pk")]


def _facts(producer: Producer) -> dict:
    facts = read_facts(producer)
    labels = {
        _("name of the contact"): "contact_name", _("telephone number"): "phone", _("e-mail address"): "email",
        _("website"): "website", _("street and number"): "street", _("village or town"): "place", _("story"): "story",
        _("enterprise number"): "enterprise_number", _("opening hours"): "opening_hours",
    }  # fmt: skip
    told = {label: facts[key] for label, key in labels.items() if facts[key]}
    agreed = [f"{row.words} ({row.at:%Y-%m-%d}, {row.get_via_display()})" for row in producer.consents.all()]
    waiting = getattr(producer, "draft", None)
    return told | {
        _("state"): producer.get_state_display(),
        _("confirmed at"): producer.confirmed_at,
        _("agreed"): "; ".join(agreed),
        _("products"): ", ".join(product["name"] for product in facts["products"]),
        _("photos"): ", ".join(photo.alt for photo in producer.photos.all()),
        _("change that waits"): str(waiting.facts) if waiting else "",
    }


def _erase(subject: Subject, now: datetime) -> None:
    for producer in _of(subject):
        for slug in producer.listings.values_list("coalition__slug", flat=True):
            freshness.stale(slug)
        press.forget_waiting(word=producer.slug)
        producer.links.all().delete()
        producer.consents.all().delete()
        producer.declarations.all().delete()
        for photo in producer.photos.all():
            pictures.forget(photo.file)
        producer.photos.all().delete()
        getattr(producer, "draft", None) and producer.draft.delete()
        if producer.confirmed_at is None:
            producer.delete()
            continue
        for key, value in (NAMELESS | {"state": Producer.State.HIDDEN, "changed_at": now}).items():
            setattr(producer, key, value)
        producer.save()


def _coalitions(subject: Subject) -> Iterable[int]:
    return _of(subject).values_list("listings__coalition", flat=True).exclude(listings__coalition=None).distinct()


def _forget(now: datetime, batch: int) -> int:
    old = list(queries.old_links(now).values_list("pk", flat=True)[:batch])
    return FarmerLink.objects.filter(pk__in=old).delete()[0]


register(
    Holding(
        name="producers.profiles",
        purpose=_("Showing producers who want to be found"),
        kept=_("As long as the profile is shown or waits for an answer."),
        stays=_("The name and the place of the farm, hidden, for reports of earlier years."),
        show=_show,
        erase=_erase,
        about=lambda subject: list(_of(subject)),
        coalitions=_coalitions,
        forget=_forget,
    )
)
