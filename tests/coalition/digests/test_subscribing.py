from datetime import timedelta

import pytest

from coalition.activity.models import Entry
from coalition.base.errors import Refusal
from coalition.digests import actions, tokens
from coalition.digests.models import Subscription
from coalition.mail.models import Letter
from tests.factories import CoalitionFactory
from tests.factories.digests import SubscriptionFactory

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/overzichtsmail/x/"


def ask(coalition, now, email="boer@example.org", agreed=True):
    actions.ask(coalition=coalition, email=email, agreed=agreed, page=PAGE, now=now)


def test_asking_keeps_the_proof_and_sends_one_letter(now):
    coalition = CoalitionFactory(name="Pajotse Velden")

    ask(coalition, now)

    subscription = Subscription.objects.get()
    assert subscription.state == "asked"
    assert (subscription.consent_version, subscription.consent_page, subscription.asked_at) == ("2026-11", PAGE, now)
    assert "Pajotse Velden" in subscription.consent_text
    assert Letter.objects.get().kind == "digests/confirm"


@pytest.mark.parametrize("email", ["", "boer", "boer@", "a b@example.org", "boer@example.org\nBcc: x@y.be"])
def test_what_is_no_address_is_refused_and_nothing_is_written(now, email):
    with pytest.raises(Refusal) as refusal:
        ask(CoalitionFactory(), now, email=email)

    assert refusal.value.field == "email"
    assert Subscription.objects.count() == Letter.objects.count() == Entry.objects.count() == 0


def test_without_the_tick_nothing_is_written(now):
    with pytest.raises(Refusal) as refusal:
        ask(CoalitionFactory(), now, agreed=False)

    assert refusal.value.field == "agreed"
    assert Subscription.objects.count() == 0


def test_pressing_the_button_twice_sends_one_letter(now):
    coalition = CoalitionFactory()

    ask(coalition, now)
    ask(coalition, now + timedelta(minutes=1), email="Boer@Example.org")

    assert Letter.objects.count() == 1


def test_asking_again_later_makes_the_first_link_worthless(now):
    coalition = CoalitionFactory()
    ask(coalition, now)
    first = tokens.to_confirm(Subscription.objects.get().pk, 1)

    ask(coalition, now + timedelta(hours=1))

    assert Letter.objects.count() == 2
    with pytest.raises(Refusal, match="no longer works"):
        actions.confirm(token=first, now=now)
    assert actions.confirm(token=tokens.to_confirm(Subscription.objects.get().pk, 2), now=now).state == "confirmed"


def test_who_already_reads_it_is_told_so_by_letter_only(now):
    reader = SubscriptionFactory()

    ask(reader.coalition, now, email=reader.email)

    assert Letter.objects.get().kind == "digests/already"
    assert Subscription.objects.get().state == "confirmed"


def test_confirming_twice_changes_nothing(now):
    ask(CoalitionFactory(), now)
    token = tokens.to_confirm(Subscription.objects.get().pk, 1)

    actions.confirm(token=token, now=now)
    actions.confirm(token=token, now=now + timedelta(days=1))

    assert Subscription.objects.get().confirmed_at == now


@pytest.mark.parametrize("token", ["", "x", "x:y:z", "WyJhIiwxXQ:1abc:def"])
def test_a_forged_link_is_refused(now, token):
    with pytest.raises(Refusal, match="no longer works"):
        actions.confirm(token=token, now=now)


def test_a_link_to_stop_does_not_confirm_and_the_other_way_round(now):
    subscription = SubscriptionFactory()

    with pytest.raises(Refusal):
        actions.confirm(token=tokens.to_stop(subscription.pk), now=now)
    assert tokens.read_stop(tokens.to_confirm(subscription.pk, 1)) is None


def test_a_confirmation_link_expires_after_a_week(now, settings):
    import time

    ask(CoalitionFactory(), now)
    token = tokens.to_confirm(Subscription.objects.get().pk, 1)
    week = 7 * 24 * 3600
    real = time.time
    try:
        time.time = lambda: real() + week + 1
        assert tokens.read_confirm(token) is None
    finally:
        time.time = real
    assert tokens.read_confirm(token) is not None


def test_links_work_on_after_the_signing_key_was_replaced(now, settings):
    subscription = SubscriptionFactory()
    token = tokens.to_stop(subscription.pk)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"

    assert tokens.read_stop(token) == subscription.pk


def test_stopping_twice_changes_nothing(now):
    subscription = SubscriptionFactory()

    actions.stop(subscription_id=subscription.pk, via="one-click", now=now)
    actions.stop(subscription_id=subscription.pk, via="page", now=now + timedelta(days=1))

    subscription.refresh_from_db()
    assert (subscription.state, subscription.ended_at, subscription.ended_via) == ("ended", now, "one-click")


def test_a_confirmation_link_does_not_undo_a_stop(now):
    ask(CoalitionFactory(), now)
    subscription = Subscription.objects.get()
    token = tokens.to_confirm(subscription.pk, 1)
    actions.confirm(token=token, now=now)
    actions.stop(subscription_id=subscription.pk, via="page", now=now)

    with pytest.raises(Refusal):
        actions.confirm(token=token, now=now)


def test_who_stopped_may_ask_again(now):
    subscription = SubscriptionFactory()
    actions.stop(subscription_id=subscription.pk, via="page", now=now)

    ask(subscription.coalition, now + timedelta(days=1), email=subscription.email)

    subscription.refresh_from_db()
    assert (subscription.state, subscription.ended_at, subscription.confirmed_at) == ("asked", None, None)


def test_a_request_nobody_confirmed_is_forgotten_after_a_week(now):
    ask(CoalitionFactory(), now)
    reader = SubscriptionFactory()

    assert actions.forget_unconfirmed_due(now=now + timedelta(days=7)) == 0
    assert actions.forget_unconfirmed_due(now=now + timedelta(days=7, minutes=1)) == 1

    assert list(Subscription.objects.all()) == [reader]


def test_no_entry_holds_an_address(now):
    ask(CoalitionFactory(), now)

    entry = Entry.objects.get()
    assert "boer@example.org" not in f"{entry.subject_title}{entry.details}"
