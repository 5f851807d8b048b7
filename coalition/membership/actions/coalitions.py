"""Founding a coalition, changing what it says of itself, and writing down its agreement."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import permits, queries
from coalition.membership.actions.mandates import give_mandate, sync_founders
from coalition.membership.models import Agreement, Coalition, Invitation, Mandate
from coalition.membership.models.agreements import HEADINGS
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person


@transaction.atomic
def found_coalition(
    *,
    name: str,
    contact_email: str,
    by: "Person | None",
    now: datetime,
    slug: str = "",
    subtitle: str = "",
    accent: Coalition.Accent = Coalition.Accent.LEAF,
    managing_municipality: Municipality | None = None,
    founded_on: date | None = None,
    is_demo: bool = False,
) -> Coalition:
    """Write down a new coalition; its pages, collection and groups come with it in `cms.spaces.found_space`.

    Founders are invited by the platform and found once; whoever founds by invitation becomes the first coordinator.
    """
    right = _founding_right(by)
    slug = slug or slugify(name)
    if not slug:
        raise Refusal(_("The name must contain letters or digits."), field="name")
    if Coalition.objects.filter(slug=slug).exists():
        raise Refusal(_("There is already a coalition at “%(slug)s”.") % {"slug": slug}, field="slug")
    coalition = Coalition.objects.create(
        slug=slug,
        name=name,
        subtitle=subtitle,
        accent=accent,
        managing_municipality=managing_municipality,
        contact_email=contact_email,
        founded_on=founded_on or local_day(now),
        is_demo=is_demo,
    )
    record(Verb.COALITION_FOUNDED, subject=coalition, by=by, about=coalition, now=now)
    if right is not None:
        right.used_at = now
        right.save(update_fields=["used_at"])
        give_mandate(person=by, coalition=coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
        sync_founders()
    return coalition


def _founding_right(by: "Person | None") -> Invitation | None:
    """The invitation that is used up by founding; None where none is needed. Refuses whoever may not found."""
    if by is None or by.is_superuser:
        return None
    right = Invitation.objects.select_for_update().filter(pk__in=queries.founding_rights(by)).order_by("pk").first()
    if right is None:
        raise Refusal(_("You have no open invitation to found a coalition."))
    return right


@transaction.atomic
def change_coalition(*, coalition: Coalition, by: "Person | None", now: datetime, **facts) -> Coalition:
    """Change name, subtitle, accent, contact address or managing municipality of a coalition."""
    permits.must_coordinate(by, coalition, now)
    allowed = {"name", "subtitle", "accent", "contact_email", "managing_municipality"}
    if unknown := set(facts) - allowed:
        raise TypeError(f"not a fact of a coalition: {', '.join(sorted(unknown))}")
    changed = sorted(name for name, value in facts.items() if getattr(coalition, name) != value)
    if changed:
        for name in changed:
            setattr(coalition, name, facts[name])
        coalition.save(update_fields=changed)
        record(Verb.COALITION_CHANGED, subject=coalition, by=by, about=coalition, now=now, changed=changed)
    return coalition


@transaction.atomic
def write_agreement(*, coalition: Coalition, by: "Person | None", now: datetime, **facts) -> Agreement:
    """Write or change the agreement: `form`, `signed_on`, `url` and the headings of the law (L-7.1)."""
    permits.must_coordinate(by, coalition, now)
    if unknown := set(facts) - {"form", "signed_on", "url", *HEADINGS}:
        raise TypeError(f"not a fact of an agreement: {', '.join(sorted(unknown))}")
    agreement, created = Agreement.objects.select_for_update().get_or_create(
        coalition=coalition, defaults={"changed_at": now}
    )
    changed = sorted(name for name, value in facts.items() if getattr(agreement, name) != value)
    if changed or created:
        for name in changed:
            setattr(agreement, name, facts[name])
        agreement.changed_at = now
        agreement.save()
        record(Verb.AGREEMENT_WRITTEN, subject=agreement, by=by, about=coalition, now=now, changed=changed)
    return agreement
