"""The farmer's own word: the link works once and for half an hour, and nothing is public before his yes."""

import threading
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.mail.models import Letter
from coalition.producers import actions, queries, tokens
from coalition.producers.facts import FactsRefusal, read_facts
from coalition.producers.models import Declaration, FarmerLink, FieldConsent, Producer, ProducerDraft
from coalition.producers.words import Reach
from tests.coalition.producers.conftest import FACTS
from tests.factories.producers import PhotoFactory, PrinciplesFactory, ProducerFactory

State = Producer.State
NO_LONGER = "This link no longer works"


def letters(kind):
    return Letter.objects.filter(kind=f"producers/{kind}")


def confirm(token, now, *, facts=FACTS, declarations=None):
    return actions.confirm_profile(token=token, facts=facts, declarations=declarations or {}, now=now)


pytestmark = pytest.mark.django_db


def test_asking_writes_one_letter_and_shows_nothing(link, draft, now):
    draft.refresh_from_db()

    assert draft.state == State.ASKED
    assert letters("ask").get().to == "linde@example.org"
    assert Entry.objects.filter(verb=Verb.PRODUCER_ASKED).count() == 1
    assert not queries.public(local_day(now)).exists()


def test_who_has_no_address_or_wants_a_call_is_not_written_to(draft, coalition, coordinator, now):
    who = {"producer": draft, "coalition": coalition, "by": coordinator, "now": now}
    Producer.objects.update(reach=Reach.PHONE)
    with pytest.raises(Refusal, match="wants to be called"):
        actions.ask_producer(**who)

    Producer.objects.update(reach=Reach.MAIL, email="")
    with pytest.raises(Refusal, match="no e-mail address"):
        actions.ask_producer(**who)

    assert not letters("ask").exists()


def test_his_yes_makes_it_public_and_uses_the_link_up(token, draft, now):
    confirm(token, now, facts=FACTS | {"name": "De Linde"})

    draft.refresh_from_db()
    assert (draft.name, draft.state, draft.confirmed_at) == ("De Linde", State.CONFIRMED, now)
    assert list(queries.public(local_day(now))) == [draft]
    assert letters("confirmed").get().to == "linde@example.org"
    assert letters("notice").get().to == "katrien@example.org"
    assert Entry.objects.filter(verb=Verb.PRODUCER_CONFIRMED, by=None).count() == 1
    with pytest.raises(Refusal, match=NO_LONGER):
        confirm(token, now)


def test_the_address_of_the_page_does_not_change_with_the_name(token, draft, now):
    confirm(token, now, facts=FACTS | {"name": "Heel anders"})

    draft.refresh_from_db()
    assert draft.slug == "hoeve-de-linde"


def test_what_is_wrong_is_told_all_at_once_and_the_link_still_works(token, draft, now):
    wrong = FACTS | {"enterprise_number": "0403.019.262", "phone": "bel maar"}

    with pytest.raises(FactsRefusal) as refused:
        confirm(token, now, facts=wrong)

    assert set(refused.value.problems) == {"enterprise_number", "phone"}
    draft.refresh_from_db()
    assert draft.state == State.ASKED
    assert not letters("notice").exists()
    confirm(token, now)


def test_a_link_works_for_half_an_hour(token, now):
    assert actions.link_to_use(token=token, now=now + timedelta(minutes=30))

    with pytest.raises(Refusal, match=NO_LONGER):
        actions.link_to_use(token=token, now=now + timedelta(minutes=30, seconds=1))


def test_forged_words_open_nothing(link, token, now):
    other = FarmerLink(producer=link.producer)
    forged = [
        "", "x", token[:-1], f"{token}x", token.replace(":", "."), token.swapcase(),
        tokens.to_open(link.pk, "0" * 32), tokens.to_open(other.pk, link.nonce),
        signing.Signer(salt="digest.stop.1").sign(f"{link.pk.hex}.{link.nonce}"),
        signing.Signer(salt=tokens.SALT).sign("geen-sleutel"), "\x00", "é" * 5000,
    ]  # fmt: skip

    for word in forged:
        with pytest.raises(Refusal, match=NO_LONGER):
            actions.link_to_use(token=word, now=now)


def test_a_newer_link_takes_the_place_of_the_older(token, draft, coalition, coordinator, now):
    later = now + timedelta(minutes=5)
    newer = actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=later)

    with pytest.raises(Refusal, match=NO_LONGER):
        confirm(token, later)
    confirm(tokens.to_open(newer.pk, newer.nonce), later)


def test_an_old_letter_asks_for_a_new_one_to_the_address_we_know(token, now):
    late = now + timedelta(days=3)

    actions.ask_again(token=token, now=late)

    newer = FarmerLink.objects.get(used_at=None)
    assert newer.asked_at == late
    assert {letter.to for letter in letters("ask")} == {"linde@example.org"}
    actions.link_to_use(token=tokens.to_open(newer.pk, newer.nonce), now=late)


def test_asking_again_works_from_the_first_letter_too_however_many_came_between(token, now):
    for days in (1, 2, 3):
        actions.ask_again(token=token, now=now + timedelta(days=days))

    assert letters("ask").count() == 4
    assert FarmerLink.objects.filter(used_at=None).count() == 1


def test_pressing_twice_does_not_fill_a_mailbox(token, now):
    for seconds in (200, 210, 300):
        actions.ask_again(token=token, now=now + timedelta(seconds=seconds))

    assert letters("ask").count() == 2


