"""Several printers at the same pile."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from coalition.press import actions, sheets
from coalition.press.models import Sheet
from coalition.press.rules import State
from tests.factories.press import SheetFactory

MANY, PRINTERS = 9, 3


@pytest.mark.django_db(transaction=True)
def test_however_many_printers_there_are_each_sheet_is_made_once(monkeypatch, now):
    titles = [SheetFactory(subject=f"trial:{number}", title=f"Gids {number}", facts={"title": number}).facts["title"]
              for number in range(MANY)]  # fmt: skip
    made: Counter = Counter()
    monkeypatch.setattr(sheets, "make", lambda *, facts, **_rest: _made(made, facts))

    def print_all() -> None:
        try:
            actions.set_sheets_due(clock=lambda: now + timedelta(minutes=1))
        finally:
            connection.close()

    printers = [threading.Thread(target=print_all) for _ in range(PRINTERS)]
    for printer in printers:
        printer.start()
    for printer in printers:
        printer.join(timeout=60)

    assert made == Counter(titles)
    assert Sheet.objects.filter(state=State.DONE, pages=1, tries=1).count() == MANY


def _made(made: Counter, facts: dict) -> sheets.Made:
    made[facts["title"]] += 1
    return sheets.Made(pdf=b"%PDF-", pages=1, notes=())
