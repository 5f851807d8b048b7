"""The list of mergers, read and doubted: which municipalities became which.

One row per merger: "Galmaarden (23023) + Gooik (23024) + Herne (23032), Pajottegem (23106)".
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.territory.boundaries import MAX_NAME, BrokenFile, Fault, decoded, refuse_oversized
from coalition.territory.rules import is_nis

_NAMED = re.compile(r"(?P<name>.+?)\s*\((?P<nis>[0-9]{5})\)", re.ASCII | re.DOTALL)
_PROVISIONAL = re.compile(r"\s*\((?:voorlopige naam|nom provisoire)\)$", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    nis: str
    name: str


@dataclass(frozen=True)
class Merger:
    """Municipalities that became one; its code may be that of one of them (Antwerpen kept 11002)."""

    former: tuple[Named, ...]
    new: Named

    @property
    def ended(self) -> tuple[Named, ...]:
        """The municipalities whose code ends here."""
        return tuple(one for one in self.former if one.nis != self.new.nis)

    @property
    def keeps_a_code(self) -> bool:
        return len(self.ended) < len(self.former)


def read_mergers(content: bytes) -> tuple[Merger, ...]:
    """The mergers of a CSV file; raises BrokenFile naming every row at fault. The first row may be a heading."""
    refuse_oversized(len(content))
    mergers: list[Merger] = []
    faults: list[Fault] = []
    for number, cells in _rows(content):
        try:
            mergers.append(_merger(cells))
        except Refusal as refusal:
            if number > 1 or any(re.search(r"\d", cell) for cell in cells):
                faults.append(Fault(_("row %(number)s") % {"number": number}, refusal.sentence))
    faults += _contradictions(mergers)
    if not mergers and not faults:
        faults.append(Fault("", _("The file holds no merger.")))
    if faults:
        raise BrokenFile(faults)
    return tuple(mergers)


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    reader = csv.reader(decoded(content).replace("\0", "").splitlines())
    try:
        rows = [[cell.strip() for cell in row if cell.strip()] for row in reader]
    except csv.Error as error:
        raise BrokenFile([Fault("", _("The file is not a table with commas."))]) from error
    return [(number, row) for number, row in enumerate(rows, start=1) if row]


def _merger(cells: list[str]) -> Merger:
    if len(cells) != 2:
        raise Refusal(_("It must have two columns: the old municipalities and the new one."))
    former = tuple(_named(part) for part in cells[0].split("+"))
    if len({one.nis for one in former}) < len(former):
        raise Refusal(_("The same municipality is named twice."))
    return Merger(former, _named(cells[1]))


def _named(text: str) -> Named:
    match = _NAMED.fullmatch(" ".join(text.split()))
    name = _PROVISIONAL.sub("", match["name"]) if match else ""
    if not match or not is_nis(match["nis"]) or len(name) > MAX_NAME or not name.isprintable():
        raise Refusal(
            _("“%(text)s” is not a name followed by a NIS code, such as “Herne (23032)”.") % {"text": text[:80]}
        )
    return Named(match["nis"], name)


def _contradictions(mergers: Iterable[Merger]) -> list[Fault]:
    """A code that ends twice, or that ends in one merger and begins in another."""
    mergers = list(mergers)
    faults: list[Fault] = []
    ended: set[str] = set()
    begun = {merger.new.nis for merger in mergers}
    for one in (one for merger in mergers for one in merger.ended):
        place = f"{one.name} ({one.nis})"
        if one.nis in ended:
            faults.append(Fault(place, _("It ends in more than one merger.")))
        if one.nis in begun:
            faults.append(Fault(place, _("It ends in one merger and is the result of another.")))
        ended.add(one.nis)
    return faults
