"""For whom somebody works: the coalitions he coordinates or edits, the municipalities he speaks for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from cms.pages.coalitions import CoalitionPage
from cms.pages.municipalities import MunicipalityPage
from coalition.base.dates import local_day
from coalition.membership.models import Coalition, Mandate
from coalition.membership.queries import coalitions, mandates_on
from coalition.territory.models import Municipality

Role = Mandate.Role
RANK = {Role.COORDINATOR: 0, Role.EDITOR: 1, Role.REPRESENTATIVE: 2}


@dataclass(frozen=True)
class Scope:
    """One coalition, or one municipality in it; its pages stand in the tree at `paths`, one for each language."""

    role: Role
    coalition: Coalition
    municipality: Municipality | None
    paths: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.coalition.pk}-{self.municipality.nis}" if self.municipality else str(self.coalition.pk)


def scopes_of(request: HttpRequest) -> list[Scope]:
    """What this person works for today, coordinated coalitions first (at most three queries)."""
    held = _held(request)
    spaces = _paths(CoalitionPage, "coalition_id", [coalition for role, coalition, own in held if own is None])
    corners = _paths(MunicipalityPage, "municipality_id", [own for role, coalition, own in held if own is not None])
    return [
        Scope(role, coalition, own, tuple(corners[own.pk] if own else spaces[coalition.pk]))
        for role, coalition, own in held
    ]


def _held(request: HttpRequest) -> list[tuple[Role, Coalition, Municipality | None]]:
    if request.user.is_superuser:
        return [(Role.COORDINATOR, coalition, None) for coalition in coalitions().select_related("digest_schedule")]
    mandates = mandates_on(request.user, local_day(timezone.now())).select_related(
        "coalition__digest_schedule", "municipality"
    )
    mandates = mandates.defer("municipality__boundary", "municipality__outline")
    held = {}
    for mandate in sorted(mandates, key=lambda m: (RANK[m.role], m.coalition.name)):
        # Who coordinates a coalition and edits it too has one desk for it.
        held.setdefault((mandate.coalition_id, mandate.municipality_id), mandate)
    return [(Role(m.role), m.coalition, m.municipality) for m in held.values()]


def _paths(kind, field: str, of: Iterable) -> dict[int, list[str]]:
    found = defaultdict(list)
    ids = [one.pk for one in of]
    if ids:
        for pk, path in kind.objects.filter(**{f"{field}__in": ids}).order_by("pk").values_list(field, "path"):
            found[pk].append(path)
    return found
