import socket
import time
from datetime import timedelta

import pytest

from coalition.base.errors import Refusal
from coalition.base.hashing import keyed_hash
from coalition.mail import actions
from coalition.mail.models import Address, Attempt, Letter
from coalition.mail.rules import WAITS, State
from tests.coalition.mail.sending import deliver
from tests.factories.mail import AddressFactory, LetterFactory
from tests.tasks import trial

pytestmark = pytest.mark.django_db


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_many_letters_go_over_one_line_as_they_were_made(sink, now):
    LetterFactory.create_batch(5, facts={"place": "Halle\n.\n..stip"})

    assert deliver(now) == {"sent": 5}

    assert sorted(sink.log) == sorted(Letter.objects.values_list("message_id", flat=True))
    assert b"\n..\r\n" in sink.bodies[0]


@pytest.mark.parametrize("name", ["r451", "r421", "d451"])
def test_refused_for_now_is_tried_again_later_and_given_up_in_the_end(sink, now, name):
    letter = LetterFactory(to=f"{name}@example.org", expires_at=None)
    other = LetterFactory()

    assert deliver(now) == {"queued": 1, "sent": 1}
    assert deliver(now + timedelta(seconds=59)) == {}
    for wait in WAITS:
        now += wait
        deliver(now)

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.FAILED, 6)
    assert Address.objects.get().soft_count == 1
    assert sink.log == [other.message_id]


def test_a_reader_who_does_not_exist_is_not_written_to_any_more(sink, now):
    letter = LetterFactory(to="r550@Example.org")
    LetterFactory(to="ok@example.org")

    assert deliver(now) == {"failed": 1, "sent": 1}

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.FAILED, "so it says")
    assert Address.objects.get().state == Address.State.SUPPRESSED
    LetterFactory(to="r550@example.org")
    assert deliver(now) == {"suppressed": 1}


def test_a_letter_whose_words_are_refused_fails_and_its_reader_stays(sink, now):
    LetterFactory(to="d550@example.org")

    assert deliver(now) == {"failed": 1}

    assert Address.objects.get().state == Address.State.SOFT


def test_after_five_letters_given_up_an_address_is_suppressed_and_one_that_arrives_forgives(sink, now):
    LetterFactory(to="ok@example.org")
    AddressFactory(email="ok@example.org", state="soft", soft_count=4)
    LetterFactory(to="d550@example.org")
    AddressFactory(email="d550@example.org", state="soft", soft_count=4)

    deliver(now)

    states = dict(Address.objects.values_list("email_hash", "state"))
    assert states == {keyed_hash("ok@example.org"): "ok", keyed_hash("d550@example.org"): "suppressed"}


def test_when_the_line_breaks_after_the_body_a_digest_is_unknown_and_a_reminder_is_sent_again(sink, now):
    digest = LetterFactory(to="dropbefore1@example.org")
    reminder = LetterFactory(to="dropbefore2@example.org", kind="trial/reminder", stream="service")

    assert deliver(now) == {"unknown": 1, "queued": 1}
    deliver(now + timedelta(days=1))

    digest.refresh_from_db()
    assert digest.state == State.UNKNOWN
    assert sink.log.count(digest.message_id) == 1
    assert sink.log.count(reminder.message_id) == 2


def test_a_server_that_hangs_up_between_letters_is_called_again(sink, now):
    LetterFactory.create_batch(3, to="dropafter@example.org")

    assert deliver(now) == {"sent": 3}
    assert len(sink.log) == 3


def test_a_server_that_does_not_answer_leaves_the_letter_unknown_and_the_others_go_on(sink, now):
    LetterFactory(to="hang@example.org", due_at=now - timedelta(hours=2))
    LetterFactory()

    assert deliver(now) == {"unknown": 1, "sent": 1}


def test_when_nobody_listens_letters_wait_a_minute_and_no_attempt_is_counted(use_smtp, now, caplog):
    use_smtp(closed_port())
    LetterFactory.create_batch(3)

    assert deliver(now) == {"unreachable": 3}

    for letter in Letter.objects.all():
        assert (letter.state, letter.tries, letter.next_try_at) == (State.QUEUED, 0, now + timedelta(minutes=1))
        assert "ConnectionRefusedError" in letter.reason
    assert not Attempt.objects.exists()
    assert "3 letters wait" in caplog.text


@pytest.mark.parametrize("name", ["r550", "r451", "dropbefore", "hang"])
def test_a_code_that_cannot_be_sent_says_so_and_is_not_tried_again(sink, now, name):
    with pytest.raises(Refusal, match="try again in a few minutes"):
        actions.send_now(kind="trial/code", prepared=trial.words({}), to=f"{name}@example.org", now=now)

    letter = Letter.objects.get()
    assert letter.state in (State.FAILED, State.UNKNOWN)
    assert letter.reason
    assert deliver(now + timedelta(days=1)) == {}


def test_a_code_does_not_wait_for_a_server_that_is_away(use_smtp, now):
    use_smtp(closed_port())

    began = time.monotonic()
    with pytest.raises(Refusal):
        actions.send_now(kind="trial/code", prepared=trial.words({}), to="jan@example.org", now=now)

    assert time.monotonic() - began < 5
    assert Letter.objects.get().state == State.FAILED
