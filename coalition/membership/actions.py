"""What happens to coalitions, memberships and mandates."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import queries
from coalition.membership.models import Coalition, Mandate, Membership
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person

STORED_STANDINGS = {Standing.INVITED, Standing.REQUESTED, Standing.MEMBER, Standing.OBSERVER}


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
    """Write down a new coalition; its pages, collection and groups come with it in `cms.spaces.found_space`."""
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
    return coalition


@transaction.atomic
def change_coalition(*, coalition: Coalition, by: "Person | None", now: datetime, **facts) -> Coalition:
    """Change name, subtitle, accent, contact address or managing municipality of a coalition."""
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
def record_membership(
    *,
    coalition: Coalition,
    nis: str,
    standing: Standing,
    by: "Person | None",
    now: datetime,
    decision_body: str = "",
    decision_date: date | None = None,
    decision_url: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """Write down where a municipality stands in a coalition; a second time changes what was written.

    A member needs the date of its council's decision and a first day; a municipality that no longer exists cannot
    join (its successor can).
    """
    municipality = Municipality.objects.filter(nis=nis).select_related("successor").first()
    if municipality is None:
        raise Refusal(_("There is no municipality with NIS code %(nis)s.") % {"nis": nis}, field="nis")
    if municipality.successor and not municipality.holds_on(local_day(now)):
        raise Refusal(
            _("%(old)s merged into %(new)s; record the membership of %(new)s.")
            % {"old": municipality.name, "new": municipality.successor.name},
            field="nis",
        )
    if standing not in STORED_STANDINGS:
        raise Refusal(_("Whether a member joins later or has left follows from its dates."), field="standing")
    if standing == Standing.MEMBER and not (decision_date and valid_from):
        raise Refusal(_("A member needs a decision date and a first day of membership."), field="decision_date")
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day cannot come before the first."), field="valid_until")
    membership, _created = Membership.objects.update_or_create(
        coalition=coalition,
        municipality=municipality,
        defaults={
            "standing": standing,
            "decision_body": decision_body,
            "decision_date": decision_date,
            "decision_url": decision_url,
            "valid_from": valid_from,
            "valid_until": valid_until,
        },
    )
    record(Verb.MEMBER_RECORDED, subject=membership, by=by, about=coalition, now=now, standing=str(standing))
    return membership


@transaction.atomic
def give_mandate(
    *,
    person: "Person",
    coalition: Coalition,
    role: Mandate.Role,
    by: "Person | None",
    now: datetime,
    municipality: Municipality | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Mandate:
    """Let a person coordinate or edit for a coalition, or speak for a municipality in it; groups follow at once."""
    if (role == Mandate.Role.REPRESENTATIVE) != (municipality is not None):
        raise Refusal(_("A representative speaks for one municipality; a coordinator or editor for the coalition."))
    if municipality and not Membership.objects.filter(coalition=coalition, municipality=municipality).exists():
        raise Refusal(
            _("%(municipality)s does not stand in %(coalition)s.")
            % {"municipality": municipality.name, "coalition": coalition.name}
        )
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                person=person,
                coalition=coalition,
                role=role,
                municipality=municipality,
                valid_from=valid_from or local_day(now),
                valid_until=valid_until,
            )
    except IntegrityError as error:
        raise Refusal(_("%(person)s already has this mandate.") % {"person": person.name}) from error
    record(Verb.MANDATE_GIVEN, subject=coalition, by=by, about=coalition, now=now, role=str(role))
    sync_groups(coalition=coalition, now=now)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: "Person | None", now: datetime) -> Mandate:
    """End a mandate: today is the first day on which it no longer holds."""
    mandate = Mandate.objects.select_for_update().select_related("coalition").get(pk=mandate.pk)
    yesterday = date.fromordinal(local_day(now).toordinal() - 1)
    if mandate.valid_from and mandate.valid_from > yesterday:
        mandate.valid_from = yesterday
    mandate.valid_until = yesterday
    mandate.save(update_fields=["valid_from", "valid_until"])
    record(Verb.MANDATE_ENDED, subject=mandate.coalition, by=by, about=mandate.coalition, now=now, role=mandate.role)
    sync_groups(coalition=mandate.coalition, now=now)
    return mandate


@transaction.atomic
def sync_groups(*, coalition: Coalition, now: datetime, check: bool = False) -> list[str]:
    """Make the auth groups of a coalition say what its mandates say; returns what differed, in words.

    With `check` nothing is written. What a group may do is the business of `cms.spaces`.
    """
    wanted = queries.group_members(coalition, local_day(now))
    prefix = f"c{coalition.pk}-"
    existing = {
        group.name: group for group in Group.objects.filter(name__startswith=prefix).prefetch_related("user_set")
    }
    differences = []
    for name in sorted(set(wanted) | set(existing)):
        group, people = existing.get(name), wanted.get(name, set())
        if group is None:
            differences.append(f"{name}: missing")
            if not check:
                group = Group.objects.create(name=name)
        present = {person.pk for person in group.user_set.all()} if name in existing else set()
        if people != present:
            differences.append(f"{name}: {len(people - present)} to add, {len(present - people)} to remove")
            if not check:
                group.user_set.set(people)
    return differences


def sync_groups_due(*, now: datetime) -> int:
    """Sync the groups of every coalition: mandates begin and end on a day; returns how many groups differed."""
    return sum(len(sync_groups(coalition=coalition, now=now)) for coalition in queries.coalitions())
