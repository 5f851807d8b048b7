"""Asking the press for brochures: when an editor publishes one, and later whenever its facts have changed.

What the page says and what the records say are put together in cms/pages/brochures; here is only the asking.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from wagtail.models import Page

from cms.pages.brochures.facts import brochure_of
from cms.pages.brochures.page import BrochurePage
from cms.pages.brochures.sheets import subject_of
from coalition.base.errors import Refusal
from coalition.brochures import paper
from coalition.brochures.actions import TEMPLATE, ask_brochure
from coalition.people.models import Person
from coalition.press import queries, sheets
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
    does not stop the others. Returns how many files were asked for.
    """
    asked = 0
    for page in BrochurePage.objects.live().select_related("locale", "cover"):
        try:
            asked += _ask(page, by=None, now=now, next_try=NEXT_TRY)
        except Refusal as refusal:
            log.warning("brochure %s is not printed: %s", page.pk, refusal)
        # Whatever is wrong with one brochure, the others are not made to wait for it.
        except Exception:
            log.exception("brochure %s could not be looked at", page.pk)
    return asked


@transaction.atomic
def _ask(page: BrochurePage, *, by: Person | None, now: datetime, next_try: timedelta) -> int:
    """Ask for the files that are due; each is recorded, so that the page says at once that one is being made."""
    brochure, subject = brochure_of(page, now=now), subject_of(page)
    newest: dict[str, Sheet] = {}
    for sheet in queries.sheets_of([subject]):
        newest.setdefault(sheet.form, sheet)
    wanted = [form for form in Form if _is_due(newest.get(form), _mark(brochure, form), now, next_try)]
    for form in wanted:
        ask_brochure(brochure=brochure, subject=subject, form=form, coalition=page.coalition, by=by, now=now)
    return len(wanted)


def _mark(brochure, form: Form) -> str:
    return sheets.fingerprint(template=TEMPLATE, form=form, facts=paper.facts(brochure, form=form))


def _is_due(newest: Sheet | None, mark: str, now: datetime, next_try: timedelta) -> bool:
    if newest is None or newest.fingerprint != mark:
        return True
    if newest.state == State.FAILED:
        return newest.changed_at <= now - next_try
    return newest.asked_at < now - STILL_WANTED
