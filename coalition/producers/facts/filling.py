"""Two profiles of one producer: what stands in the first stays, what it lacks comes from the second."""

from collections.abc import Mapping
from typing import Any

from coalition.producers.facts.cleaning import EMPTY

# Parts that only make sense together.
TOGETHER = (("latitude", "longitude"), ("street", "postcode", "place"), ("opening_hours", "hours_note"))
# What only the farmer says of himself.
HIS_OWN = ("shown", "reach")


def filled_in(facts: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The first profile with what it has nothing of; lists are taken whole, and never mixed."""
    alone = tuple((key,) for key in EMPTY if key not in HIS_OWN and not any(key in group for group in TOGETHER))
    new = dict(facts)
    for group in (*TOGETHER, *alone):
        if all(facts[key] in (None, "", False, []) for key in group):
            new |= {key: more.get(key, facts[key]) for key in group}
    return new
