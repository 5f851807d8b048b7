"""One POST says that the page is right; what is wrong is explained and nothing typed is lost."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from coalition.digests.models import Subscription
from coalition.producers import actions
from coalition.producers.facts import read_facts
from coalition.producers.models import Declaration, FarmerLink, FieldConsent, Producer
from coalition.producers.words import Reach
from tests.cms.members.farmer.browser import form_of, typed
from tests.cms.members.farmer.conftest import door_of
from tests.factories.producers import PrinciplesFactory

pytestmark = pytest.mark.django_db
State = Producer.State


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


# --- what happens meanwhile


def test_nobody_confirms_a_change_that_he_has_not_seen(client, own, producer, coalition, coordinator):
    client.post(own, typed(client.get(own)))
    own = door_of(producer, coalition, coordinator)
    opened = typed(client.get(own), story="Wat hij typte.")
    facts = read_facts(Producer.objects.get()) | {"name": "De Nieuwe Linde"}
    actions.change_producer(producer=producer, coalition=coalition, facts=facts, by=coordinator, now=timezone.now())

    shown = client.post(own, opened)

    assert shown.status_code == 409
    assert "<ins>De Nieuwe Linde</ins>" in shown.content.decode()
    assert form_of(shown)["story"] == "Wat hij typte."
    assert client.post(own, form_of(shown)).status_code == 302
    assert Producer.objects.get().story == "Wat hij typte."


def test_a_farmer_of_a_coalition_that_is_gone_confirms_all_the_same(client, own, producer):
    FarmerLink.objects.update(coalition=None)

    assert client.post(own, typed(client.get(own))).status_code == 302
    producer.refresh_from_db()
    assert producer.state == State.CONFIRMED
