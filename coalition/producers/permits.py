"""Who may write about a producer: who coordinates a coalition that lists him, or speaks for his municipality there."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.membership.permits import coordinates, must_coordinate, speaks_for
from coalition.producers.models import Listing, Producer

if TYPE_CHECKING:
    from coalition.people.models import Person

__all__ = ["must_coordinate", "must_keep"]


def must_keep(by: "Person | None", producer: Producer, coalition: Coalition, now: datetime) -> None:
    """Refuses whoever may not write about `producer` in the name of `coalition` now."""
    if by is not None and not Listing.objects.filter(producer=producer, coalition=coalition).exists():
        raise Refusal(_("%(producer)s is not listed by %(coalition)s.") % _words(producer, coalition))
    if coordinates(by, coalition, now):
        return
    if producer.municipality_id and speaks_for(by, producer.municipality, coalition, now):
        return
    raise Refusal(_("Only a coordinator of %(coalition)s may change %(producer)s.") % _words(producer, coalition))


def _words(producer: Producer, coalition: Coalition) -> dict[str, str]:
    return {"producer": producer.name, "coalition": coalition.name}
