"""Asking the press for brochures: when an editor publishes one, and later whenever its facts have changed.

What the page says and what the records say are put together in cms/pages/brochures; here is only the asking.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from wagtail.models import Page

from cms.pages.brochures.facts import brochure_of
from cms.pages.brochures.page import BrochurePage, BrochureShown
from cms.pages.brochures.sheets import KIND, subject_of
from coalition.base.errors import Refusal
from coalition.brochures import paper
from coalition.brochures.actions import TEMPLATE, ask_brochure
from coalition.brochures.contents import Brochure
from coalition.people.models import Person
from coalition.press import queries, sheets
from coalition.press.actions import withdraw_sheets
from coalition.press.models import Sheet
from coalition.press.rules import Form, State

log = logging.getLogger(__name__)

# What failed is tried again after so long, or at once when somebody publishes.
NEXT_TRY = timedelta(hours=1)
# A sheet that is still the right one says so now and then: the press lets go of what nobody asks for.
STILL_WANTED = timedelta(days=7)


def ask_on_publishing(page: Page, *, by: Person | None, now: datetime) -> None:
    """Ask for the files of a page that was just published, where it is a brochure and its facts are not printed yet.

    Publishing never fails over it: where the press cannot print, the page says that there is no file yet.
    """
    if not isinstance(page, BrochurePage):
        return
    try:
        _ask(page, by=by, now=now, next_try=timedelta(0))
    except Refusal as refusal:
        log.warning("brochure %s is not printed: %s", page.pk, refusal)


def renew_brochures(*, now: datetime) -> int:
    """Ask for every file of a published brochure whose facts are others than those it was made of.

    Where nothing changed nothing is written, and it takes the same queries however big a brochure is. One that fails
    does not stop the others. The files of brochures that nobody may read any more go. Returns how many were asked for.
    """
    pages, asked = list(BrochurePage.objects.live().select_related("locale", "cover")), 0
    for subject in queries.subjects(KIND) - {subject_of(page) for page in pages}:
        withdraw_sheets(subject=subject)
    for page in pages:
        try:
            asked += _ask(page, by=None, now=now, next_try=NEXT_TRY)
        except Refusal as refusal:
            log.warning("brochure %s is not printed: %s", page.pk, refusal)
        # Whatever is wrong with one brochure, the others are not made to wait for it.
        except Exception:
            log.exception("brochure %s could not be looked at", page.pk)
    return asked


def _ask(page: BrochurePage, *, by: Person | None, now: datetime, next_try: timedelta) -> int:
    """Ask for the files that are due; each is recorded, so that the page says at once that one is being made."""
    brochure, subject = brochure_of(page, now=now), subject_of(page)
    _withdraw_who_is_gone(page, brochure)
    newest: dict[str, Sheet] = {}
    for sheet in queries.sheets_of([subject]):
        newest.setdefault(sheet.form, sheet)
    wanted = [form for form in Form if _is_due(newest.get(form), _mark(brochure, form), now, next_try)]
    with transaction.atomic():
        for form in wanted:
            ask_brochure(brochure=brochure, subject=subject, form=form, coalition=page.coalition, by=by, now=now)
    return len(wanted)


@transaction.atomic
def _withdraw_who_is_gone(page: BrochurePage, brochure: Brochure) -> None:
    """Let nobody read a file any more with somebody who left it, or with what he does not show any more."""
    told, known = _shown(brochure), BrochureShown.objects.filter(page=page).first()
    if known is not None and set(known.shown) - told:
        withdraw_sheets(subject=subject_of(page))
    if known is None or set(known.shown) != told:
        BrochureShown.objects.update_or_create(page=page, defaults={"shown": sorted(told)})


def _shown(brochure: Brochure) -> set[str]:
    """Everybody in a brochure by his address there, with which kinds of contact and which photo; no contact itself."""
    told = set()
    for one in brochure.producers:
        kinds = [line.url.partition(":")[0] or f"line {number}" for number, line in enumerate(one.contact)]
        photos = [one.picture.file] if one.picture else []
        told |= {one.url, *(f"{one.url} {what}" for what in [*kinds, *photos])}
    return told


def _mark(brochure: Brochure, form: Form) -> str:
    return sheets.fingerprint(template=TEMPLATE, form=form, facts=paper.facts(brochure, form=form))


def _is_due(newest: Sheet | None, mark: str, now: datetime, next_try: timedelta) -> bool:
    if newest is None or newest.fingerprint != mark:
        return True
    if newest.state == State.FAILED:
        return newest.changed_at <= now - next_try
    return newest.asked_at < now - STILL_WANTED
