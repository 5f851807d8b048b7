from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail as outbox
from django.db import OperationalError, connection

from coalition.base import bell
from coalition.base.errors import Refusal
from coalition.mail import actions, ledger, queries
from coalition.mail.models import Address, Attempt, Heartbeat, Letter
from coalition.mail.rules import Outcome, State
from tests.coalition.mail.sending import deliver
from tests.factories.mail import AddressFactory, LetterFactory
from tests.tasks import trial

pytestmark = pytest.mark.django_db


def write(now, **changes):
    letter = {"kind": "trial/reminder", "key": "meeting:1", "to": "ok@example.org", "facts": {}, **changes}
    return actions.post(**letter, now=now)


def test_a_letter_is_a_row_before_it_is_a_mail_and_goes_out_in_text_and_html(now):
    letter = write(now, facts={"number": 7, "place": "Gooik & co"})
    assert outbox.outbox == []

    assert deliver(now) == {"sent": 1}

    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.tries, letter.reason) == (State.SENT, now, 1, "")
    [message] = outbox.outbox
    assert "Nummer 7: één markt in Gooik & co." in message.body
    assert "Gooik &amp; co" in message.alternatives[0].content
    assert [(attempt.number, attempt.outcome) for attempt in queries.trail(letter)] == [
        (1, Outcome.STARTED),
        (1, Outcome.ACCEPTED),
    ]


def test_the_same_key_is_the_same_letter_unchanged(now):
    first = write(now)
    second = write(now, to="somebody.else@example.org")

    assert second == first
    assert second.to == "ok@example.org"
    assert Letter.objects.count() == 1


def test_every_automatic_letter_says_so_and_keeps_its_name_and_its_date(now):
    write(now)
    deliver(now + timedelta(minutes=30))

    message = message_from_bytes(outbox.outbox[0].message().as_bytes(), policy=default)

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime == now
    assert message["Message-ID"] == Letter.objects.get().message_id
    assert message["From"] == "Voedselcoalitie Proef <post@example.org>"
    assert message["Reply-To"] == "coordinator@example.org"


def test_posting_rings_the_bell_when_the_letter_is_due_and_only_then(now, django_capture_on_commit_callbacks):
    heard = []
    bell.plug(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            write(now)
            write(now, key="later", due_at=now + timedelta(days=1))
    finally:
        bell.plug(None)

    assert heard == ["mail.deliver"]


def test_what_is_no_address_is_refused(now):
    with pytest.raises(Refusal, match="not an e-mail address"):
        write(now, to="jan@example.org\nBcc: all@example.org")

    assert not Letter.objects.exists()


def test_one_wrong_address_among_many_is_a_letter_that_failed(now):
    drafts = [actions.Draft(key="a", to="Ok@EXAMPLE.org"), actions.Draft(key="b", to="nobody")]
    letters = actions.post_many(kind="trial/digest", drafts=drafts, now=now)

    assert letters["a"].to == "Ok@example.org"
    assert (letters["b"].state, letters["b"].reason) == (State.FAILED, "not an e-mail address")
    assert deliver(now) == {"sent": 1}


def test_a_letter_waits_until_it_is_due(now):
    write(now, due_at=now + timedelta(hours=1))

    assert deliver(now) == {}
    assert deliver(now + timedelta(hours=1)) == {"sent": 1}


def test_a_letter_that_is_too_late_is_never_sent(now):
    letter = write(now, expires_at=now + timedelta(hours=1))

    assert deliver(now + timedelta(hours=1)) == {}

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.EXPIRED, "too late")
    assert outbox.outbox == []


def test_a_letter_that_gets_too_late_after_it_was_claimed_is_not_sent(now):
    write(now, expires_at=now + timedelta(seconds=30))
    [letter] = ledger.claim(now=now, batch=10)

    assert not ledger.fence(letter, now=now + timedelta(seconds=30))
    assert ledger.turn_away(letter, now=now + timedelta(seconds=30)) == State.EXPIRED


def test_service_letters_go_before_digests(now):
    LetterFactory(kind="trial/digest", to="digest@example.org")
    write(now, to="reminder@example.org")

    deliver(now)

    assert [message.to for message in outbox.outbox] == [["reminder@example.org"], ["digest@example.org"]]


def test_a_kind_may_withhold_its_letter_and_the_reason_is_kept(now):
    letter = write(now, facts={"withheld": "the subscription has ended"})

    assert deliver(now) == {"suppressed": 1}

    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.SUPPRESSED, "the subscription has ended")


def test_what_is_withheld_after_the_letter_was_claimed_does_not_leave_either(now):
    letter = write(now)
    claim = ledger.claim

    def claim_then_unsubscribe(**kwargs):
        claimed = claim(**kwargs)
        Letter.objects.filter(pk=letter.pk).update(facts={"withheld": "just now"})
        for each in claimed:
            each.refresh_from_db(fields=["facts"])
        return claimed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "claim", claim_then_unsubscribe)
        assert deliver(now) == {"suppressed": 1}
    assert outbox.outbox == []


