"""Asking the press for brochures: when an editor publishes one, and later whenever its facts have changed.

What the page says and what the records say are put together in cms/pages/brochures; here is only the asking.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.pages.brochures.facts import brochure_of
from cms.pages.brochures.page import BrochurePage
from cms.pages.brochures.sheets import subject_of
from coalition.base import freshness
from coalition.base.errors import Refusal
from coalition.press import queries, sheets
from coalition.press.actions import ask_sheet
from coalition.press.models import Sheet
from coalition.press.rules import Form, State

log = logging.getLogger(__name__)

TEMPLATE = "brochure"
# What failed is tried again after so long, or at once when somebody publishes.
NEXT_TRY = timedelta(hours=1)
# A sheet that is still the right one says so now and then: the press lets go of what nobody asks for.
STILL_WANTED = timedelta(days=7)


def ask_on_publishing(page: Page, *, now: datetime) -> None:
    """Ask for the files of a page that was just published, where it is a brochure.

    Publishing never fails over it: where the press cannot print, the page says that there is no file yet.
    """
    if not isinstance(page, BrochurePage):
        return
    try:
        for form, facts in _facts(page, now).items():
            _ask(page, form, facts, now)
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
            asked += _renew(page, now)
        except Refusal as refusal:
            log.warning("brochure %s is not printed: %s", page.pk, refusal)
        # Whatever is wrong with one brochure, the others are not made to wait for it.
        except Exception:
            log.exception("brochure %s could not be looked at", page.pk)
    return asked


@transaction.atomic
def _renew(page: BrochurePage, now: datetime) -> int:
    newest: dict[str, Sheet] = {}
    for sheet in queries.sheets_of([subject_of(page)]):
        newest.setdefault(sheet.form, sheet)
    wanted = {form: facts for form, facts in _facts(page, now).items() if _is_due(newest.get(form), form, facts, now)}
    for form, facts in wanted.items():
        _ask(page, form, facts, now)
    if wanted and page.coalition:
        # Its page says that a new one is being made.
        freshness.stale(page.coalition.slug)
    return len(wanted)


def _is_due(newest: Sheet | None, form: Form, facts: Mapping[str, Any], now: datetime) -> bool:
    if newest is None or newest.fingerprint != sheets.fingerprint(template=TEMPLATE, form=form, facts=facts):
        return True
    if newest.state == State.FAILED:
        return newest.changed_at < now - NEXT_TRY
    return newest.asked_at < now - STILL_WANTED


def _facts(page: BrochurePage, now: datetime) -> dict[Form, dict[str, Any]]:
    brochure = brochure_of(page, now=now)
    return {form: brochure.facts(form) for form in Form}


def _ask(page: BrochurePage, form: Form, facts: Mapping[str, Any], now: datetime) -> None:
    ask_sheet(subject=subject_of(page), template=TEMPLATE, title=page.title, facts=facts, form=form, now=now)
