from datetime import timedelta

import pytest

from coalition.mail import rules
from coalition.mail.models import Letter
from coalition.mail.rules import Outcome, State, Stream


def test_the_message_id_follows_from_the_key_alone():
    first = rules.message_id("digest:1:2026-W53", "example.org")

    assert first == rules.message_id("digest:1:2026-W53", "example.org")
    assert first != rules.message_id("digest:2:2026-W53", "example.org")
    assert first.endswith("@example.org>")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (" Jan.Peeters@GOOIK.be ", "Jan.Peeters@gooik.be"),
        ("info@café.be", "info@xn--caf-dma.be"),
    ],
)
def test_an_address_keeps_its_name_and_gets_a_plain_domain(written, normal):
    assert rules.normal_address(written) == normal


@pytest.mark.parametrize("written", ["", "jan", "jan@", "jan@a b.be", "jan@x.be\nBcc: y@z.be", "jané@x.be"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(ValueError, match="not an e-mail address"):
        rules.normal_address(written)


@pytest.mark.parametrize("words", ["a\nb", "a\r\nb", "a\x00b", "a\u2028b", "  a \t b  "])
def test_a_header_field_is_one_line(words):
    assert rules.one_line(words) == "a b"


def test_waits_grow_and_end(now):
    waits = [rules.next_try(tries, now) for tries in range(1, 7)]

    assert [wait and wait - now for wait in waits] == [
        *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)),
        None,
    ]


@pytest.mark.parametrize(
    ("outcome", "again", "once", "state"),
    [
        (Outcome.ACCEPTED, True, False, State.SENT),
        (Outcome.REFUSED, True, False, State.FAILED),
        (Outcome.POSTPONED, False, False, State.QUEUED),
        (Outcome.POSTPONED, False, True, State.FAILED),
        (Outcome.UNKNOWN, True, False, State.QUEUED),
        (Outcome.UNKNOWN, False, False, State.UNKNOWN),
        (Outcome.UNKNOWN, True, True, State.UNKNOWN),
    ],
)
def test_what_follows_an_attempt(now, outcome, again, once, state):
    assert rules.after_attempt(outcome, tries=1, again_when_unknown=again, once=once, now=now)[0] == state


@pytest.mark.parametrize(
    ("code", "words", "dead"),
    [
        (550, "5.1.1 unknown user", True),
        (550, "no such user", True),
        (553, "not a mailbox", True),
        (550, "5.7.1 relaying denied", False),
        (554, "blocked", False),
        (552, "5.2.2 mailbox full", False),
        (450, "4.1.1 later", False),
        (None, "", False),
    ],
)
def test_an_address_is_dead_only_when_the_server_says_that_nobody_lives_there(code, words, dead):
    assert rules.address_is_dead(code, words) is dead


def test_the_letter_knows_the_states_of_the_rules():
    assert Letter.State is State
    assert Letter._meta.get_field("stream").choices == Stream.choices
