"""Giving and ending mandates, and the auth groups that follow from them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import permits, queries
from coalition.membership.models import Coalition, Mandate, Membership
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person

FOUNDERS = "founders"


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
    permits.must_coordinate(by, coalition, now)
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
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=mandate.pk)
    permits.must_coordinate(by, mandate.coalition, now)
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


@transaction.atomic
def sync_founders(*, check: bool = False) -> list[str]:
    """Make the group of founders hold who may still found a coalition; returns what differed, in words."""
    wanted, group = queries.founders(), Group.objects.filter(name=FOUNDERS).first()
    present = set(group.user_set.values_list("pk", flat=True)) if group else set()
    if group is not None and present == wanted:
        return []
    if not check:
        group = group or Group.objects.create(name=FOUNDERS)
        group.user_set.set(wanted)
    return [f"{FOUNDERS}: {len(wanted - present)} to add, {len(present - wanted)} to remove"]


def sync_groups_due(*, now: datetime) -> int:
    """Sync the groups of every coalition: mandates begin and end on a day; returns how many groups differed."""
    return len(sync_founders()) + sum(
        len(sync_groups(coalition=coalition, now=now)) for coalition in queries.coalitions()
    )