def test_a_letter_of_long_ago_and_a_forged_one_ask_for_nothing(token, now):
    actions.ask_again(token="x", now=now)  # noqa: S106
    actions.ask_again(token=token, now=now + timedelta(days=15))

    assert letters("ask").count() == 1


def test_consent_is_proved_for_each_field_and_taken_back_alike(draft, token, coalition, coordinator, now):
    confirm(token, now, facts=FACTS | {"shown": ["phone", "address"]})
    assert {(row.field, row.given, row.via) for row in FieldConsent.objects.all()} == {
        ("phone", True, "link"), ("address", True, "link"),
    }  # fmt: skip
    assert FieldConsent.objects.get(field="phone").words == (
        "Show my telephone number to everybody who visits the site."
    )
    assert queries.agreed(draft) == ["phone", "address"]

    later = now + timedelta(days=1)
    again = actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=later)
    confirm(tokens.to_open(again.pk, again.nonce), later, facts=FACTS | {"shown": ["phone"]})

    assert FieldConsent.objects.count() == 3
    assert FieldConsent.objects.filter(field="address", given=False, at=later).count() == 1
    assert queries.agreed(draft) == ["phone"]


def test_what_a_coordinator_ticked_is_no_consent_of_his(draft, token, coalition, coordinator, now):
    facts = FACTS | {"shown": ["phone"]}
    actions.change_producer(producer=draft, coalition=coalition, facts=facts, by=coordinator, now=now)

    assert queries.agreed(draft) == []
    confirm(token, now, facts=facts)
    assert queries.agreed(draft) == ["phone"]


def test_he_declares_what_he_likes_of_the_five_principles(token, draft, coalition, now):
    principles = PrinciplesFactory(coalition=coalition)
    PrinciplesFactory(coalition=coalition, adopted_on="2027-01-01")
    declared = {"principle-1": ("yes", "Wij verkopen alles zelf."), "principle-2": ("maybe", ""), "other": ("no", "")}

    confirm(token, now, declarations=declared)

    row = Declaration.objects.get()
    assert (row.principles, row.key, row.answer, row.words) == (
        principles, "principle-1", "yes", "Wij verkopen alles zelf.",
    )  # fmt: skip


def test_his_yes_takes_up_the_change_that_waits_and_the_photos(coalition, coordinator, gooik, now):
    producer = ProducerFactory(email="boer@example.org", municipality=gooik, coalition=coalition)
    photo = PhotoFactory(producer=producer, confirmed_at=None)
    facts = read_facts(producer) | {"name": "Nieuwe naam"}
    actions.change_producer(producer=producer, coalition=coalition, facts=facts, by=coordinator, now=now)
    link = actions.ask_producer(producer=producer, coalition=coalition, by=coordinator, now=now)

    confirm(tokens.to_open(link.pk, link.nonce), now, facts=facts)

    producer.refresh_from_db()
    photo.refresh_from_db()
    assert producer.name == "Nieuwe naam"
    assert photo.confirmed_at == now
    assert not ProducerDraft.objects.exists()


def test_a_yes_on_the_telephone_says_who_noted_it(draft, token, coalition, coordinator, now):
    actions.confirm_by_phone(
        producer=draft,
        coalition=coalition,
        facts=FACTS | {"shown": ["phone"]},
        declarations={},
        by=coordinator,
        now=now,
    )

    consent = FieldConsent.objects.get()
    assert (consent.via, consent.noted_by) == ("phone", coordinator)
    assert list(queries.public(local_day(now))) == [draft]
    with pytest.raises(Refusal, match=NO_LONGER):
        actions.link_to_use(token=token, now=now)


def test_rather_call_me_tells_the_coordinator_and_stops_letters(draft, token, coalition, coordinator, now):
    actions.want_call(token=token, now=now)

    draft.refresh_from_db()
    assert (draft.reach, draft.state) == (Reach.PHONE, State.ASKED)
    assert letters("notice").get().facts["occasion"] == "wants_call"
    with pytest.raises(Refusal, match="wants to be called"):
        actions.ask_producer(producer=draft, coalition=coalition, by=coordinator, now=now)
    with pytest.raises(Refusal, match=NO_LONGER):
        confirm(token, now)


def test_not_showing_takes_the_page_off_at_once(coalition, coordinator, gooik, now):
    producer = ProducerFactory(email="boer@example.org", municipality=gooik, coalition=coalition)
    link = actions.ask_producer(producer=producer, coalition=coalition, by=coordinator, now=now)

    actions.hide_by_link(token=tokens.to_open(link.pk, link.nonce), now=now)

    assert not queries.public(local_day(now)).exists()
    assert letters("notice").get().facts["occasion"] == "hidden"


def test_who_processes_without_a_declaration_confirms_but_is_not_shown(token, now):
    confirm(token, now, facts=FACTS | {"processes": True})
    assert not queries.public(local_day(now)).exists()


def test_old_links_are_forgotten(link, now):
    assert list(queries.old_links(now + timedelta(days=14))) == []
    assert list(queries.old_links(now + timedelta(days=16))) == [link]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_press_at_once_one_confirms(token, now):
    outcomes, ready = [], threading.Barrier(2)

    def press():
        ready.wait()
        try:
            confirm(token, now)
            outcomes.append("confirmed")
        except Refusal as refusal:
            outcomes.append(NO_LONGER if NO_LONGER in str(refusal) else str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _n in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(outcomes) == [NO_LONGER, "confirmed"]
    assert Entry.objects.filter(verb=Verb.PRODUCER_CONFIRMED).count() == 1
    assert letters("confirmed").count() == 1
