"""When municipalities merge, what they agreed goes on in the one they became."""

from datetime import datetime, timedelta

from django.db import transaction

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.membership import letters, queries
from coalition.membership.actions.mandates import sync_groups
from coalition.membership.actions.memberships import lock
from coalition.membership.models import Coalition, Delegate, Mandate, Membership
from coalition.membership.rules import Standing


def carry_mergers_due(*, now: datetime) -> int:
    """Carry every open membership and mandate of a merged municipality to its successor; returns how many rows.

    Each membership is a transaction of its own. Two members that merge into one become one membership.
    """
    return sum(carry(membership=membership, now=now) for membership in queries.memberships_to_carry(local_day(now)))


@transaction.atomic
def carry(*, membership: Membership, now: datetime) -> int:
    """End a membership on the last day of its municipality and go on in the successor's; 1, or 0 if it was done."""
    coalition = lock(membership.coalition)
    membership = (
        Membership.objects.filter(pk=membership.pk)
        .select_related("municipality__successor")
        .defer("municipality__boundary", "municipality__successor__boundary")
        .first()
    )
    if membership is None or not queries.is_to_carry(membership, local_day(now)):
        return 0
    old, last_day = membership.municipality, membership.municipality.valid_until
    first_day = last_day + timedelta(days=1)
    known = queries.current_membership(coalition, old.successor, first_day)
    heir = known or _heir(membership, max(first_day, membership.valid_from or first_day))
    if known is not None and known.standing != Standing.MEMBER and membership.standing == Standing.MEMBER:
        heir = _promote(known, membership, first_day)
    _end(membership, last_day)
    _carry_mandates(coalition, membership, first_day)
    if coalition.managing_municipality_id == old.pk:
        Coalition.objects.filter(pk=coalition.pk).update(managing_municipality=old.successor)
    record(
        Verb.MEMBER_CARRIED, subject=heir, about=coalition, now=now, came_from=old.nis, went_to=old.successor.nis
    )  # fmt: skip
    sync_groups(coalition=coalition, now=now)
    letters.tell_coordinators("carried", heir, now)
    return 1


def _heir(membership: Membership, first_day) -> Membership:
    heir = Membership.objects.create(
        coalition=membership.coalition,
        municipality=membership.municipality.successor,
        standing=membership.standing,
        decision_body=membership.decision_body,
        decision_date=membership.decision_date,
        decision_url=membership.decision_url,
        decided_at=membership.decided_at,
        decided_by=membership.decided_by,
        accepted_at=membership.accepted_at,
        accepted_by=membership.accepted_by,
        valid_from=first_day if membership.standing in (Standing.MEMBER, Standing.OBSERVER) else None,
        valid_until=membership.valid_until,
        carried_from=membership,
    )
    _carry_delegates(membership, heir)
    return heir


def _promote(known: Membership, membership: Membership, first_day) -> Membership:
    """The successor was only invited or had asked; what one of its parts decided holds for the whole."""
    for name in ("standing", "decision_body", "decision_date", "decision_url", "decided_at", "decided_by"):
        setattr(known, name, getattr(membership, name))
    known.accepted_at = known.accepted_at or membership.accepted_at
    known.valid_from, known.valid_until, known.carried_from = first_day, membership.valid_until, membership
    known.save()
    _carry_delegates(membership, known)
    return known


def _carry_delegates(membership: Membership, heir: Membership) -> None:
    Delegate.objects.bulk_create(
        Delegate(membership=heir, name=one.name, office=one.office) for one in membership.delegates.all()
    )


def _end(membership: Membership, last_day) -> None:
    if membership.standing in (Standing.INVITED, Standing.REQUESTED):
        # Nothing had been agreed yet; the successor's row says the same.
        membership.delete()
        return
    if membership.valid_from and membership.valid_from > last_day:
        membership.valid_from = last_day
    membership.valid_until = last_day
    membership.save(update_fields=["valid_from", "valid_until"])


def _carry_mandates(coalition: Coalition, membership: Membership, first_day) -> None:
    old = membership.municipality
    rows = Mandate.objects.filter(coalition=coalition, municipality=old).exclude(valid_until__lt=first_day)
    for mandate in rows:
        goes_on = Mandate.objects.filter(
            coalition=coalition, municipality=old.successor, person=mandate.person, valid_until=mandate.valid_until
        )
        if not goes_on.exists():
            Mandate.objects.create(
                person=mandate.person, coalition=coalition, municipality=old.successor, role=mandate.role,
                valid_from=max(first_day, mandate.valid_from or first_day), valid_until=mandate.valid_until,
            )  # fmt: skip
        if mandate.valid_from and mandate.valid_from >= first_day:
            mandate.delete()
            continue
        mandate.valid_until = first_day - timedelta(days=1)
        mandate.save(update_fields=["valid_until"])
