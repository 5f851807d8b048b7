"""Who works with whom, and who may do what for whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from coalition.membership.models import Coalition, Mandate, Membership
from coalition.membership.rules import Standing

if TYPE_CHECKING:
    from coalition.people.models import Person


def coalitions() -> QuerySet[Coalition]:
    """All coalitions by name."""
    return Coalition.objects.order_by("name")


def memberships_of(coalition: Coalition) -> QuerySet[Membership]:
    """Every municipality that ever stood in a coalition, by name, without the heavy boundary."""
    return (
        Membership.objects.filter(coalition=coalition)
        .select_related("municipality")
        .defer("municipality__boundary", "municipality__outline")
        .order_by("municipality__name_nl")
    )


def members_shown(coalition: Coalition, day: date) -> list[Membership]:
    """What a reader sees on `day`: members and observers, and those with a decision who join later (one query)."""
    shown = {Standing.MEMBER, Standing.OBSERVER, Standing.PLANNED}
    return [m for m in memberships_of(coalition) if m.state_on(day) in shown]


def mandates_on(person: "Person", day: date) -> QuerySet[Mandate]:
    """What a person may do for whom on `day`."""
    return Mandate.objects.filter(person=person).on(day).select_related("coalition", "municipality")


def people_with(role: Mandate.Role, coalition: Coalition, day: date) -> QuerySet[Mandate]:
    """Who holds `role` in a coalition on `day`."""
    return Mandate.objects.filter(coalition=coalition, role=role).on(day).select_related("person")


def group_members(coalition: Coalition, day: date) -> dict[str, set[int]]:
    """Who belongs in which auth group of a coalition on `day`: group name to ids of people (one query).

    Names: `c<ID>-coordinators`, `c<ID>-editors`, `c<ID>-members` (everybody with a mandate), `c<ID>-m<NIS>`.
    """
    groups: dict[str, set[int]] = {name: set() for name in standing_groups(coalition)}
    mandates = (
        Mandate.objects.filter(coalition=coalition, person__is_active=True).on(day).select_related("municipality")
    )
    for mandate in mandates.defer("municipality__boundary", "municipality__outline"):
        groups[f"c{coalition.pk}-members"].add(mandate.person_id)
        if mandate.role == Mandate.Role.COORDINATOR:
            groups[f"c{coalition.pk}-coordinators"].add(mandate.person_id)
        elif mandate.role == Mandate.Role.EDITOR:
            groups[f"c{coalition.pk}-editors"].add(mandate.person_id)
        else:
            groups.setdefault(f"c{coalition.pk}-m{mandate.municipality.nis}", set()).add(mandate.person_id)
    return groups


def standing_groups(coalition: Coalition) -> list[str]:
    """The auth groups every coalition has, whoever is in them."""
    return [f"c{coalition.pk}-{part}" for part in ("coordinators", "editors", "members")]
