"""What happens to municipalities: an edition of the official file is adopted, or a sketch in its place.

The file and the record of who sent it are kept by whoever calls: this room stands below the memory of the house.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.base import geo
from coalition.base.errors import Refusal
from coalition.base.kbo import clean_kbo
from coalition.territory import rules
from coalition.territory.boundaries import BrokenFile, Fault, Outlined
from coalition.territory.mergers import Merger, Named
from coalition.territory.models import EnterpriseNumber, Municipality

# Detail that disappears from outlines on maps, in metres.
OUTLINE_DETAIL = 80
_WRITTEN = [
    "name_nl", "name_fr", "boundary", "outline", "is_schematic", "source", "boundary_from",
    "valid_from", "valid_until", "successor", "search_text",
]  # fmt: skip


@dataclass
class Changes:
    """What an edition changed, by name and NIS code."""

    created: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    redrawn: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in vars(self).items()}

    @property
    def total(self) -> int:
        """How many rows were written."""
        return len(self.created) + len(self._touched)

    @property
    def _touched(self) -> set[str]:
        return {*self.renamed, *self.redrawn, *self.corrected, *self.ended} - set(self.created)


@transaction.atomic
def adopt_edition(
    *,
    municipalities: Sequence[Outlined],
    mergers: Sequence[Merger] = (),
    edition_from: date | None = None,
    source: str = "",
) -> Changes:
    """Write the municipalities of one edition of the official file, and which of them came from which.

    `edition_from` is the day the edition starts to hold. Municipalities that are in the house but not in the file stay
    as they are, unless a merger ended them; the boundary of a newer edition is never replaced by an older one.
    Raises BrokenFile, with nothing written, when mergers are named without a day or contradict the file.
    """
    mergers = [*mergers, *_mergers_in(municipalities, mergers)]
    _refuse_contradictions(municipalities, mergers, edition_from)
    rows = Municipality.objects.select_for_update().in_bulk(field_name="nis")
    edition = _Edition(rows, edition_from, source, Changes())
    outlines = geo.simplify([one.area for one in municipalities], metres=OUTLINE_DETAIL)
    for one, outline in zip(municipalities, outlines, strict=True):
        edition.draw(one, outline)
    edition.write()
    for merger in mergers:
        edition.merge(merger)
    edition.write()
    edition.tell()
    return edition.changes


def _mergers_in(municipalities: Iterable[Outlined], known: Collection[Merger]) -> list[Merger]:
    """The mergers that the file of boundaries tells itself, without names, where the list of mergers is silent."""
    told = {merger.new.nis for merger in known}
    return [
        Merger(tuple(Named(nis, "") for nis in one.merged_from), Named(one.nis, one.name_nl))
        for one in municipalities
        if one.merged_from and one.nis not in told
    ]


def _refuse_contradictions(
    municipalities: Sequence[Outlined], mergers: Sequence[Merger], edition_from: date | None
) -> None:
    present = {one.nis: one for one in municipalities}
    faults = [
        Fault(
            f"{one.name or present[one.nis].name_nl} ({one.nis})",
            _("It has merged, and still has a boundary in the file."),
        )
        for merger in mergers
        if merger.new.nis in present
        for one in merger.ended
        if one.nis in present
    ]
    if mergers and edition_from is None:
        faults.append(Fault("", _("There are mergers: say from which day they hold.")))
    if faults:
        raise BrokenFile(faults)


@dataclass
class _Edition:
    """The rows while an edition is being adopted."""

    rows: dict[str, Municipality]
    edition_from: date | None
    source: str
    changes: Changes
    new: dict[str, Municipality] = field(default_factory=dict)
    changed: dict[str, Municipality] = field(default_factory=dict)
    pending: dict[str, Municipality] = field(default_factory=dict)
    seen: dict[str, Municipality] = field(default_factory=dict)

    def draw(self, one: Outlined, outline: geo.Area) -> None:
        """Write name and boundary of one municipality of the file."""
        row = self.rows.get(one.nis) or self._create(one.nis, one.name_nl)
        self.seen[one.nis] = row
        if self._is_older_than(row):
            self.changes.skipped.append(
                _("%(name)s: a boundary of a newer edition is already there.") % {"name": _label(row)}
            )
            return
        self._set(row, self.changes.renamed, name_nl=one.name_nl, name_fr=one.name_fr)
        self._set(row, self.changes.redrawn, boundary=geo.to_text(one.area), is_schematic=False)
        self._set(
            row,
            self.changes.corrected,
            outline=geo.to_text(outline),
            boundary_from=self.edition_from or row.boundary_from,
            source=self.source or row.source,
        )

    def _is_older_than(self, row: Municipality) -> bool:
        return bool(self.edition_from and row.boundary_from and self.edition_from < row.boundary_from)

    def merge(self, merger: Merger) -> None:
        """Write that some municipalities became one on the first day of the edition."""
        successor = self.rows.get(merger.new.nis)
        if successor is None:
            names = " + ".join(one.name or one.nis for one in merger.former)
            self.changes.skipped.append(
                _("%(names)s: the new municipality %(name)s is not in the file.")
                % {"names": names, "name": f"{merger.new.name} ({merger.new.nis})"}
            )
            return
        if not merger.keeps_a_code and successor.valid_from is None:
            self._set(successor, self.changes.corrected, valid_from=self.edition_from)
        for one in merger.ended:
            self._end(one, successor)

    def _end(self, one: Named, successor: Municipality) -> None:
        row = self.rows.get(one.nis)
        if row is None and not one.name:
            self.changes.skipped.append(
                _("%(nis)s merged into %(name)s, but its own name is not known: give the list of mergers.")
                % {"nis": one.nis, "name": _label(successor)}
            )
            return
        row = row or self._create(one.nis, one.name)
        self.seen[one.nis] = row
        last_day = self.edition_from - timedelta(days=1)
        if self._set(row, self.changes.ended, valid_until=last_day, successor_id=successor.pk) and row.valid_from:
            row.valid_from = min(row.valid_from, last_day)

    def _create(self, nis: str, name: str) -> Municipality:
        row = Municipality(nis=nis, name_nl=name, regime=rules.regime_of(nis))
        self.rows[nis] = self.new[nis] = row
        self.changes.created.append(_label(row))
        return row

    def _set(self, row: Municipality, told: list[str], **values: object) -> bool:
        """Give a row other values, and say so once; whether anything differed."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        if different:
            self.pending[row.nis] = row
        if different and row.nis not in self.new:
            self.changed[row.nis] = row
            if _label(row) not in told:
                told.append(_label(row))
        return bool(different)

    def write(self) -> None:
        """Store what is new and what differs; a second time after mergers, which need the rows' keys."""
        unsaved = [row for row in self.new.values() if row.pk is None]
        saved = [row for row in self.pending.values() if row.pk is not None]
        self.pending.clear()
        Municipality.objects.bulk_create(unsaved)
        for row in saved:
            row.search_text = rules.searchable(row.name_nl, row.name_fr)
        if saved:
            Municipality.objects.bulk_update(saved, _WRITTEN, batch_size=100)

    def tell(self) -> None:
        touched = {*self.new, *self.changed}
        self.changes.unchanged = [_label(row) for nis, row in self.seen.items() if nis not in touched]


