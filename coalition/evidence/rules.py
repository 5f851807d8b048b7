"""What sign-ins with ACM/IDM say of one municipality: rows in, an answer out, and no deed follows from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coalition.base.dates import local_day

if TYPE_CHECKING:
    from coalition.evidence.models import Evidence
    from coalition.territory.models import EnterpriseNumber

LOCAL_AUTHORITY = "LB"
# How much of what a service says is kept, in characters.
LONGEST = {"vo_orgcode": 20, "vo_orgnaam": 200, "vo_doelgroepcode": 10}


class Says(StrEnum):
    """What the sign-ins say of a municipality."""

    NOTHING = "nothing"
    FOR_IT = "for it"
    NO_LONGER = "no longer"
    ELSEWHERE = "elsewhere"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Finding:
    """`row` is the sign-in that counts: the last one for the municipality, or else the last one at all."""

    says: Says
    row: "Evidence | None" = None


def kept(claims: dict) -> dict[str, str]:
    """Of all that a service says, the organisation and nothing else; what is no text, or missing, is empty."""
    return {
        name: " ".join(value.split())[:longest] if isinstance(value := claims.get(name), str) else ""
        for name, longest in LONGEST.items()
    }


def is_for(row: "Evidence", numbers: "Iterable[EnterpriseNumber]") -> bool:
    """Whether a sign-in was for the local authority that held one of `numbers` on that day."""
    day = local_day(row.seen_at)
    return row.target_group == LOCAL_AUTHORITY and any(
        number.number == row.organisation_number and number.holds_on(day) for number in numbers
    )


def finding(rows: "Sequence[Evidence]", numbers: "Sequence[EnterpriseNumber]") -> Finding:
    """What `rows`, the newest first, say of the municipality with `numbers`.

    `NO_LONGER`: there were sign-ins for it, but the newest was for another organisation or for none. `CANNOT_TELL`:
    no number of the municipality is known.
    """
    if not rows:
        return Finding(Says.NOTHING)
    if not numbers:
        return Finding(Says.CANNOT_TELL, rows[0])
    last = next((row for row in rows if is_for(row, numbers)), None)
    if last is None:
        return Finding(Says.ELSEWHERE, rows[0])
    return Finding(Says.FOR_IT if last is rows[0] else Says.NO_LONGER, last)
