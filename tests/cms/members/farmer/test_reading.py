"""The farmer's own page as he finds it: complete, kept by nobody, and changed by no look at it."""

import pytest
from django.utils import timezone

from coalition.producers import actions
from coalition.producers.facts import read_facts
from coalition.producers.models import Producer
from tests.cms.members.farmer.browser import counted, form_of, typed
from tests.cms.members.farmer.conftest import door_of
from tests.coalition.producers.conftest import FACTS

pytestmark = pytest.mark.django_db


def test_reading_shows_what_was_written_down_and_changes_nothing(client, own, producer):
    before = counted(), list(Producer.objects.values())

    for _twice in range(2):
        shown = client.get(own)
    client.head(own)
    client.options(own)

    words = shown.content.decode()
    assert shown.status_code == 200
    for word in ("Hoeve De Linde", "Melkvee sinds 1962.", "0403.019.261", "Hoevemelk", "1,20", "bel even aan", "kerst"):
        assert word in words
    assert (counted(), list(Producer.objects.values())) == before


def test_the_page_is_kept_by_nobody_and_tells_nobody_its_address(client, own):
    shown = client.get(own)

    assert "no-store" in shown["Cache-Control"]
    assert "private" in shown["Cache-Control"]
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    assert shown["Referrer-Policy"] == "same-origin"
    assert b'content="noindex"' in shown.content


def test_no_consent_is_ticked_that_he_did_not_give(client, producer, coalition, coordinator):
    Producer.objects.update(shown=["phone", "email"])
    shown = client.get(door_of(producer, coalition, coordinator))

    assert form_of(shown).getlist("shown") == []
    assert "digest" not in form_of(shown)


def test_what_he_agreed_to_before_stays_ticked(client, own, producer, coalition, coordinator):
    client.post(own, typed(client.get(own), shown=["phone"]))

    again = client.get(door_of(producer, coalition, coordinator))

    assert form_of(again).getlist("shown") == ["phone"]


def test_a_change_that_was_proposed_stands_in_the_form_and_beside_the_old(
    client, own, producer, coalition, coordinator
):
    client.post(own, typed(client.get(own)))
    facts = read_facts(Producer.objects.get()) | {"name": "De Nieuwe Linde"}
    actions.change_producer(producer=producer, coalition=coalition, facts=facts, by=coordinator, now=timezone.now())

    shown = client.get(door_of(producer, coalition, coordinator))

    assert form_of(shown)["name"] == "De Nieuwe Linde"
    assert "<del>Hoeve De Linde</del>" in shown.content.decode()
    assert "<ins>De Nieuwe Linde</ins>" in shown.content.decode()


def test_what_people_typed_is_never_markup(client, producer, coalition, coordinator):
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    facts = FACTS | {"name": evil, "story": evil, "products": [{"name": evil, "category": "dairy"}]}
    actions.change_producer(producer=producer, coalition=coalition, facts=facts, by=coordinator, now=timezone.now())

    shown = client.get(door_of(producer, coalition, coordinator)).content.decode()

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
