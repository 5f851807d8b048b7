"""The farmer's own page: a GET shows it and changes nothing, one POST confirms it, and a bad link tells nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coalition.activity.models import Entry
from coalition.digests.models import Subscription
from coalition.mail.actions import deliver_due
from coalition.mail.models import Letter
from coalition.producers import actions, tokens
from coalition.producers.facts import read_facts
from coalition.producers.models import Declaration, FarmerLink, FieldConsent, Photo, Producer, ProducerDraft
from coalition.producers.words import Reach
from tests.cms.members.farmers import form_of, typed
from tests.coalition.producers.conftest import FACTS
from tests.coalition.producers.test_pictures import picture
from tests.factories import MandateFactory, MembershipFactory, PersonFactory
from tests.factories.pages import make_space
from tests.factories.producers import FarmerLinkFactory, PhotoFactory, PrinciplesFactory, ProducerFactory
from tests.factories.territory import LocalityFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
State = Producer.State


@pytest.fixture
def coalition():
    return make_space("pajotse-velden").coalition


@pytest.fixture
def coordinator(coalition):
    return MandateFactory(coalition=coalition, person=PersonFactory(email="katrien@example.org")).person


@pytest.fixture
def producer(coalition, coordinator):
    municipality = MunicipalityFactory(name_nl="Pajottegem")
    LocalityFactory(municipality=municipality, name="Gooik", postcode="1755")
    MembershipFactory(coalition=coalition, municipality=municipality)
    return actions.draft_producer(coalition=coalition, facts=FACTS, by=coordinator, now=timezone.now())


def door_of(producer, coalition, coordinator) -> str:
    link = actions.ask_producer(producer=producer, coalition=coalition, by=coordinator, now=timezone.now())
    return f"/boer/{tokens.to_open(link.pk, link.nonce)}/"


@pytest.fixture
def own(producer, coalition, coordinator) -> str:
    return door_of(producer, coalition, coordinator)


def counted() -> list[int]:
    kinds = (Entry, Letter, FarmerLink, Photo, FieldConsent, Declaration, Subscription)
    return [kind.objects.count() for kind in kinds]


def later(own, **after) -> None:
    FarmerLink.objects.update(asked_at=timezone.now() - timedelta(**after))


# --- reading


def test_reading_shows_what_was_written_down_and_changes_nothing(client, own, producer):
    before = counted(), list(Producer.objects.values())

    for _twice in range(2):
        shown = client.get(own)
    client.head(own)
    client.options(own)

    words = shown.content.decode()
    assert shown.status_code == 200
    for word in ("Hoeve De Linde", "Melkvee sinds 1962.", "0403019261", "Hoevemelk", "1,20", "bel even aan", "kerst"):
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


# --- confirming


def test_one_post_confirms_as_it_stands(client, own, producer):
    answer = client.post(own, form_of(client.get(own)))

    assert answer.status_code == 302
    assert answer["Location"] == "/boer/bedankt/"
    producer.refresh_from_db()
    assert producer.state == State.CONFIRMED
    assert [one.name for one in producer.products.all()] == ["Hoevemelk", "Prei"]
    assert producer.shown == []
    assert client.get("/boer/bedankt/").status_code == 200


def test_he_corrects_declares_and_agrees(client, producer, coalition, coordinator):
    PrinciplesFactory(coalition=coalition)
    own = door_of(producer, coalition, coordinator)
    words = {
        "name": "De Linde", "shown": ["phone", "address"], "products-2-name": "Boter",
        "products-2-category": "dairy", "products-2-allergen_state": "contains", "products-2-allergens": ["milk"],
        "products-2-price": "2,80", "products-2-price_unit": "kg", "products-0-remove": "on",
        "principle-principle-1": "partly", "principle-principle-1-how": "Op de markt.",
    }  # fmt: skip

    answer = client.post(own, typed(client.get(own), **words))

    assert answer.status_code == 302
    producer.refresh_from_db()
    assert producer.name == "De Linde"
    assert [(one.name, one.price_cents) for one in producer.products.all()] == [("Prei", None), ("Boter", 280)]
    assert sorted(FieldConsent.objects.values_list("field", flat=True)) == ["address", "phone"]
    told = Declaration.objects.get()
    assert (told.key, told.answer, told.words) == ("principle-1", "partly", "Op de markt.")


def test_wrong_check_digits_are_explained_and_nothing_typed_is_lost(client, own, producer):
    words = {
        "enterprise_number": "0403.019.262", "name": "De Linde", "shown": ["phone"], "digest": "on",
        "products-3-name": "Boter", "story": "Nieuw verhaal",
    }  # fmt: skip

    answer = client.post(own, typed(client.get(own), **words))

    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.count("0403.019.262") >= 3
    assert 'href="#id_enterprise_number"' in text
    assert 'href="#id_products-3-category"' in text
    back = form_of(answer)
    assert back["enterprise_number"] == "0403.019.262"
    assert (back["name"], back["story"], back["digest"]) == ("De Linde", "Nieuw verhaal", "on")
    assert back.getlist("shown") == ["phone"]
    assert back["products-3-name"] == "Boter"
    producer.refresh_from_db()
    assert producer.state == State.ASKED


@pytest.mark.parametrize("button", [{"more": "products"}, {"look": "1"}])
def test_more_rows_and_a_look_keep_all_and_publish_nothing(client, own, producer, button):
    shown = client.post(own, typed(client.get(own), name="De Linde", **button))

    assert shown.status_code == 200
    assert form_of(shown)["name"] == "De Linde"
    producer.refresh_from_db()
    assert (producer.name, producer.state) == ("Hoeve De Linde", State.ASKED)
    rows = [name for name in form_of(shown) if name.startswith("products-") and name.endswith("-name")]
    assert len(rows) == (8 if "more" in button else 5)


def test_the_first_button_of_the_form_publishes_nothing(client, own):
    from bs4 import BeautifulSoup

    form = BeautifulSoup(client.get(own).content, "html.parser").select_one("form.farmer")

    assert form.select_one("button")["name"] == "look"


def test_he_sees_beforehand_what_everybody_will_see(client, own):
    shown = client.post(own, typed(client.get(own), **{"look": "1", "products-0-allergen_state": "undecided"}))

    preview = shown.content.decode().split('class="fold preview" open')[1].split("</details>")[0]
    assert "Prei" in preview
    assert "02 000 00 09" not in preview
    assert "Hoevemelk" in preview.split("</dl>")[1]


def test_a_farm_that_moves_loses_its_point_and_one_that_does_not_keeps_it(client, producer, coalition, coordinator):
    Producer.objects.update(latitude=50.8, longitude=4.0)
    own = door_of(producer, coalition, coordinator)
    client.post(own, typed(client.get(own), street="Dorpsstraat 1"))
    assert Producer.objects.get().latitude == 50.8

    own = door_of(producer, coalition, coordinator)
    client.post(own, typed(client.get(own), postcode="1750", place="Lennik"))
    assert Producer.objects.get().latitude is None


def test_what_he_is_not_asked_stays_as_it_was_whatever_he_sends(client, producer, coalition, coordinator):
    Producer.objects.update(favv_checked_on="2026-01-02")
    own = door_of(producer, coalition, coordinator)

    client.post(own, typed(client.get(own), favv_checked_on="2030-01-01", reach="phone", state="draft", slug="x"))

    producer.refresh_from_db()
    assert str(producer.favv_checked_on) == "2026-01-02"
    assert (producer.reach, producer.slug) == (Reach.MAIL, "hoeve-de-linde")


# --- the digest


def test_the_digest_comes_when_he_ticks_it_at_the_address_his_link_proved(client, own, coalition):
    client.post(own, typed(client.get(own), digest="on"))

    row = Subscription.objects.get()
    assert (row.email, row.coalition, row.state) == ("linde@example.org", coalition, Subscription.State.CONFIRMED)
    assert row.consent_text
    assert row.consent_page.endswith("/boer/bedankt/")


def test_another_address_is_asked_first(client, own):
    client.post(own, typed(client.get(own), digest="on", email="nieuw@example.org"))

    row = Subscription.objects.get()
    assert (row.email, row.state) == ("nieuw@example.org", Subscription.State.ASKED)


def test_who_ticks_nothing_gets_nothing(client, own):
    client.post(own, typed(client.get(own)))

    assert not Subscription.objects.exists()


def test_nobody_is_subscribed_by_a_page_that_was_refused(client, own):
    client.post(own, typed(client.get(own), digest="on", enterprise_number="0403.019.262"))

    assert not Subscription.objects.exists()


# --- photos


def photo(content=None, name="winkel.jpg"):
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def test_a_photo_is_added_and_what_was_typed_comes_back(client, own):
    sent = typed(client.get(own), name="De Linde", alt="De winkel") | {"photo": photo()}

    shown = client.post(f"{own}foto/", sent)

    assert shown.status_code == 200
    assert form_of(shown)["name"] == "De Linde"
    row = Photo.objects.get()
    own = client.get(f"{own}foto/{row.pk}.jpg")
    assert (own.status_code, own["Content-Type"], own["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert "no-store" in own["Cache-Control"]
    assert client.get(f"/foto/{row.file}-400.jpg").status_code == 404


def test_a_photo_that_is_chosen_when_he_confirms_comes_along(client, own):
    client.post(own, typed(client.get(own), alt="De winkel") | {"photo": photo()})

    row = Photo.objects.get()
    assert row.confirmed_at
    public = client.get(f"/foto/{row.file}-400.jpg")
    assert public.status_code == 200
    assert "immutable" in public["Cache-Control"]
    assert public["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/foto/{row.file}-401.jpg").status_code == 404


@pytest.mark.parametrize(
    ("content", "alt"),
    [(b"<svg onload=alert(1)>", "x"), (b"geen foto", "x"), (picture()[:-900], "x"), (None, "")],
    ids=["svg", "text", "truncated", "no-words"],
)
def test_what_is_wrong_with_a_photo_stands_beside_it(client, own, producer, content, alt):
    for where in (own, f"{own}foto/"):
        shown = client.post(where, typed(client.get(own), alt=alt) | {"photo": photo(content)})

        assert shown.status_code == 422
        assert b'aria-invalid="true"' in shown.content
    assert not Photo.objects.exists()
    producer.refresh_from_db()
    assert producer.state == State.ASKED


def test_a_file_that_is_too_big_is_not_read(client, own, monkeypatch):
    monkeypatch.setattr("coalition.producers.pictures.MOST_BYTES", 1000)
    shown = client.post(f"{own}foto/", typed(client.get(own), alt="x") | {"photo": photo(b"\xff" * 1001)})

    assert shown.status_code == 422
    assert "20 MB" in shown.content.decode()


def test_a_photo_is_taken_away_with_a_post_only(client, own, producer):
    row = PhotoFactory(producer=producer)

    assert client.get(f"{own}foto/{row.pk}/weg/").status_code == 405
    assert client.post(f"{own}foto/{row.pk}/weg/", typed(client.get(own))).status_code == 200
    assert not Photo.objects.exists()


def test_photos_of_others_are_out_of_reach(client, own):
    foreign = PhotoFactory(confirmed_at=None)

    assert client.get(f"{own}foto/{foreign.pk}.jpg").status_code == 404
    assert client.post(f"{own}foto/{foreign.pk}/weg/", typed(client.get(own))).status_code == 422
    assert Photo.objects.get() == foreign


# --- other buttons


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


# --- links that do not work


def doors(own) -> list[str]:
    return [own, f"{own}foto/", f"{own}foto/1/weg/", f"{own}bel-mij/", f"{own}niet-tonen/"]


def said(answer, word: str) -> str:
    import re

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
    from django.test import Client

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


# --- from letter to own


def test_the_letter_brings_him_to_the_page(client, own, producer):
    deliver_due(clock=timezone.now)

    assert Letter.objects.get(kind="producers/ask").state == "sent"
    assert ProducerDraft.objects.count() == 0
