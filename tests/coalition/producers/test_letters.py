"""The letters about a producer: short, with one button, true in the moment they leave."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from coalition.mail import kinds, render
from coalition.mail.kinds import Withhold
from coalition.mail.models import Letter
from coalition.producers import actions, tokens
from coalition.producers.models import Producer
from tests.coalition.producers.conftest import FACTS

pytestmark = pytest.mark.django_db


def address(name, *words):
    """Where a letter, which is Dutch, leads to."""
    with override("nl"):
        return f"http://testserver{reverse(name, args=words)}"


def written(kind, now):
    """The newest letter of a kind as it would leave now: subject, text part, HTML part."""
    letter = Letter.objects.filter(kind=f"producers/{kind}").latest("pk")
    message = render.compose(letter, kinds.find(letter.kind).prepare(letter, now))
    return message.subject, message.body, message.alternatives[0][0]


def test_the_question_holds_the_link_once_as_a_button_and_the_coalition(link, token, now):
    subject, text, html = written("ask", now)

    assert "Hoeve De Linde" in subject
    for part in (text, html):
        assert part.count(address("farmer_profile", token)) == 1
        assert "Pajotse Velden" in part
        assert "30" in part
    assert html.count('class="act"') == 1
    assert len(text.split()) < 150


def test_what_a_coordinator_typed_is_no_markup_in_a_letter(draft, coalition, coordinator, now):
    Producer.objects.update(name="<script>alert(1)</script>")
    actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=now)

    assert "<script>" not in written("ask", now)[2]


def test_a_question_whose_link_was_used_or_replaced_does_not_leave(token, draft, coalition, coordinator, now):
    first = Letter.objects.get(kind="producers/ask")
    actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=now + timedelta(minutes=3))

    with pytest.raises(Withhold):
        kinds.find(first.kind).prepare(first, now)


def test_who_wants_a_call_gets_no_question_unless_he_asks_for_it_himself(token, now):
    Producer.objects.update(reach="phone")
    with pytest.raises(Withhold):
        written("ask", now)

    actions.ask_again(token=token, now=now + timedelta(hours=1))

    assert written("ask", now)[1]


def test_thanks_lead_to_the_page_that_everybody_sees(token, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)

    subject, text, html = written("confirmed", now)
    assert "is on the site" in subject or "staat op de site" in subject
    for part in (text, html):
        assert address("producer", "hoeve-de-linde") in part


@pytest.mark.parametrize("change", [{"processes": True}, {"postcode": "9999", "place": "Elders"}])
def test_thanks_do_not_say_that_a_page_is_shown_that_is_not(token, now, change):
    actions.confirm_profile(token=token, facts=FACTS | change, declarations={}, now=now)

    for part in written("confirmed", now)[1:]:
        assert address("producer", "hoeve-de-linde") not in part


def test_thanks_for_a_page_that_was_withdrawn_since_do_not_leave(token, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)
    Producer.objects.update(state=Producer.State.HIDDEN)

    with pytest.raises(Withhold):
        written("confirmed", now)


@pytest.mark.parametrize("deed", [actions.want_call, actions.hide_by_link])
def test_coordinators_hear_what_he_did(token, draft, deed, now):
    deed(token=token, now=now)

    subject, text, html = written("notice", now)
    assert "Hoeve De Linde" in subject
    assert str(draft.pk) in text
    assert "linde@example.org" not in text + html


def test_no_letter_keeps_words_or_a_link_in_its_row(token, now):
    actions.confirm_profile(token=token, facts=FACTS, declarations={}, now=now)

    kept = " ".join(str(letter.facts) for letter in Letter.objects.all())
    assert tokens.read(token)[1] not in kept
    assert "Linde" not in kept
