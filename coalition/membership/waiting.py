"""What is going on in several coalitions: each question is asked once for all of them, whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from coalition.membership.models import Agreement, Coalition, Invitation, JoinRequest, Mandate, Membership
from coalition.membership.models.joining import OPEN


def memberships_in(coalitions: Collection[Coalition]) -> dict[int, list[Membership]]:
    """All memberships by the id of their coalition, by name of the municipality (one query)."""
    rows = Membership.objects.filter(coalition__in=coalitions).select_related("municipality")
    return _by_coalition(_light(rows).order_by("municipality__name_nl", "pk"))


def spoken_for(coalitions: Collection[Coalition], day: date) -> set[tuple[int, int]]:
    """(Coalition, municipality) ids for which an active person speaks on `day` (one query)."""
    mandates = Mandate.objects.filter(
        coalition__in=coalitions, role=Mandate.Role.REPRESENTATIVE, person__is_active=True
    ).on(day)
    return set(mandates.values_list("coalition_id", "municipality_id"))


def requests_in(coalitions: Collection[Coalition]) -> dict[int, list[JoinRequest]]:
    """Confirmed requests to join that nobody answered, by coalition, the oldest first (one query)."""
    rows = JoinRequest.objects.filter(coalition__in=coalitions, state=JoinRequest.State.CONFIRMED)
    return _by_coalition(_light(rows.select_related("municipality")).order_by("confirmed_at"))


def invitations_in(coalitions: Collection[Coalition], now: datetime) -> dict[int, list[Invitation]]:
    """Invitations that can still be accepted, by coalition, the first to expire first (one query)."""
    rows = Invitation.objects.filter(OPEN, coalition__in=coalitions, expires_at__gt=now)
    return _by_coalition(_light(rows.select_related("municipality")).order_by("expires_at"))


def agreements_in(coalitions: Collection[Coalition]) -> dict[int, Agreement]:
    """The agreement of each coalition that has one, by its id (one query)."""
    return {agreement.coalition_id: agreement for agreement in Agreement.objects.filter(coalition__in=coalitions)}


def _light(rows):
    return rows.defer("municipality__boundary", "municipality__outline")


def _by_coalition(rows: Iterable) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.coalition_id].append(row)
    return dict(found)
