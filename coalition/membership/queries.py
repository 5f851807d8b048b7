"""Who works with whom, and who may do what for whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from coalition.membership.models import Coalition, Mandate, Membership
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality

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


def memberships_of_municipality(municipality: Municipality) -> QuerySet[Membership]:
    """Where a municipality stands or stood, by the name of the coalition."""
    return Membership.objects.filter(municipality=municipality).select_related("coalition").order_by("coalition__name")


def member_municipalities(day: date, coalition: Coalition | None = None) -> list[Municipality]:
    """The municipalities that are members on `day` of `coalition`, or of any; each once, by name (one query)."""
    rows = Membership.objects.filter(standing=Standing.MEMBER).on(day)
    if coalition is not None:
        rows = rows.filter(coalition=coalition)
    return list(
        Municipality.objects.filter(pk__in=rows.values("municipality"))
        .defer("boundary", "outline")
        .order_by("name_nl", "nis")
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
            groups.setdefault(municipal_group(coalition, mandate.municipality), set()).add(mandate.person_id)
    return groups


def municipal_group(coalition: Coalition, municipality: Municipality) -> str:
    """The name of the auth group of a municipality's own people in a coalition."""
    return f"c{coalition.pk}-m{municipality.nis}"


def standing_groups(coalition: Coalition) -> list[str]:
    """The auth groups every coalition has, whoever is in them."""
    return [f"c{coalition.pk}-{part}" for part in ("coordinators", "editors", "members")]
