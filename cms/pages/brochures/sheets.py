"""How far the PDF files of a brochure are: ready, being made, waiting, or failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.templatetags.words import date_medium, number, time_short
from coalition.press import queries
from coalition.press.models import Sheet
from coalition.press.rules import Form, State

if TYPE_CHECKING:
    from cms.pages.brochures.page import BrochurePage

# How each is called in an address.
NAMES = {"a4": Form.A4, "a5": Form.A5, "boekje": Form.BOOKLET}
MEGABYTE = 1_000_000
# With this the press's names for brochures begin.
KIND = "brochure:"


@dataclass(frozen=True)
class Print:
    """One file of a brochure: `url` once there is one; `progress` says what is going on with a newer one."""

    form: str
    label: str
    url: str
    facts: str
    progress: str
    is_settled: bool
    notes: Sequence[str] = ()
    error: str = ""


def subject_of(page: "BrochurePage") -> str:
    """Under which name the press knows a brochure."""
    return f"{KIND}{page.pk}:{page.locale.language_code}"


def prints_of(page: "BrochurePage") -> list[Print]:
    """The files of a brochure in the order of `NAMES` (one query)."""
    rows: dict[str, list[Sheet]] = {form: [] for form in NAMES.values()}
    for sheet in queries.sheets_of([subject_of(page)]):
        rows[sheet.form].append(sheet)
    return [_print(page, name, form, rows[form]) for name, form in NAMES.items()]


def address_of(page: "BrochurePage", name: str) -> str:
    """Where a reader fetches a file: below the page, so that it is as public as the page is."""
    return f"{page.get_url() or '/'}brochure-{name}.pdf"


def _print(page: "BrochurePage", name: str, form: Form, rows: Sequence[Sheet]) -> Print:
    newest, ready = next(iter(rows), None), next((row for row in rows if row.state == State.DONE), None)
    return Print(
        form=name,
        label=_label(form),
        url=address_of(page, name) if ready else "",
        facts=_told(ready) if ready else "",
        progress=_progress(newest),
        is_settled=newest is not None and newest.state in (State.DONE, State.FAILED),
        notes=newest.notes if newest else (),
        error=newest.error if newest else "",
    )


def _label(form: Form) -> str:
    return {Form.A4: _("PDF A4"), Form.A5: _("PDF A5"), Form.BOOKLET: _("Booklet to fold (PDF)")}[form]


def _told(sheet: Sheet) -> str:
    """ "12 bladzijden, 1,4 MB, gemaakt op 24 november 2026 om 13.05 uur"."""
    pages = ngettext("%(count)s page", "%(count)s pages", sheet.pages) % {"count": number(sheet.pages)}
    return _("%(pages)s, %(size)s MB, made on %(day)s at %(hour)s") % {
        "pages": pages, "size": number(max(0.1, round(sheet.bytes / MEGABYTE, 1))), **_moment(sheet.made_at),
    }  # fmt: skip


def _moment(at: datetime | None) -> dict[str, str]:
    return {"day": date_medium(at), "hour": time_short(at)}


def _progress(newest: Sheet | None) -> str:
    if newest is None:
        return _("Made once the brochure is published.")
    if newest.state == State.QUEUED:
        return _("Waits for the press.")
    if newest.state == State.WORKING:
        return _("Being made: %(percent)s %% done.") % {"percent": newest.percent}
    return _("Could not be made; the coordinator sees why.") if newest.state == State.FAILED else ""