def test_an_address_that_is_suppressed_up_to_the_last_moment_gets_nothing(now):
    write(now, to="Jan@example.org")
    [letter] = ledger.claim(now=now, batch=10)
    AddressFactory(email="jan@example.org", state=Address.State.SUPPRESSED)

    assert not ledger.fence(letter, now=now)
    assert ledger.turn_away(letter, now=now) == State.SUPPRESSED
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("kind", "facts", "place"),
    [
        ("trial/reminder", {"broken": True}, "KeyError in trial.py"),
        ("trial/broken", {}, "TemplateDoesNotExist in"),
        ("trial/reminder", {"headers": {"X-Evil": "a\nBcc: all@example.org"}}, "BadHeaderError in"),
    ],
)
def test_a_letter_that_cannot_be_made_fails_and_the_others_go_on(now, caplog, kind, facts, place):
    broken = write(now, kind=kind, facts=facts)
    write(now + timedelta(seconds=1), key="meeting:2")

    assert deliver(now + timedelta(seconds=1)) == {"failed": 1, "sent": 1}

    broken.refresh_from_db()
    assert broken.state == State.FAILED
    assert place in broken.reason
    assert "example.org" not in caplog.text
    assert f"letter {broken.pk}" in caplog.text


def test_a_letter_of_a_kind_that_nobody_writes_any_more_fails(now):
    LetterFactory(kind="trial/forgotten")

    assert deliver(now) == {"failed": 1}


def test_line_breaks_in_a_subject_or_a_name_are_spaces(now):
    write(
        now,
        facts={
            "subject": "Nieuws\r\nBcc: all@example.org",
            "sender": "Coalitie\nX: y",
            "reply_to": "a@example.org\r\nBcc: all@example.org",
        },
    )
    deliver(now)

    headers, _empty, _body = outbox.outbox[0].message().as_string().partition("\n\n")

    assert "\nBcc:" not in headers
    assert "\nX:" not in headers
    assert outbox.outbox[0].subject == "Nieuws Bcc: all@example.org"


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_ends_the_round_and_the_letter_waits(now, monkeypatch, caplog):
    letter = write(now)

    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "fence", busy)
        assert deliver(now) == {"interrupted": 1}
    letter.refresh_from_db()
    assert letter.state == State.CLAIMED

    assert deliver(now + timedelta(minutes=3)) == {"sent": 1}


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_left_is_written_down_at_the_second_attempt(now, monkeypatch):
    write(now)
    settle, failures = ledger.settle, [OperationalError("database is locked")]

    def settle_late(*args, **kwargs):
        if failures:
            raise failures.pop()
        return settle(*args, **kwargs)

    monkeypatch.setattr("coalition.mail.delivery.SECOND_CHANCE", 0)
    monkeypatch.setattr(ledger, "settle", settle_late)

    assert deliver(now) == {"sent": 1}


def test_when_the_time_is_up_nothing_stays_claimed(now):
    LetterFactory.create_batch(3)
    [first, *others] = ledger.claim(now=now, batch=10)
    assert ledger.release([first, *others], now=now) == 3

    assert actions.deliver_due(clock=lambda: now, budget_seconds=0) == {}
    assert set(Letter.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_a_round_leaves_a_heartbeat(now):
    deliver(now)

    assert Heartbeat.objects.get(name="deliver").at == now
    assert queries.heartbeats() == {"deliver": now}


def test_a_round_costs_the_same_per_letter_however_many_there_are(now, django_assert_num_queries):
    LetterFactory.create_batch(20)
    statements = []

    with connection.execute_wrapper(lambda execute, sql, *rest: (statements.append(sql), execute(sql, *rest))[1]):
        assert deliver(now) == {"sent": 20}

    letters = [sql for sql in statements if "SAVEPOINT" not in sql]
    # Fence and its line, settle and its line; the rest is once per round.
    assert len(letters) <= 20 * 4 + 20


def test_a_sign_in_code_is_sent_at_once_and_stored_nowhere(now):
    letter = actions.send_now(
        kind="trial/code", prepared=trial.words({"number": 482913}), to="jan@example.org", now=now
    )

    assert letter.state == State.SENT
    assert "482913" in outbox.outbox[0].body
    assert letter.facts == {}
    row = str(Letter.objects.values().get()) + str(list(Attempt.objects.values()))
    assert "482913" not in row


def test_a_suppressed_address_still_gets_its_sign_in_code(now):
    AddressFactory(email="jan@example.org", state=Address.State.SUPPRESSED)

    actions.send_now(kind="trial/code", prepared=trial.words({}), to="jan@example.org", now=now)

    assert len(outbox.outbox) == 1
