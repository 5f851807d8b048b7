"""What happens to evidence: it is written down, it ages, and the numbers that give it a meaning are kept.

A sign-in leaves a row here and no Entry: the row is the record, and a sign-in changes no page that is kept whole.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.base.kbo import clean_kbo
from coalition.evidence import rules
from coalition.evidence.models import Evidence
from coalition.territory import actions as territory
from coalition.territory.models import EnterpriseNumber

if TYPE_CHECKING:
    from coalition.people.models import Person

# Security logs are kept a year at most (L-2.9).
KEPT_FOR = timedelta(days=365)


@transaction.atomic
def witness(*, person: "Person", claims: dict, now: datetime) -> Evidence:
    """Write down for which organisation `person` just signed in with ACM/IDM; the rest of `claims` is not kept."""
    said = rules.kept(claims)
    try:
        number = clean_kbo(said["vo_orgcode"])
    except Refusal:
        number = said["vo_orgcode"]
    return Evidence.objects.create(
        person=person,
        organisation_number=number,
        organisation_name=said["vo_orgnaam"],
        target_group=said["vo_doelgroepcode"],
        seen_at=now,
    )


@transaction.atomic
def note_linked(*, person: "Person", by: "Person", now: datetime, linked: bool) -> None:
    """Remember that ACM/IDM was connected to an account, or disconnected from it."""
    record(Verb.SIGN_IN_LINKED if linked else Verb.SIGN_IN_UNLINKED, subject=person, by=by, now=now)


@transaction.atomic
def record_number(
    *,
    nis: str,
    number: str,
    by: "Person | None",
    now: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> EnterpriseNumber:
    """Write down that a municipality has an enterprise number, from one day until another (both inclusive).

    Raises Refusal for an unknown municipality, a number that cannot be one, or one that another holds in those days.
    """
    row = territory.hold_number(nis=nis, number=number, valid_from=valid_from, valid_until=valid_until)
    record(Verb.NUMBER_RECORDED, subject=row.municipality, by=by, now=now, number=row.number)
    return row


@transaction.atomic
def end_number(*, number: EnterpriseNumber, last_day: date, by: "Person | None", now: datetime) -> EnterpriseNumber:
    """Write down the last day on which a municipality had a number; sign-ins of before keep their meaning."""
    row = territory.end_number(number=number, last_day=last_day)
    record(Verb.NUMBER_ENDED, subject=row.municipality, by=by, now=now, number=row.number)
    return row


def forget_due(*, now: datetime) -> int:
    """Forget what was seen more than a year ago; returns how many rows."""
    return Evidence.objects.filter(seen_at__lt=now - KEPT_FOR).delete()[0]
