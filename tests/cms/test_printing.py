"""A brochure is printed when it is published, and again when its facts have changed, and not otherwise."""

from datetime import timedelta

import pytest

from cms import printing
from cms.due import renew_brochures
from cms.pages.brochures.sheets import subject_of
from coalition.base.errors import Refusal
from coalition.membership.models import Membership
from coalition.press.models import Sheet
from coalition.press.rules import Form, State
from tests.cms.pages.brochures.conftest import NOW, bever, fonts, lennik, make, space, today  # noqa: F401
from tests.factories.pages import publish_brochure
from tests.factories.press import SheetFactory
from tests.factories.producers import ProductFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def page(space, make):  # noqa: F811
    make("Hoeve")
    return publish_brochure(space)


def printed() -> None:
    Sheet.objects.update(state=State.DONE, made_at=NOW, facts={})


def test_publishing_asks_for_each_kind_of_paper(page):
    assert set(Sheet.objects.values_list("form", flat=True)) == set(Form.values)
    assert {sheet.subject for sheet in Sheet.objects.all()} == {subject_of(page)}


def test_nothing_is_asked_while_nothing_changes(page, django_assert_num_queries):
    printed()

    assert renew_brochures(now=LATER) == 0
    assert Sheet.objects.count() == 3


def test_publishing_the_same_again_makes_no_second_sheet(page):
    printed()
    page.save_revision().publish()

    assert Sheet.objects.count() == 3


def test_a_changed_hour_is_a_new_sheet(page, make):  # noqa: F811
    printed()
    make("Nog een hoeve")

    assert renew_brochures(now=LATER) == 3
    assert Sheet.objects.filter(state=State.QUEUED, created_at=LATER).count() == 3
    assert renew_brochures(now=LATER) == 0


def test_who_comes_from_a_municipality_that_left_vanishes(page):
    printed()
    Membership.objects.update(valid_until=NOW.date() - timedelta(days=1))

    assert renew_brochures(now=LATER) == 3
    assert [sheet.facts["producers"] for sheet in Sheet.objects.all()] == [[], [], []], "the old ones are gone at once"


def test_what_a_producer_does_not_show_any_more_is_taken_away_at_once(page, make):  # noqa: F811
    row = make("Met nummer", phone="02 123 45 67", shown=["phone"])
    renew_brochures(now=LATER)
    printed()
    row.shown = []
    row.save()

    renew_brochures(now=LATER)

    assert {sheet.state for sheet in Sheet.objects.all()} == {State.QUEUED}


def test_while_nobody_goes_the_old_files_stay_until_the_new_ones_are_there(page, make):  # noqa: F811
    printed()
    make("Nog een hoeve")
    renew_brochures(now=LATER)

    assert Sheet.objects.filter(state=State.DONE).count() == 3


def test_what_failed_is_not_tried_every_few_minutes(page):
    Sheet.objects.update(state=State.FAILED, changed_at=NOW)

    assert renew_brochures(now=LATER) == 0
    assert renew_brochures(now=NOW + timedelta(hours=2)) == 3


def test_a_brochure_that_was_withdrawn_is_not_printed(page):
    printed()
    page.unpublish()

    assert renew_brochures(now=LATER) == 0
    assert not Sheet.objects.exists(), "and what was printed of it goes"


def test_the_files_of_a_brochure_that_was_deleted_go(page):
    printed()
    page.delete()
    renew_brochures(now=LATER)

    assert not Sheet.objects.exists()


def test_sheets_of_other_things_stay(page):
    other = SheetFactory(subject="poster:1")
    page.unpublish()
    renew_brochures(now=LATER)

    assert list(Sheet.objects.all()) == [other]


def test_without_a_press_a_brochure_is_published_all_the_same(space, monkeypatch):  # noqa: F811
    def refuse(**_facts):
        raise Refusal("no fonts")

    monkeypatch.setattr(printing, "ask_brochure", refuse)

    assert publish_brochure(space).live
    assert renew_brochures(now=LATER) == 0


def test_one_brochure_that_fails_does_not_stop_the_others(page, space, monkeypatch):  # noqa: F811
    other = publish_brochure(space, slug="nog-een")
    printed()
    told = printing.brochure_of
    monkeypatch.setattr(printing, "brochure_of", lambda row, now: told(row, now=now) if row == other else 1 / 0)
    Sheet.objects.all().delete()

    assert renew_brochures(now=LATER) == 3


def test_looking_takes_the_same_queries_for_one_and_for_three(page, make, django_assert_max_num_queries):  # noqa: F811
    with django_assert_max_num_queries(40) as one:
        renew_brochures(now=LATER)
    for name in ("Twee", "Drie"):
        ProductFactory(producer=make(name))
    renew_brochures(now=LATER)

    with django_assert_max_num_queries(len(one)):
        assert renew_brochures(now=LATER) == 0
