from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.utils import timezone

from coalition.mail import actions, queries
from tasks import schedule
from tasks.schedule import Entry

pytestmark = pytest.mark.django_db


def post_one():
    now = timezone.now() - timedelta(seconds=1)
    actions.post(kind="trial/reminder", key="meeting:1", to="ok@example.org", facts={}, now=now)


def test_a_tick_does_all_that_is_due_without_celery():
    post_one()

    call_command("tick")

    assert len(outbox.outbox) == 1
    assert set(queries.heartbeats()) >= {"deliver", "plan"}


def test_a_second_tick_does_no_harm():
    post_one()

    call_command("tick")
    call_command("tick")

    assert len(outbox.outbox) == 1


def test_one_entry_that_fails_does_not_stop_the_others_but_is_told(monkeypatch, capsys):
    post_one()
    monkeypatch.setattr(schedule, "CLOCK", (Entry("broken", "tasks.nowhere.deed", 60), *schedule.CLOCK))

    with pytest.raises(CommandError, match="failed: broken") as failure:
        call_command("tick")

    assert failure.value.returncode == 1
    assert "broken: ModuleNotFoundError" in capsys.readouterr().err
    assert len(outbox.outbox) == 1


def test_a_loop_ticks_again_after_a_pause(monkeypatch):
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", pause)
    post_one()

    with pytest.raises(KeyboardInterrupt):
        call_command("tick", loop=30)

    assert pauses == [30, 30]
    assert len(outbox.outbox) == 1
