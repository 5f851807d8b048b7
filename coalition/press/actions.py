"""Asking for sheets, and making them: the only door of the press.

A sheet is no deed of anybody's and leaves no Entry: the row is the record, and whoever asks has written down why.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from coalition.base import bell
from coalition.base.blotting import mentioning
from coalition.base.dates import Clock
from coalition.base.errors import Refusal
from coalition.press import sheets
from coalition.press.models import Sheet
from coalition.press.rules import FORGOTTEN_AFTER, LEASE, MOST_TRIES, Form, State

log = logging.getLogger(__name__)

BELL = "prints.set"
# A worker is asked back after so long, before its own time runs out.
ONE_ROUND = timedelta(seconds=45)
CLEARED_AT_ONCE = 200


@transaction.atomic
def ask_sheet(
    *, subject: str, template: str, title: str, facts: Mapping[str, Any], form: str = Form.A4, now: datetime
) -> Sheet:
    """Ask for a sheet; returns the one that was made of the same facts before, if there is one.

    `subject` names what it is of ("brochure:12:nl"). Raises Refusal for a form or template that is not known, or where
    the fonts are not installed. A sheet that failed is tried again.
    """
    if form not in Form.values:
        raise Refusal(_("There is no sheet of this kind."))
    mark = sheets.fingerprint(template=template, form=form, facts=facts)
    fresh = {
        "template": template,
        "title": title[:200],
        "file_name": sheets.file_name(title, form),
        "token": secrets.token_urlsafe(24),
        "facts": dict(facts),
        "all_parts": sheets.parts(facts),
        "created_at": now,
        "asked_at": now,
        "changed_at": now,
    }
    sheet, new = Sheet.objects.get_or_create(subject=subject, form=form, fingerprint=mark, defaults=fresh)
    # What waits for the same place with older facts need not be made any more.
    Sheet.objects.filter(subject=subject, form=form, state=State.QUEUED).exclude(pk=sheet.pk).delete()
    if not new:
        Sheet.objects.filter(pk=sheet.pk).update(asked_at=now)
        _try_again(sheet, fresh)
        sheet.refresh_from_db()
    if sheet.state == State.QUEUED:
        bell.ring(BELL)
    return sheet


def _try_again(sheet: Sheet, fresh: dict[str, Any]) -> None:
    lost = sheet.state == State.DONE and not sheet.file.storage.exists(sheet.file.name)
    if sheet.state == State.FAILED or lost:
        Sheet.objects.filter(pk=sheet.pk, state=sheet.state).update(
            state=State.QUEUED, facts=fresh["facts"], tries=0, error="", done_parts=0, made_at=None,
            changed_at=fresh["changed_at"],
        )  # fmt: skip


def set_sheets_due(*, clock: Clock) -> int:
    """Make the sheets that wait, the one that waits longest first; returns how many are ready.

    Stops after a while and rings for whoever goes on. However many printers there are, each sheet is made once; what a
    printer that died left behind is made by the next.
    """
    start, made = clock(), 0
    _sweep(start)
    while (sheet := _claim(clock())) is not None:
        made += _set(sheet, clock)
        if clock() - start > ONE_ROUND:
            bell.ring(BELL)
            break
    return made


def _sweep(now: datetime) -> None:
    lost = Sheet.objects.filter(state=State.WORKING, lease_until__lte=now)
    lost.filter(tries__gte=MOST_TRIES).update(
        state=State.FAILED, error=_("Making the PDF broke off several times."), facts={}, lease_token="",
        lease_until=None, changed_at=now,
    )  # fmt: skip
    lost.update(state=State.QUEUED, lease_token="", lease_until=None, changed_at=now)


def _claim(now: datetime) -> Sheet | None:
    """Take one sheet that waits; whoever else is claiming takes another."""
    token = uuid4().hex
    with transaction.atomic(durable=True):
        waiting = Sheet.objects.select_for_update(skip_locked=True).filter(state=State.QUEUED)
        first = waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()
        taken = first and Sheet.objects.filter(pk=first, state=State.QUEUED).update(
            state=State.WORKING, lease_token=token, lease_until=now + LEASE, tries=F("tries") + 1, done_parts=0,
            changed_at=now,
        )  # fmt: skip
    return Sheet.objects.get(pk=first) if taken else None


def _set(sheet: Sheet, clock: Clock) -> bool:
    """Make a claimed sheet and write down how it went; True when it is ready."""
    try:
        made = sheets.make(
            template=sheet.template, form=sheet.form, facts=sheet.facts, made_at=sheet.created_at, tell=_teller(sheet)
        )
    except Refusal as refusal:
        _mine(sheet).update(error=str(refusal)[:300], **_left(State.FAILED, clock()))
        return False
    name = sheet.file.storage.save(f"{sheet.created_at:%Y/%m}/{sheet.token}.pdf", ContentFile(made.pdf))
    written = _mine(sheet).update(
        file=name, pages=made.pages, bytes=len(made.pdf), notes=list(made.notes), done_parts=F("all_parts"),
        made_at=clock(), **_left(State.DONE, clock()),
    )  # fmt: skip
    if not written:
        sheet.file.storage.delete(name)
    return bool(written)


def _left(state: State, now: datetime) -> dict[str, Any]:
    """What a printer leaves behind: the state, and neither a claim nor the facts."""
    return {"state": state, "facts": {}, "lease_token": "", "lease_until": None, "changed_at": now}


def _mine(sheet: Sheet):
    return Sheet.objects.filter(pk=sheet.pk, state=State.WORKING, lease_token=sheet.lease_token)


def _teller(sheet: Sheet) -> Callable[[int], None]:
    def tell(done: int) -> None:
        _mine(sheet).update(done_parts=done)

    return tell


def clear_sheets_due(*, now: datetime) -> int:
    """Let go of sheets that a newer one replaced, or for which nobody asked in a long time; returns how many."""
    old = now - timedelta(days=settings.RETENTION_DAYS["sheets"])
    newer = Sheet.objects.filter(
        subject=OuterRef("subject"), form=OuterRef("form"), state=State.DONE, asked_at__gt=OuterRef("asked_at")
    )
    aged = Sheet.objects.filter(Exists(newer) | Q(state=State.FAILED), asked_at__lt=old)
    aged |= Sheet.objects.filter(asked_at__lt=now - FORGOTTEN_AFTER)
    return _let_go(aged.exclude(state=State.WORKING)[:CLEARED_AT_ONCE])


def withdraw_sheets(*, subject: str) -> int:
    """Let go of every sheet of a subject at once: somebody who stands on it may not be shown any more.

    Returns how many; what a printer is just at is gone when he is ready.
    """
    return _let_go(Sheet.objects.filter(subject=subject))


@transaction.atomic
def forget_waiting(*, word: str) -> int:
    """Let go of sheets that wait to be made and in whose facts this word stands; a made sheet keeps no facts."""
    waiting = Sheet.objects.exclude(state=State.DONE)
    return _let_go(waiting.filter(pk__in=mentioning(waiting, ["facts"], [word]).values("pk")))


def _let_go(those: QuerySet[Sheet]) -> int:
    """The file first: a row without a file is found again, a file without a row never."""
    gone = list(those.only("pk", "file"))
    for sheet in gone:
        if sheet.file:
            sheet.file.storage.delete(sheet.file.name)
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in gone]).delete()
    return len(gone)
