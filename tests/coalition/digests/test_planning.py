from datetime import UTC, datetime, time, timedelta
from threading import Thread

import pytest
from django.db import connection

from coalition.activity.models import Notice
from coalition.digests import actions
from coalition.digests.actions import plan_due_editions
from coalition.digests.models import Edition, Issue, Subscription, Told
from coalition.mail.models import Letter
from tests.factories.digests import DigestScheduleFactory, NoticeFactory, SubscriptionFactory
from tests.factories.membership import CoalitionFactory

DUE = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def coalition(db):
    return DigestScheduleFactory().coalition


def test_each_reader_gets_one_letter_however_often_it_is_planned(coalition):
    SubscriptionFactory.create_batch(3, coalition=coalition)
    NoticeFactory(coalition=coalition)

    assert plan_due_editions(now=DUE) == 3
    assert plan_due_editions(now=DUE + timedelta(minutes=1)) == 0

    assert Letter.objects.count() == 3
    assert set(Letter.objects.values_list("state", "stream")) == {("queued", "digest")}


def test_before_its_hour_nothing_is_planned(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    Edition.objects.create(coalition=coalition, key="2026-W47", due_at=DUE - WEEK, state="planned")

    assert plan_due_editions(now=DUE - timedelta(seconds=1)) == 0


@pytest.mark.parametrize(("chosen", "planned"), [(timedelta(minutes=-1), 1), (timedelta(minutes=1), 0)])
def test_a_schedule_chosen_after_its_hour_first_falls_due_a_week_later(db, chosen, planned):
    coalition = CoalitionFactory()
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)

    actions.set_schedule(coalition=coalition, weekday=2, hour=time(20, 15), by=None, now=DUE + chosen)

    assert plan_due_editions(now=DUE + timedelta(minutes=2)) == planned
    assert plan_due_editions(now=DUE + WEEK) == 1 - planned


def test_without_news_there_is_no_letter(coalition):
    SubscriptionFactory(coalition=coalition)

    assert plan_due_editions(now=DUE) == 0

    assert Letter.objects.count() == 0
    assert Issue.objects.get().letter is None


def test_what_was_told_is_not_told_again(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    plan_due_editions(now=DUE)

    assert plan_due_editions(now=DUE + WEEK) == 0
    NoticeFactory(coalition=coalition, changed_at=DUE + timedelta(days=1))
    assert plan_due_editions(now=DUE + 2 * WEEK) == 1

    assert Told.objects.count() == 2


def test_a_change_of_substance_is_told_again(coalition):
    SubscriptionFactory(coalition=coalition)
    notice = NoticeFactory(coalition=coalition)
    plan_due_editions(now=DUE)

    Notice.objects.filter(pk=notice.pk).update(significant=2, changed_at=DUE + timedelta(days=1))

    assert plan_due_editions(now=DUE + WEEK) == 1


def test_what_stood_there_before_a_reader_subscribed_is_not_news_to_him(coalition):
    SubscriptionFactory(coalition=coalition, confirmed_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    NoticeFactory(coalition=coalition, changed_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    assert plan_due_editions(now=DUE) == 0


def test_a_page_of_the_last_quarter_of_an_hour_waits_a_week_and_is_not_lost(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition, changed_at=DUE - timedelta(minutes=5))

    assert plan_due_editions(now=DUE) == 0
    assert plan_due_editions(now=DUE + WEEK) == 1


def test_hidden_pages_and_other_coalitions_pages_are_not_told(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition, visible=False)
    NoticeFactory()

    assert plan_due_editions(now=DUE) == 0


@pytest.mark.parametrize("state", [Subscription.State.ASKED, Subscription.State.ENDED])
def test_who_has_not_confirmed_or_has_stopped_gets_nothing(coalition, state):
    SubscriptionFactory(coalition=coalition, state=state, ended_at=DUE if state == "ended" else None)
    NoticeFactory(coalition=coalition)

    assert plan_due_editions(now=DUE) == 0


def test_after_ten_days_of_silence_everybody_gets_one_digest_with_all_that_is_new(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    NoticeFactory(coalition=coalition, changed_at=DUE + timedelta(days=2))

    assert plan_due_editions(now=DUE + timedelta(days=10)) == 0, "more than a day and a half late"
    assert plan_due_editions(now=DUE + 2 * WEEK) == 1

    assert Edition.objects.get(key="2026-W49").state == "missed"
    assert Told.objects.count() == 2


@pytest.mark.parametrize(
    ("late", "letters"), [(timedelta(hours=36, minutes=-1), 1), (timedelta(hours=36, minutes=1), 0)]
)
def test_an_edition_is_sent_late_up_to_a_day_and_a_half(coalition, late, letters):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)

    assert plan_due_editions(now=DUE + late) == letters


@pytest.mark.parametrize("state", ["failed", "expired", "suppressed", "cancelled"])
def test_what_a_letter_that_reached_nobody_was_to_tell_is_told_in_the_next(coalition, state):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    plan_due_editions(now=DUE)
    Letter.objects.update(state=state)

    assert plan_due_editions(now=DUE + WEEK) == 1


def test_what_a_letter_of_unknown_fate_told_is_not_told_again(coalition):
    SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    plan_due_editions(now=DUE)
    Letter.objects.update(state="unknown")

    assert plan_due_editions(now=DUE + WEEK) == 0


def test_a_planner_that_was_killed_goes_on_where_it_stopped(coalition, monkeypatch):
    SubscriptionFactory.create_batch(5, coalition=coalition)
    NoticeFactory(coalition=coalition)
    monkeypatch.setattr(actions, "READERS_AT_ONCE", 2)
    real = actions._write

    def die_in_the_second_batch(*args):
        if Letter.objects.exists():
            raise RuntimeError("killed")
        return real(*args)

    monkeypatch.setattr(actions, "_write", die_in_the_second_batch)
    with pytest.raises(RuntimeError):
        plan_due_editions(now=DUE)
    assert Letter.objects.count() == 2
    monkeypatch.setattr(actions, "_write", real)

    assert plan_due_editions(now=DUE + timedelta(minutes=1)) == 3
    assert Letter.objects.count() == 5


def test_planning_takes_the_same_queries_for_one_and_for_three_readers(coalition):
    NoticeFactory.create_batch(3, coalition=coalition)
    SubscriptionFactory(coalition=coalition)
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        plan_due_editions(now=DUE)
    SubscriptionFactory.create_batch(3, coalition=coalition)
    NoticeFactory.create_batch(3, coalition=coalition, changed_at=DUE + timedelta(days=1))
    with CaptureQueriesContext(connection) as three:
        plan_due_editions(now=DUE + WEEK)

    assert len(three) == len(one)


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_write_each_letter_once(monkeypatch):
    coalition = DigestScheduleFactory().coalition
    SubscriptionFactory.create_batch(60, coalition=coalition)
    NoticeFactory(coalition=coalition)
    monkeypatch.setattr(actions, "READERS_AT_ONCE", 7)
    trouble = []

    def plan():
        try:
            plan_due_editions(now=DUE)
        except Exception as error:  # noqa: BLE001  reported by the assertion below
            trouble.append(error)
        finally:
            connection.close()

    threads = [Thread(target=plan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert trouble == []
    assert Letter.objects.count() == 60
    assert Issue.objects.count() == 60
    assert Edition.objects.get().state == "planned"
