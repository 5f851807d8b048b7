"""What the desks tell of producers: whom to call, whom to ask again, and which certificates end."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from coalition.membership.models import Coalition
from coalition.producers import waiting
from coalition.producers.models import Label, Producer


@dataclass(frozen=True)
class ProducerFacts:
    """By the id of the coalition: whom to call, whose certificates end, and how many there are of the rest."""

    calls: dict[int, list[Producer]]
    labels: dict[int, list[Label]]
    unanswered: Counter
    stale: Counter
    undeclared: Counter


def look_up(coalitions: Collection[Coalition], now: datetime, day: date) -> ProducerFacts:
    """The facts for several coalitions at once (at most six queries, whatever their number)."""
    everybody = Producer.objects.order_by()
    return ProducerFacts(
        calls=_by_coalition(waiting.calls_in(coalitions)),
        labels=_by_coalition(waiting.labels_to_renew(coalitions, day)),
        unanswered=waiting.counts_in(coalitions, waiting.asked_long_ago(everybody, now)),
        stale=waiting.counts_in(coalitions, waiting.stale(everybody, day)),
        undeclared=waiting.counts_in(coalitions, waiting.undeclared(everybody)),
    )


def _by_coalition(pairs: list[tuple[int, object]]) -> dict[int, list]:
    found = defaultdict(list)
    for coalition, row in pairs:
        found[coalition].append(row)
    return dict(found)
