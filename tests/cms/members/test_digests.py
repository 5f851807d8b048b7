from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coalition.digests import tokens
from coalition.digests.models import Subscription
from coalition.mail.models import Letter
from tests.factories.digests import SubscriptionFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def coalition():
    return make_space("pajotse-velden").coalition


def ask(client, email="boer@example.org", **more):
    return client.post("/overzichtsmail/pajotse-velden/", {"email": email, "agreed": "on"} | more)


def test_the_box_is_not_ticked_beforehand(client, coalition):
    page = client.get("/overzichtsmail/pajotse-velden/").content.decode()

    assert "checkbox" in page
    assert "checked" not in page


def test_asking_leads_to_a_page_that_says_what_happens_next(client, coalition):
    response = ask(client)

    assert response.status_code == 302
    assert "boer" not in response["Location"], "no personal data in an address"
    assert client.get(response["Location"]).status_code == 200
    assert Subscription.objects.get().state == "asked"


def test_known_and_unknown_addresses_get_the_same_answer(client, coalition):
    SubscriptionFactory(coalition=coalition, email="bekend@example.org")

    known, unknown = ask(client, "bekend@example.org"), ask(client, "onbekend@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("data", [{"email": "geen adres", "agreed": "on"}, {"email": "boer@example.org"}, {}])
def test_a_mistake_is_named_beside_its_field_and_nothing_is_lost(client, coalition, data):
    response = client.post("/overzichtsmail/pajotse-velden/", data)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page
    if data.get("email"):
        assert data["email"] in page
    assert Subscription.objects.count() == 0


def test_one_place_cannot_ask_for_many_addresses(client, coalition):
    answers = [ask(client, f"slachtoffer{number}@example.org").status_code for number in range(22)]

    assert answers == [302] * 20 + [429] * 2
    assert Letter.objects.count() == 20


def test_a_coalition_that_does_not_exist_has_no_digest(client, coalition):
    assert client.get("/overzichtsmail/elders/").status_code == 404


def test_opening_the_link_in_the_letter_changes_nothing(client, coalition):
    ask(client)
    path = reverse("digest_confirm", args=[tokens.to_confirm(Subscription.objects.get().pk, 1)])

    assert client.get(path).status_code == 200
    assert Client(HTTP_USER_AGENT="link scanner").head(path).status_code == 200
    assert Subscription.objects.get().state == "asked"

    assert client.post(path).status_code == 200
    assert Subscription.objects.get().state == "confirmed"


def test_a_link_that_was_already_used_says_so_kindly(client, coalition):
    ask(client)
    subscription = Subscription.objects.get()
    Subscription.objects.update(round=2)

    response = client.get(reverse("digest_confirm", args=[tokens.to_confirm(subscription.pk, 1)]))

    assert response.status_code == 410


def test_stopping_takes_one_post_without_cookies(coalition):
    subscription = SubscriptionFactory(coalition=coalition)
    path = reverse("digest_stop", args=[tokens.to_stop(subscription.pk)])
    bare = Client(enforce_csrf_checks=True)

    assert bare.get(path).status_code == 200
    assert Subscription.objects.get().state == "confirmed", "looking changes nothing"
    response = bare.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert not response.cookies
    subscription.refresh_from_db()
    assert (subscription.state, subscription.ended_via) == ("ended", "one-click")
    assert bare.post(path).status_code == 200, "twice is once"


def test_asking_and_confirming_need_a_token_against_forged_forms(coalition):
    bare = Client(enforce_csrf_checks=True)
    subscription = SubscriptionFactory(coalition=coalition, state="asked", confirmed_at=None)

    assert ask(bare).status_code == 403
    assert bare.post(reverse("digest_confirm", args=[tokens.to_confirm(subscription.pk, 1)])).status_code == 403


@pytest.mark.parametrize("name", ["digest_confirm", "digest_stop"])
def test_a_forged_link_leads_nowhere(client, coalition, name):
    for token in ("x", "a:b:c", "<script>alert(1)", "%00"):
        response = client.post(reverse(name, args=[token]))
        assert response.status_code == 410
        assert "<script>alert" not in response.content.decode()


def test_who_stops_while_a_letter_waits_is_not_written_to(client, coalition, now, mailoutbox):
    from coalition.digests.actions import plan_due_editions
    from coalition.mail.actions import deliver_due
    from tests.factories.digests import NoticeFactory

    subscription = SubscriptionFactory(coalition=coalition)
    NoticeFactory(coalition=coalition)
    coalition_schedule(coalition, now)
    plan_due_editions(now=now)
    assert Letter.objects.filter(state="queued").count() == 1

    client.post(reverse("digest_stop", args=[tokens.to_stop(subscription.pk)]))
    deliver_due(clock=lambda: now + timedelta(minutes=1))

    assert mailoutbox == []


def coalition_schedule(coalition, now):
    from datetime import time

    from tests.factories.digests import DigestScheduleFactory

    DigestScheduleFactory(coalition=coalition, weekday=now.isoweekday(), hour=time(12, 30))
