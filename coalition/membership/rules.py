"""What follows from memberships and mandates; objects and a day in, an answer out."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coalition.membership.models import Coalition, Mandate, Membership
    from coalition.territory.models import Municipality


# How long the links in letters work.
INVITATION_OPEN = timedelta(days=14)
REQUEST_OPEN = timedelta(days=7)


class Standing(models.TextChoices):
    """A municipality's standing in a coalition; `planned` and `left` follow from dates and are never stored."""

    INVITED = "invited", _("invited")
    REQUESTED = "requested", _("asked to join")
    PLANNED = "planned", _("joins later")
    MEMBER = "member", _("member")
    OBSERVER = "observer", _("observer")
    LEFT = "left", _("has left")


def standing_on(membership: "Membership", day: date) -> Standing:
    """The standing of a membership on `day`.

    A member or observer whose first day is still to come is planned; one whose last day has passed has left.
    """
    standing = Standing(membership.standing)
    if standing in (Standing.MEMBER, Standing.OBSERVER):
        if membership.valid_from and day < membership.valid_from:
            return Standing.PLANNED
        if membership.valid_until and membership.valid_until < day:
            return Standing.LEFT
    return standing


# Who takes part reads the members' pages; who is only invited, has asked or has left does not.
TAKING_PART = (Standing.MEMBER, Standing.OBSERVER, Standing.PLANNED)


def may_coordinate(mandates: "Iterable[Mandate]", coalition: "Coalition", day: date) -> bool:
    """Whether these mandates of one person let him coordinate `coalition` on `day`."""
    return any(m.coalition_id == coalition.pk and m.role == "coordinator" and m.holds_on(day) for m in mandates)


def may_edit(mandates: "Iterable[Mandate]", coalition: "Coalition", day: date) -> bool:
    """Whether these mandates of one person let him write pages of `coalition` on `day`."""
    return any(
        m.coalition_id == coalition.pk and m.role in ("coordinator", "editor") and m.holds_on(day) for m in mandates
    )


def may_speak_for(
    mandates: "Iterable[Mandate]", municipality: "Municipality", coalition: "Coalition", day: date
) -> bool:
    """Whether these mandates of one person let him speak for `municipality` in `coalition` on `day`."""
    return any(
        m.coalition_id == coalition.pk
        and m.municipality_id == municipality.pk
        and m.role == "representative"
        and m.holds_on(day)
        for m in mandates
    )


def decision_flaw(
    *, founded_on: date, decision_date: date, valid_from: date, valid_until: date | None
) -> tuple[str, str] | None:
    """What is wrong with the dates of a council's decision: the field and the sentence, or None.

    A council may have decided for later; it cannot have joined what did not exist, nor before it decided.
    """
    if decision_date < founded_on:
        words = _("The decision is dated before the coalition was founded (%(day)s).")
        return "decision_date", words % {"day": date_format(founded_on, "DATE_FORMAT")}
    if valid_from < decision_date:
        return "valid_from", _("The membership cannot begin before the council decided.")
    if valid_until and valid_until < valid_from:
        return "valid_until", _("The last day cannot come before the first.")
    return None
