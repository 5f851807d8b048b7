"""What a link opens, to whom, how often and how long; one that does not work tells nothing."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coalition.mail.actions import deliver_due
from coalition.mail.models import Letter
from coalition.producers import tokens
from coalition.producers.models import FarmerLink, Producer, ProducerDraft
from coalition.producers.words import Reach
from tests.cms.members.farmer.browser import counted, later, typed
from tests.cms.members.farmer.conftest import door_of
from tests.factories.producers import FarmerLinkFactory, ProducerFactory

pytestmark = pytest.mark.django_db
State = Producer.State


def test_rather_call_me(client, own, producer):
    assert client.get(f"{own}bel-mij/").status_code == 405

    assert client.post(f"{own}bel-mij/").status_code == 200

    producer.refresh_from_db()
    assert (producer.reach, producer.state) == (Reach.PHONE, State.ASKED)
    assert client.get(own).status_code == 410


def test_not_showing(client, own, producer, coalition, coordinator):
    client.post(own, typed(client.get(own)))
    assert client.get(f"{own}niet-tonen/").status_code == 405
    own = door_of(producer, coalition, coordinator)

    assert client.post(f"{own}niet-tonen/").status_code == 200

    producer.refresh_from_db()
    assert producer.state == State.HIDDEN


def doors(own) -> list[str]:
    return [own, f"{own}foto/", f"{own}foto/1/weg/", f"{own}bel-mij/", f"{own}niet-tonen/"]


def said(answer, word: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode().replace(word, "TOKEN"))


def test_a_forged_a_used_and_an_old_link_say_exactly_the_same(client, own, producer):
    token = own.split("/")[2]
    forged = f"{token[:-2]}xx"
    sent = typed(client.get(own))
    client.post(own, sent)
    used = said(client.get(own), token)
    FarmerLink.objects.update(used_at=None)
    later(own, minutes=31)
    old = said(client.get(own), token)
    FarmerLink.objects.all().delete()
    gone = said(client.get(own), token)

    assert used == old == gone == said(client.get(f"/boer/{forged}/"), forged)
    assert "Hoeve De Linde" not in used
    assert "linde@example.org" not in used


def test_nothing_is_done_by_a_link_that_does_not_work(client, own, producer):
    sent = typed(client.get(own), name="Te laat")
    later(own, minutes=31)
    before = counted()

    for where in doors(own):
        assert client.post(where, sent).status_code == 410

    producer.refresh_from_db()
    assert (producer.name, producer.state, counted()) == ("Hoeve De Linde", State.ASKED, before)


def test_who_comes_too_late_sees_what_he_typed(client, own):
    sent = typed(client.get(own), story="Een lang verhaal.")
    later(own, minutes=31)

    assert "Een lang verhaal." in client.post(own, sent).content.decode()


def test_the_token_of_another_opens_only_the_other(client, own, producer, coalition):
    other = ProducerFactory(name="Hoeve Ander", coalition=coalition, state=State.ASKED, confirmed_at=None)
    link = FarmerLinkFactory(producer=other, asked_at=timezone.now())

    shown = client.get(f"/boer/{tokens.to_open(link.pk, link.nonce)}/")

    assert "Hoeve Ander" in shown.content.decode()
    assert "Hoeve De Linde" not in shown.content.decode()


def test_a_new_link_is_asked_with_a_post_and_the_answer_tells_nothing(client, own):
    later(own, days=2)
    assert client.get(f"{own}opnieuw/").status_code == 405
    assert Letter.objects.count() == 1

    real, forged = client.post(f"{own}opnieuw/"), client.post("/boer/bestaat-niet/opnieuw/")

    assert (real.status_code, real["Location"]) == (forged.status_code, forged["Location"]) == (302, "/boer/gevraagd/")
    assert Letter.objects.filter(kind="producers/ask").count() == 2
    assert client.get("/boer/gevraagd/").status_code == 200


def test_nobody_asks_for_links_without_end(client, own):
    answers = {client.post("/boer/x/opnieuw/").status_code for _n in range(25)}

    assert answers == {302, 429}


def test_a_form_of_another_site_is_not_taken(own):
    stranger = Client(enforce_csrf_checks=True)

    for where in [*doors(own), f"{own}opnieuw/"]:
        assert stranger.post(where, {"name": "x"}).status_code == 403


def test_strange_addresses_are_answered_kindly(client):
    for word in ("x", "%00", "a" * 3000, "..%2f", "%F0%9F%A5%95"):
        assert client.get(f"/boer/{word}/").status_code in (404, 410)


def test_a_heap_of_fields_is_refused_without_a_crash(client, own):
    sent = typed(client.get(own)) | {f"products-{n}-name": [f"p{n}"] for n in range(4, 200)}
    assert client.post(own, sent).status_code == 422

    assert client.post(own, sent | {"story": ["x" * 6_000_000]}).status_code in (400, 413)
    assert client.post(own, {f"n{n}": "x" for n in range(10_001)}).status_code in (400, 413)


def test_the_letter_brings_him_to_the_page(client, own, producer):
    deliver_due(clock=timezone.now)

    assert Letter.objects.get(kind="producers/ask").state == "sent"
    assert ProducerDraft.objects.count() == 0
