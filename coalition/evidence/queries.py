"""What is known of people's sign-ins with ACM/IDM, for whoever decides about mandates."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coalition.evidence.models import Evidence
from coalition.evidence.rules import Finding, finding
from coalition.territory.models import EnterpriseNumber

if TYPE_CHECKING:
    from coalition.people.models import Person

# A person and the municipality he speaks, or wants to speak, for: two ids.
Pair = tuple[int, int]


def findings_for(pairs: Iterable[Pair]) -> dict[Pair, Finding]:
    """What the sign-ins of each person say of each municipality; two queries for any number of pairs."""
    pairs = set(pairs)
    seen: dict[int, list[Evidence]] = defaultdict(list)
    for row in Evidence.objects.filter(person__in={person for person, _ in pairs}):
        seen[row.person_id].append(row)
    numbers: dict[int, list[EnterpriseNumber]] = defaultdict(list)
    for number in EnterpriseNumber.objects.filter(municipality__in={municipality for _, municipality in pairs}):
        numbers[number.municipality_id].append(number)
    return {pair: finding(seen[pair[0]], numbers[pair[1]]) for pair in pairs}


def last_of(person: "Person") -> Evidence | None:
    """The newest sign-in of a person with ACM/IDM."""
    return Evidence.objects.filter(person=person).first()
