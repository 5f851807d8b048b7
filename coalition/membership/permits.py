"""Who may do a deed: asked by every action, whatever the page before it has asked already."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import queries, rules
from coalition.membership.models import Coalition
from coalition.territory.models import Municipality

if TYPE_CHECKING:
    from coalition.people.models import Person


def coordinates(by: "Person | None", coalition: Coalition, now: datetime) -> bool:
    """Whether `by` coordinates `coalition` now; the house itself (None) and superusers may too."""
    if by is None or (by.is_active and by.is_superuser):
        return True
    day = local_day(now)
    return by.is_active and rules.may_coordinate(queries.mandates_on(by, day), coalition, day)


def speaks_for(by: "Person | None", municipality: Municipality, coalition: Coalition, now: datetime) -> bool:
    """Whether `by` speaks for `municipality` in `coalition` now; nobody does so by being a superuser."""
    if by is None:
        return True
    day = local_day(now)
    return by.is_active and rules.may_speak_for(queries.mandates_on(by, day), municipality, coalition, day)


def must_coordinate(by: "Person | None", coalition: Coalition, now: datetime) -> None:
    """Refuses whoever does not coordinate `coalition` now."""
    if not coordinates(by, coalition, now):
        raise Refusal(_("Only a coordinator of %(coalition)s may do this.") % {"coalition": coalition.name})


def must_speak_for(by: "Person | None", municipality: Municipality, coalition: Coalition, now: datetime) -> None:
    """Refuses whoever does not speak for `municipality` in `coalition` now."""
    if not speaks_for(by, municipality, coalition, now):
        raise Refusal(_("Only who speaks for %(municipality)s may do this.") % {"municipality": municipality.name})
