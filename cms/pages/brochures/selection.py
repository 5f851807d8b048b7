"""Which producers stand in a brochure, and in which order."""

from datetime import date
from typing import TYPE_CHECKING

from coalition.producers import queries
from coalition.producers.models import Producer
from coalition.territory.rules import fold

if TYPE_CHECKING:
    from cms.pages.brochures.page import BrochurePage


def producers_of(page: "BrochurePage", day: date) -> list[Producer]:
    """The producers whom readers see on `day`, with what they offer, in the order of the brochure (seven queries).

    Who was chosen by hand stands in it whatever the filters say, but never if readers may not see him.
    """
    if page.coalition is None:
        return []
    picked, left_out = _picks(page)
    public = queries.public(day, page.coalition).exclude(pk__in=left_out)
    wanted = public.filter(pk__in=picked)
    if not page.only_picked:
        wanted = wanted | public.filter(pk__in=_filtered(page, day).values("pk"))
    rows = list(queries.with_offer(wanted, day))
    return sorted(rows, key=lambda row: _place(page, row, picked))


def _picks(page: "BrochurePage") -> tuple[list[int], list[int]]:
    """The ids chosen by hand, in their order, and those that are left out; a preview has lines that are not kept."""
    rows = sorted(page.picks.all(), key=lambda pick: (pick.sort_order is None, pick.sort_order or 0))
    out = [pick.producer_id for pick in rows if pick.kind == "out"]
    return [pick.producer_id for pick in rows if pick.kind == "in" and pick.producer_id not in out], out


def _filtered(page: "BrochurePage", day: date):
    rows = queries.public(day, page.coalition)
    if page.municipality_id:
        rows = rows.filter(municipality=page.municipality_id)
    if page.category:
        rows = queries.making(rows, category=page.category)
    if page.channel:
        rows = queries.selling_by(rows, page.channel)
    if page.label:
        rows = queries.bearing(rows, page.label, day)
    return rows


def _place(page: "BrochurePage", row: Producer, picked: list[int]) -> tuple:
    name = (fold(row.name), row.pk)
    if page.order == "hand":
        return (picked.index(row.pk) if row.pk in picked else len(picked), *name)
    if page.order == "municipality":
        return (fold(row.municipality.name) if row.municipality else "\uffff", *name)
    return name
