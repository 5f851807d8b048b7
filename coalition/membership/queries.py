"""Who works with whom, and who may do what for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from coalition.activity.models import Entry
from coalition.membership.models import Coalition, Invitation, JoinRequest, Mandate, Membership
from coalition.membership.models.joining import OPEN
from coalition.membership.rules import TAKING_PART, Standing
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


def standing_as(memberships: QuerySet[Membership], standing: Standing, day: date) -> QuerySet[Membership]:
    """Those of `memberships` that stand as `standing` on `day`; says in the database what `rules.standing_on` says."""
    takes_part = memberships.filter(standing__in=(Standing.MEMBER, Standing.OBSERVER))
    if standing == Standing.PLANNED:
        return takes_part.filter(valid_from__gt=day)
    begun = takes_part.exclude(valid_from__gt=day)
    if standing == Standing.LEFT:
        return begun.filter(valid_until__lt=day)
    if standing in (Standing.MEMBER, Standing.OBSERVER):
        return begun.filter(standing=standing).exclude(valid_until__lt=day)
    return memberships.filter(standing=standing)


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
    """Who belongs in which auth group of a coalition on `day`: group name to ids of people (two queries).

    Names: `c<ID>-coordinators`, `c<ID>-editors`, `c<ID>-members` (everybody who takes part), `c<ID>-m<NIS>`. A
    representative takes part as long as his municipality does.
    """
    groups: dict[str, set[int]] = {name: set() for name in standing_groups(coalition)}
    taking_part = {m.municipality_id for m in memberships_of(coalition) if m.state_on(day) in TAKING_PART}
    mandates = (
        Mandate.objects.filter(coalition=coalition, person__is_active=True).on(day).select_related("municipality")
    )
    for mandate in mandates.defer("municipality__boundary", "municipality__outline"):
        if mandate.municipality_id:
            own = groups.setdefault(municipal_group(coalition, mandate.municipality), set())
            if mandate.municipality_id not in taking_part:
                continue
            own.add(mandate.person_id)
        elif mandate.role == Mandate.Role.COORDINATOR:
            groups[f"c{coalition.pk}-coordinators"].add(mandate.person_id)
        else:
            groups[f"c{coalition.pk}-editors"].add(mandate.person_id)
        groups[f"c{coalition.pk}-members"].add(mandate.person_id)
    return groups


def municipal_group(coalition: Coalition, municipality: Municipality) -> str:
    """The name of the auth group of a municipality's own people in a coalition."""
    return f"c{coalition.pk}-m{municipality.nis}"


def standing_groups(coalition: Coalition) -> list[str]:
    """The auth groups every coalition has, whoever is in them."""
    return [f"c{coalition.pk}-{part}" for part in ("coordinators", "editors", "members")]


def current_membership(coalition: Coalition, municipality: Municipality, day: date) -> Membership | None:
    """The membership that counts on `day`: one that has not ended, also if it begins later; None if there is none."""
    return (
        Membership.objects.filter(coalition=coalition, municipality=municipality)
        .exclude(valid_until__lt=day)
        .order_by("-pk")
        .first()
    )


def coordinators_of(coalition: Coalition, day: date) -> list["Person"]:
    """Who coordinates a coalition on `day`, each once, active people only."""
    mandates = people_with(Mandate.Role.COORDINATOR, coalition, day).filter(person__is_active=True)
    return list({mandate.person_id: mandate.person for mandate in mandates.order_by("pk")}.values())


def representatives_of(membership: Membership, day: date) -> list["Person"]:
    """Who speaks for the municipality of a membership on `day`, each once, active people only."""
    mandates = people_with(Mandate.Role.REPRESENTATIVE, membership.coalition, day).filter(
        municipality=membership.municipality, person__is_active=True
    )
    return list({mandate.person_id: mandate.person for mandate in mandates.order_by("pk")}.values())


def history_of(membership: Membership) -> QuerySet[Entry]:
    """What happened to a membership, newest first: what, who and when."""
    return (
        Entry.objects.filter(subject_kind=Membership._meta.model_name, subject_key=str(membership.pk))
        .select_related("by")
        .order_by("-at", "-pk")
    )


def requests_waiting(coalition: Coalition) -> QuerySet[JoinRequest]:
    """Confirmed requests to join that nobody has answered, the oldest first."""
    return (
        JoinRequest.objects.filter(coalition=coalition, state=JoinRequest.State.CONFIRMED)
        .select_related("municipality")
        .defer("municipality__boundary", "municipality__outline")
        .order_by("confirmed_at")
    )


def decisions_waiting(coalition: Coalition) -> QuerySet[Membership]:
    """Memberships that a council has decided and the coalition has not accepted."""
    return memberships_of(coalition).filter(
        standing=Standing.REQUESTED, decision_date__isnull=False, accepted_at__isnull=True
    )


def invitations_open(coalition: Coalition, now: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, the first to expire first."""
    return (
        Invitation.objects.filter(coalition=coalition, expires_at__gt=now)
        .filter(OPEN)
        .select_related("municipality")
        .defer("municipality__boundary", "municipality__outline")
        .order_by("expires_at")
    )


def members_without_representative(coalition: Coalition, day: date) -> list[Membership]:
    """Members on `day` for whom nobody speaks (two queries)."""
    spoken_for = set(
        Mandate.objects.filter(coalition=coalition, role=Mandate.Role.REPRESENTATIVE, person__is_active=True)
        .on(day)
        .values_list("municipality_id", flat=True)
    )
    return [
        m
        for m in memberships_of(coalition)
        if m.state_on(day) in (Standing.MEMBER, Standing.PLANNED) and m.municipality_id not in spoken_for
    ]


def founding_rights(person: "Person") -> QuerySet[Invitation]:
    """The accepted invitations by which a person may still found a coalition, one each."""
    return Invitation.objects.filter(
        accepted_by=person, role=Invitation.Role.FOUNDER, accepted_at__isnull=False, used_at__isnull=True
    )


def founders_invited(now: datetime) -> QuerySet[Invitation]:
    """Open invitations to found a coalition, the first to expire first."""
    return Invitation.objects.filter(OPEN, role=Invitation.Role.FOUNDER, expires_at__gt=now).order_by("expires_at")


def founders() -> set[int]:
    """The ids of all active people who may still found a coalition."""
    return set(
        Invitation.objects.filter(
            accepted_by__is_active=True, role=Invitation.Role.FOUNDER, accepted_at__isnull=False, used_at__isnull=True
        ).values_list("accepted_by", flat=True)
    )


def memberships_to_carry(day: date) -> list[Membership]:
    """Memberships of municipalities that had merged by `day` and that still go on (one query)."""
    rows = (
        Membership.objects.filter(municipality__successor__isnull=False, municipality__valid_until__lt=day)
        .select_related("coalition", "municipality__successor")
        .defer("municipality__boundary", "municipality__successor__boundary")
        .order_by("municipality__valid_until", "pk")
    )
    return [membership for membership in rows if is_to_carry(membership, day)]


def is_to_carry(membership: Membership, day: date) -> bool:
    """Whether the municipality of a membership has merged by `day` and the membership outlives it."""
    municipality = membership.municipality
    merged = municipality.successor_id and municipality.valid_until and municipality.valid_until < day
    return bool(merged and (membership.valid_until is None or membership.valid_until > municipality.valid_until))