def _label(row: Municipality) -> str:
    return f"{row.name_nl} ({row.nis})"


@transaction.atomic
def sketch_boundaries(*, municipalities: Iterable[Municipality], source: str) -> list[Municipality]:
    """Give municipalities without an official boundary a schematic one: the ground nearest to their point.

    All that have a point take part; those with an official boundary keep it. Returns the rows that were written.
    """
    placed = [row for row in municipalities if row.longitude is not None and row.latitude is not None]
    cells = geo.cells([(row.longitude, row.latitude) for row in placed])
    sketched = []
    for row, cell in zip(placed, cells, strict=True):
        text = geo.to_text(cell)
        if (row.boundary and not row.is_schematic) or (row.boundary == text and row.source == source):
            continue
        row.boundary = row.outline = text
        row.is_schematic, row.source = True, source
        sketched.append(row)
    Municipality.objects.bulk_update(sketched, ["boundary", "outline", "is_schematic", "source"])
    return sketched


@transaction.atomic
def hold_number(
    *, nis: str, number: str, valid_from: date | None = None, valid_until: date | None = None
) -> EnterpriseNumber:
    """Give a municipality an enterprise number for some days (both inclusive; None is open).

    Raises Refusal for an unknown municipality, a number that cannot be one, days in the wrong order, or a number that
    is held in some of those days already: one number means one municipality at a time.
    """
    municipality = Municipality.objects.filter(nis=nis).first()
    if municipality is None:
        raise Refusal(_("There is no municipality with NIS code %(nis)s.") % {"nis": nis}, field="nis")
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day comes before the first."), field="valid_until")
    row = EnterpriseNumber(
        municipality=municipality, number=clean_kbo(number), valid_from=valid_from, valid_until=valid_until
    )
    others = EnterpriseNumber.objects.select_for_update().select_related("municipality").filter(number=row.number)
    holder = next((other for other in others if rules.overlap(row, other)), None)
    if holder is not None:
        raise Refusal(
            _("%(municipality)s holds this number in those days.") % {"municipality": holder.municipality.name},
            field="number",
        )
    row.save()
    return row


@transaction.atomic
def end_number(*, number: EnterpriseNumber, last_day: date) -> EnterpriseNumber:
    """Write down the last day of a number; raises Refusal when it began later."""
    row = EnterpriseNumber.objects.select_for_update().get(pk=number.pk)
    if row.valid_from and last_day < row.valid_from:
        raise Refusal(_("The last day comes before the first."), field="valid_until")
    row.valid_until = last_day
    row.save(update_fields=["valid_until"])
    return row
