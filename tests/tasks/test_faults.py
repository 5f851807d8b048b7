"""Processes that are killed, race and find nobody at home: DESIGN 4.5, fault tests T1, T3, T6."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from coalition.mail import actions
from coalition.mail.models import Attempt, Letter
from coalition.mail.rules import CLAIM_LEASE, HANDOVER_LEASE, Outcome, State
from tests.factories.mail import LetterFactory
from tests.tasks.processes import finish, start
from tests.tasks.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)

FARMERS = 250
FAILPOINTS = ("after_claim", "before_handoff", "after_handoff", "after_smtp", "after_sent")
# Where a death leaves it open whether the letter arrived.
OPEN = ("after_handoff", "after_smtp")
RACE = 5000 if os.environ.get("BENCH") == "full" else 1000


def write(kind: str, count: int) -> None:
    stream = "digest" if kind == "trial/digest" else "service"
    LetterFactory.reset_sequence(0)
    Letter.objects.bulk_create(LetterFactory.build_batch(count, kind=kind, stream=stream))


def states() -> dict[str, int]:
    return dict(Counter(Letter.objects.values_list("state", flat=True)))


@pytest.mark.parametrize("kind", ["trial/digest", "trial/reminder"])
def test_a_postman_killed_at_every_step_sends_no_digest_twice_and_loses_no_reminder(now, kind):
    write(kind, FARMERS)
    with Sink() as sink:
        for failpoint in FAILPOINTS:
            passage = 1 if failpoint == "after_claim" else 20
            finish(start("drain", clock=now, smtp_port=sink.port, failpoint=f"{failpoint}:{passage}"), status=-9)
            now += max(CLAIM_LEASE, HANDOVER_LEASE) + timedelta(seconds=1)
        finish(start("drain", clock=now, smtp_port=sink.port))

    arrived = Counter(sink.log)
    written = set(Letter.objects.values_list("message_id", flat=True))
    if kind == "trial/digest":
        assert states() == {State.SENT: FARMERS - len(OPEN), State.UNKNOWN: len(OPEN)}
        assert set(arrived.values()) == {1}
        # Killed before the server was spoken to: one digest never left, and its row says so.
        unknown = Letter.objects.filter(state=State.UNKNOWN)
        assert written - set(arrived) < set(unknown.values_list("message_id", flat=True))
        assert len(arrived) == FARMERS - 1
    else:
        assert states() == {State.SENT: FARMERS}
        assert set(arrived) == written
        # Killed after the server had said yes: that one came twice, as the same message.
        assert sum(arrived.values()) == FARMERS + 1
    assert not Letter.objects.filter(state=State.SENT).exclude(attempts__outcome=Outcome.ACCEPTED).exists()


def test_four_postmen_and_two_planners_at_once_send_every_letter_once(now):
    with Sink() as sink:
        planners = [start("plan", clock=now, count=RACE) for _ in range(2)]
        first = [start("drain", clock=now, smtp_port=sink.port, batch=20) for _ in range(2)]
        for planner in planners:
            finish(planner)
        second = [start("drain", clock=now, smtp_port=sink.port, batch=20) for _ in range(2)]
        done = [json.loads(finish(process)) for process in (*first, *second)]

    assert sum((Counter(counts) for counts in done), Counter()) == {"sent": RACE}
    assert states() == {State.SENT: RACE}
    assert sorted(sink.log) == sorted(Letter.objects.values_list("message_id", flat=True))
    assert Attempt.objects.filter(outcome=Outcome.ACCEPTED).count() == RACE


POST = """
import os, sys, time
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
import django
django.setup()
from coalition.mail import actions
from django.utils import timezone
from tests.tasks import trial
trial.register_kinds()
began = time.monotonic()
actions.post(kind="trial/reminder", key="meeting:1", to="ok@example.org", facts={}, now=timezone.now())
print(time.monotonic() - began)
"""


def test_posting_a_letter_does_not_wait_for_a_broker_that_is_away(now, settings, tmp_path):
    process = subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", POST],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "coalition.settings.test",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        },
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert float(process.stdout) < 1.5
    assert "the broker is away" in process.stderr
    assert Letter.objects.get().state == State.QUEUED
    from tasks import mail

    mail.deliver()
    assert Letter.objects.get().state == State.SENT


def test_a_letter_is_withheld_when_the_reader_stops_while_it_waits(now):
    from django.core import mail as outbox

    letter = LetterFactory()
    Letter.objects.filter(pk=letter.pk).update(facts={"withheld": "the subscription has ended"})

    assert actions.deliver_due(clock=lambda: now) == {"suppressed": 1}
    assert outbox.outbox == []
