"""What is held of somebody, and who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from coalition.people import holdings
from coalition.people.holdings import Holding, Item, Subject
from coalition.people.models import Person
from coalition.rights import rules, tokens
from coalition.rights.models import DataRequest, Pass

if TYPE_CHECKING:
    from coalition.membership.models import Coalition


@dataclass(frozen=True)
class Held:
    """What one room holds of somebody."""

    holding: Holding
    items: list[Item]


def subject(addresses: Iterable[str], person: Person | None = None) -> Subject:
    """Somebody with all rows that are about him; `addresses` must be proven to be his."""
    own = [person.email] if person is not None else []
    unique = dict.fromkeys(address.strip().lower() for address in [*own, *addresses] if address)
    return holdings.with_traces(Subject(tuple(unique), person))


def held_of(somebody: Subject) -> list[Held]:
    """Everything that is held of somebody, room by room; rooms that hold nothing are left out."""
    found = [Held(holding, list(holding.show(somebody))) for holding in holdings.from_the_ground_up()]
    return [held for held in found if held.items]


def obstacles(somebody: Subject, now: datetime) -> list[str]:
    """What he must do before he can be erased, in sentences; empty when nothing stands in the way."""
    found = [sentence for room in holdings.from_the_ground_up() for sentence in room.obstacles(somebody, now)]
    return [str(sentence) for sentence in found]


def coalitions_holding(somebody: Subject) -> set[int]:
    """The ids of the coalitions that hold something of somebody."""
    return {coalition for room in holdings.from_the_ground_up() for coalition in room.coalitions(somebody)}


def plain(helds: list[Held]) -> list[dict[str, Any]]:
    """What is held as plain words, ready for JSON; days and moments in ISO 8601."""
    return [
        {
            "purpose": str(held.holding.purpose),
            "kept": str(held.holding.kept),
            "items": [
                {"title": str(item.title), **{str(label): _plain(value) for label, value in item.facts.items()}}
                for item in held.items
            ],
        }
        for held in helds
    ]


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def rows(helds: list[Held]) -> Iterable[tuple[Any, ...]]:
    """What is held as lines of a table: why, which thing, what of it, and its value."""
    for held in helds:
        for number, item in enumerate(held.items, start=1):
            for label, value in item.facts.items():
                yield held.holding.purpose, number, item.title, label, value


def pass_of(token: str, now: datetime) -> Pass | None:
    """The pass that a link names; None when the link is forged, too old or used."""
    key = tokens.read(token)
    found = Pass.objects.filter(pk=key).first() if key else None
    return found if found is not None and rules.link_holds(found.asked_at, now) else None


def account_at(address: str) -> Person | None:
    """Who has an account at this address."""
    return Person.objects.filter(email__iexact=address, is_active=True).first()


def requests_of(coalitions: "Iterable[Coalition]", *, of_the_site: bool = False) -> QuerySet[DataRequest]:
    """The requests about these coalitions, and with `of_the_site` those about none; open ones first, oldest first."""
    wanted = Q(coalition__in=list(coalitions))
    if of_the_site:
        wanted |= Q(coalition__isnull=True)
    found = DataRequest.objects.filter(wanted).select_related("coalition")
    return found.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")
