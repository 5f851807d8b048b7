from datetime import UTC, datetime, timedelta

import pytest

from coalition.activity.models import Notice
from coalition.digests import actions
from coalition.digests.models import Subscription
from coalition.mail.actions import deliver_due
from coalition.mail.models import Letter
from tests.factories.digests import DigestScheduleFactory, NoticeFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 24, 19, 15, tzinfo=UTC)


@pytest.fixture
def reader():
    schedule = DigestScheduleFactory(coalition__name="Pajotse Velden", coalition__slug="pajotse-velden")
    return SubscriptionFactory(coalition=schedule.coalition)


def deliver(mailoutbox):
    deliver_due(clock=lambda: DUE + timedelta(minutes=1))
    return mailoutbox


def test_the_digest_tells_titles_summaries_and_addresses_in_both_parts(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition, title="Boerenmarkt in Gooik", summary="Zondag om 9 uur.", url="/p/markt/")
    actions.plan_due_editions(now=DUE)

    (mail,) = deliver(mailoutbox)

    assert mail.to == [reader.email]
    assert mail.subject == "Pajotse Velden: Boerenmarkt in Gooik"
    for part in (mail.body, mail.alternatives[0][0]):
        assert "Boerenmarkt in Gooik" in part
        assert "Zondag om 9 uur." in part
        assert "http://testserver/p/markt/" in part
        assert "maandag 23 november 2026" in part


def test_the_digest_can_be_stopped_with_one_request_and_says_so_in_its_head(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition)
    actions.plan_due_editions(now=DUE)

    (mail,) = deliver(mailoutbox)

    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/uitschrijven/" in mail.extra_headers["List-Unsubscribe"]
    assert mail.reply_to == [reader.coalition.contact_email]


def test_a_page_withdrawn_after_planning_is_left_out(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition, title="Blijft")
    gone = NoticeFactory(coalition=reader.coalition, title="Ingetrokken")
    actions.plan_due_editions(now=DUE)
    Notice.objects.filter(pk=gone.pk).update(visible=False)

    (mail,) = deliver(mailoutbox)

    assert "Ingetrokken" not in mail.body + mail.alternatives[0][0] + mail.subject


def test_when_nothing_is_left_to_tell_no_letter_goes_and_the_reason_stays(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition)
    actions.plan_due_editions(now=DUE)
    Notice.objects.update(visible=False)

    assert deliver(mailoutbox) == []
    letter = Letter.objects.get()
    assert (letter.state, letter.reason) == ("suppressed", "nothing left to tell")


def test_who_stops_while_the_letter_waits_gets_no_letter(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition)
    actions.plan_due_editions(now=DUE)
    actions.stop(subscription_id=reader.pk, via="one-click", now=DUE)

    assert deliver(mailoutbox) == []
    assert Letter.objects.get().reason == "unsubscribed"


def test_more_than_twelve_items_become_twelve_and_a_number(reader, mailoutbox):
    NoticeFactory.create_batch(15, coalition=reader.coalition)
    actions.plan_due_editions(now=DUE)

    (mail,) = deliver(mailoutbox)

    assert mail.body.count("/coalitie/nieuws/") == 12
    assert "3" in mail.body


def test_a_script_in_a_title_stays_words(reader, mailoutbox):
    NoticeFactory(coalition=reader.coalition, title="<script>alert(1)</script>\nBcc: x@example.org")
    actions.plan_due_editions(now=DUE)

    (mail,) = deliver(mailoutbox)

    assert "<script>" not in mail.alternatives[0][0]
    assert "\n" not in mail.subject
    assert mail.message()["Bcc"] is None


def test_the_letter_that_asks_for_confirmation_has_a_link_and_the_words_agreed_to(reader, mailoutbox):
    actions.ask(coalition=reader.coalition, email="nieuw@example.org", agreed=True, page="http://x/", now=DUE)

    (mail,) = deliver(mailoutbox)

    subscription = Subscription.objects.get(email="nieuw@example.org")
    assert "/bevestig/" in mail.body
    assert subscription.consent_text in mail.body
    assert "nieuw@example.org" not in mail.body.split("/bevestig/")[1].split()[0]


def test_a_request_that_was_replaced_before_its_letter_left_sends_only_the_newest(reader, mailoutbox):
    for minutes in (0, 11):
        moment = DUE - timedelta(minutes=20) + timedelta(minutes=minutes)
        actions.ask(coalition=reader.coalition, email="nieuw@example.org", agreed=True, page="http://x/", now=moment)

    assert len(deliver(mailoutbox)) == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["sent", "suppressed"]
