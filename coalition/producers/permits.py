"""Who may write about a producer: who coordinates a coalition that looks after him, or speaks for his municipality."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.membership.permits import coordinates, must_coordinate, speaks_for
from coalition.producers import queries
from coalition.producers.models import Producer

if TYPE_CHECKING:
    from coalition.people.models import Person

__all__ = ["must_coordinate", "must_keep"]


def must_keep(by: "Person | None", producer: Producer, coalition: Coalition, now: datetime) -> None:
    """Refuses whoever may not write about `producer` in the name of `coalition` now."""
    if by is not None and coalition.pk not in queries.keepers(producer, local_day(now)):
        raise Refusal(_("%(producer)s is not looked after by %(coalition)s.") % _words(producer, coalition))
    if coordinates(by, coalition, now):
        return
    if producer.municipality_id and speaks_for(by, producer.municipality, coalition, now):
        return
    raise Refusal(_("Only a coordinator of %(coalition)s may change %(producer)s.") % _words(producer, coalition))


def _words(producer: Producer, coalition: Coalition) -> dict[str, str]:
    return {"producer": producer.name, "coalition": coalition.name}
