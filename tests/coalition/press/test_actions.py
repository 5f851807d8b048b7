from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from coalition.base.errors import Refusal
from coalition.press import actions, queries, sheets
from coalition.press.models import Sheet, shelf
from coalition.press.rules import FORGOTTEN_AFTER, LEASE, MOST_TRIES, State
from tests.factories.press import SheetFactory

pytestmark = pytest.mark.django_db
FACTS = {"title": "Streekgids", "stories": ["Eieren van 9 tot 12 uur"], "day": "2026-11-24"}


@pytest.fixture
def ask(trial, now):
    def asked(facts=FACTS, *, at=now, **options) -> Sheet:
        given = {"subject": "brochure:1", "template": "trial", "title": "Streekgids Aan de Ei", **options}
        return actions.ask_sheet(facts=facts, now=at, **given)

    return asked


@pytest.fixture
def print_all(now):
    def printed(at=now) -> int:
        return actions.set_sheets_due(clock=lambda: at)

    return printed


def test_a_sheet_is_asked_for_and_made(ask, print_all, now):
    sheet = ask()
    assert (sheet.state, sheet.percent, sheet.file_name) == (State.QUEUED, 0, "streekgids-aan-de-ei-a4.pdf")

    assert print_all() == 1

    sheet.refresh_from_db()
    assert (sheet.state, sheet.percent, sheet.pages, sheet.made_at) == (State.DONE, 100, 1, now)
    assert sheet.facts == {}
    assert sheet.bytes == len(sheet.file.read()) > 1000
    assert queries.latest(subject="brochure:1", form="a4") == sheet


def test_the_same_facts_never_make_a_second_sheet(ask, print_all, now):
    first = ask()
    print_all()

    again = ask(FACTS | {"day": "2026-12-01"}, at=now + timedelta(days=7))

    assert again == first
    assert (again.state, again.asked_at) == (State.DONE, now + timedelta(days=7))
    assert print_all() == 0


def test_a_changed_hour_makes_a_new_sheet(ask, print_all, now):
    first = ask()
    print_all()

    second = ask(FACTS | {"stories": ["Eieren van 9 tot 13 uur"]}, at=now + timedelta(hours=1))

    assert second != first
    assert queries.latest(subject="brochure:1", form="a4") == first
    assert print_all(now + timedelta(hours=1)) == 1
    assert queries.latest(subject="brochure:1", form="a4") == second


@pytest.mark.parametrize("other", [{"form": "a5"}, {"subject": "brochure:2"}])
def test_another_form_or_subject_is_another_sheet(ask, other):
    assert ask() != ask(**other)


def test_what_waits_with_older_facts_is_not_made_any_more(ask, print_all):
    ask()
    ask(FACTS | {"title": "Nieuwe streekgids"})

    assert print_all() == 1


def test_a_new_template_or_font_makes_a_new_sheet(trial, monkeypatch):
    before = sheets.fingerprint(template="trial", form="a4", facts=FACTS)
    monkeypatch.setattr(sheets, "_press", lambda: "typst 99")

    assert sheets.fingerprint(template="trial", form="a4", facts=FACTS) != before


@pytest.mark.parametrize("wrong", [{"form": "a0"}, {"template": "nowhere"}])
def test_what_cannot_be_printed_is_refused(ask, wrong):
    with pytest.raises(Refusal, match="no sheet of this kind"):
        ask(**wrong)

    assert not Sheet.objects.exists()


def test_a_sheet_is_taken_by_one_printer_only(ask, now):
    ask()

    first, second = actions._claim(now), actions._claim(now)

    assert first is not None
    assert second is None


def test_what_a_killed_printer_left_is_made_by_the_next(ask, print_all, now):
    ask()
    killed = actions._claim(now)

    assert print_all(now + LEASE / 2) == 0
    assert print_all(now + LEASE) == 1

    killed.refresh_from_db()
    assert (killed.state, killed.tries) == (State.DONE, 2)


def test_a_printer_that_slept_through_his_lease_changes_nothing(ask, print_all, now):
    ask()
    slept = actions._claim(now)
    print_all(now + LEASE)
    done = Sheet.objects.get()

    assert actions._set(slept, lambda: now + 2 * LEASE) is False

    again = Sheet.objects.get()
    assert (again.file.name, again.made_at) == (done.file.name, done.made_at)
    assert again.file.storage.exists(again.file.name)


def test_a_sheet_over_which_printers_die_is_given_up(ask, print_all, now):
    sheet = ask()
    for turn in range(MOST_TRIES):
        actions._sweep(now + turn * LEASE)
        assert actions._claim(now + turn * LEASE)

    print_all(now + MOST_TRIES * LEASE)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.error) == (State.FAILED, "Making the PDF broke off several times.")


def test_a_sheet_that_failed_says_why_and_is_tried_again_when_asked(ask, print_all, monkeypatch, tmp_path):
    sheet = ask()
    monkeypatch.setattr("coalition.press.compositor.SECONDS", 0.001)
    assert print_all() == 0
    sheet.refresh_from_db()
    assert (sheet.state, sheet.error, sheet.facts) == (State.FAILED, "Making the PDF took too long.", {})

    monkeypatch.setattr("coalition.press.compositor.SECONDS", 20)
    ask()

    assert print_all() == 1


def test_a_sheet_whose_file_is_gone_is_made_again_when_asked(ask, print_all):
    sheet = ask()
    print_all()
    sheet.refresh_from_db()
    shelf().delete(sheet.file.name)

    assert ask().state == State.QUEUED
    assert print_all() == 1


def test_a_picture_that_cannot_be_read_is_left_out_and_told(ask, print_all):
    name = default_storage.save("hoeve.jpg", ContentFile(b"<html>"))
    frames = {
        "p1.jpg": {"from": name, "of": "Hoeve Ei", "width": 50, "height": 40},
        "p2.jpg": {"from": "nowhere.jpg", "of": "Hoeve Appel", "width": 50, "height": 40},
    }
    sheet = ask(FACTS | {"pictures": frames, "title": "Ei \U0001f95a"})

    print_all()

    sheet.refresh_from_db()
    assert sheet.state == State.DONE
    assert sheet.notes == [
        "The picture of Hoeve Ei cannot be read and was left out.",
        "The picture of Hoeve Appel cannot be read and was left out.",
        "Characters that cannot be printed were left out: \U0001f95a",
    ]


def test_old_sheets_go_with_their_files_but_the_newest_stays(ask, print_all, now, settings):
    first = ask()
    print_all()
    ask(FACTS | {"title": "Nieuw"}, at=now + timedelta(days=1))
    print_all(now + timedelta(days=1))
    first.refresh_from_db()
    kept_for = timedelta(days=settings.RETENTION_DAYS["sheets"])

    assert actions.clear_sheets_due(now=now + kept_for) == 0
    assert actions.clear_sheets_due(now=now + kept_for + timedelta(hours=1)) == 1
    assert not shelf().exists(first.file.name)
    assert Sheet.objects.get().facts == {}
    assert actions.clear_sheets_due(now=now + timedelta(days=200)) == 0
    assert actions.clear_sheets_due(now=now + FORGOTTEN_AFTER + timedelta(days=2)) == 1


def test_a_sheet_somebody_is_at_is_not_cleared(now):
    SheetFactory(state=State.WORKING, lease_until=now, lease_token="x")

    assert actions.clear_sheets_due(now=now + 2 * FORGOTTEN_AFTER) == 0


def test_sheets_of_a_subject_are_withdrawn_at_once_with_their_files(ask, print_all):
    sheet, other = ask(), ask(subject="brochure:2")
    print_all()
    sheet.refresh_from_db()

    assert actions.withdraw_sheets(subject="brochure:1") == 1

    assert not shelf().exists(sheet.file.name)
    assert list(Sheet.objects.all()) == [other]


def test_a_sheet_that_is_withdrawn_while_it_is_made_leaves_nothing(ask, now):
    ask()
    taken = actions._claim(now)
    actions.withdraw_sheets(subject="brochure:1")

    assert actions._set(taken, lambda: now) is False
    assert not shelf().exists(f"{now:%Y/%m}/{taken.token}.pdf")


def test_whoever_waits_sees_how_far_it_is(ask, now):
    frames = {f"p{n}.jpg": {"from": "nowhere.jpg", "of": "x", "width": 9, "height": 9} for n in range(18)}
    sheet = ask(FACTS | {"pictures": frames})
    assert sheet.all_parts == 20

    taken = actions._claim(now)
    actions._teller(taken)(10)
    sheet.refresh_from_db()
    assert sheet.percent == 50

    actions._set(taken, lambda: now)
    sheet.refresh_from_db()
    assert (sheet.percent, sheet.done_parts) == (100, 20)


def test_the_clock_prints(ask, monkeypatch):
    from tasks import prints

    sheet = ask()

    prints.set_sheets()
    prints.clear_sheets()

    sheet.refresh_from_db()
    assert sheet.is_done
