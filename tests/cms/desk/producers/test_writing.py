"""Drafting, changing and confirming at the desk: always by an action, with what is wrong beside its field."""

import pytest
from django.test import Client

from coalition.activity.models import Entry
from coalition.membership.actions import give_mandate
from coalition.producers.facts import read_facts
from coalition.producers.models import Declaration, FieldConsent, Producer, ProducerDraft
from tests.cms.base.test_producer_form import sent
from tests.factories.membership import MembershipFactory
from tests.factories.producers import FIVE, ListingFactory, PrinciplesFactory, ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db
NEW = "/admin/producenten/nieuw/"


def filled_in(desk: Client, url: str, **typed) -> dict:
    """The form of an address as a browser sends it, with what somebody typed."""
    return sent(desk.get(url).context["form"], **typed)


def test_a_producer_is_drafted_after_a_phone_call(desk, ours, coordinator):
    typed = filled_in(
        desk, NEW, name="Hoeve Lindehof", phone="054 12 34 56",
        **{"products-1-name": "Prei", "products-1-category": "vegetables", "products-1-allergen_state": "none",
           "products-1-price": "2,80", "products-1-price_unit": "kg", "channels-0-kind": "farm_shop"},
    )  # fmt: skip

    answer = desk.post(NEW, typed)

    producer = Producer.objects.get()
    assert answer.url == f"/admin/producenten/{producer.pk}/"
    assert producer.state == "draft"
    assert producer.listings.get().coalition == ours
    assert [(p.name, p.price_cents) for p in producer.products.all()] == [("Prei", 280)]
    assert Entry.objects.get(verb="producer.drafted").by == coordinator


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_written_or_lost(desk, ours):
    typed = filled_in(desk, NEW, name="", enterprise_number="0403.019.262", **{"products-0-name": "Taart"})

    answer = desk.post(NEW, typed)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert {"name", "enterprise_number"} <= set(form.plain.errors)
    assert "category" in form.lists[0].rows[0].errors
    assert 'value="Taart"' in answer.content.decode()
    assert 'href="#id_enterprise_number"' in answer.content.decode()
    assert not Producer.objects.exists()


def test_more_rows_save_nothing(desk, ours):
    answer = desk.post(NEW, filled_in(desk, NEW, name="Hoeve", more="products"))

    assert answer.status_code == 200
    assert len(answer.context["form"].lists[0].rows) == 6
    assert 'value="Hoeve"' in answer.content.decode()
    assert not Producer.objects.exists()


def test_nobody_drafts_for_the_neighbours(desk, theirs):
    assert desk.post(NEW, {"name": "Hoeve", "coalition": theirs.pk}).status_code == 404
    assert not Producer.objects.exists()


def test_a_draft_is_changed_at_once(desk, ours):
    producer = ProducerFactory(state="draft", coalition=ours)
    url = f"/admin/producenten/{producer.pk}/wijzig/"

    desk.post(url, filled_in(desk, url, story="Wij telen prei."))

    producer.refresh_from_db()
    assert producer.story == "Wij telen prei."


def test_what_the_farmer_confirmed_waits_for_his_yes_and_stands_old_beside_new(desk, ours, coordinator):
    producer = ProducerFactory(coalition=ours, story="Oud verhaal", shown=["phone"], phone="054 12 34 56")
    url = f"/admin/producenten/{producer.pk}/wijzig/"

    desk.post(url, filled_in(desk, url, story="Nieuw verhaal"))

    producer.refresh_from_db()
    assert (producer.story, producer.draft.facts["story"]) == ("Oud verhaal", "Nieuw verhaal")
    assert producer.draft.facts["shown"] == ["phone"]
    page = desk.get(f"/admin/producenten/{producer.pk}/")
    assert [(c.old, c.new) for c in page.context["change"]] == [(["Oud verhaal"], ["Nieuw verhaal"])]
    assert desk.get(url).context["form"].plain["story"].value() == "Nieuw verhaal"
    assert Entry.objects.filter(verb="producer.proposed", by=coordinator).exists()


def test_a_change_back_to_what_was_confirmed_waits_for_nobody(desk, ours):
    producer = ProducerFactory(coalition=ours, story="Zo is het")
    ProductFactory(producer=producer, allergens=[], may_contain=["celery"])
    url = f"/admin/producenten/{producer.pk}/wijzig/"

    desk.post(url, filled_in(desk, url))
    assert not ProducerDraft.objects.exists()
    desk.post(url, filled_in(desk, url, story="Anders"))
    assert ProducerDraft.objects.exists()
    desk.post(url, filled_in(desk, url, story="Zo is het"))
    assert not ProducerDraft.objects.exists()


def test_a_change_that_waits_is_thrown_away(desk, ours, now):
    producer = ProducerFactory(coalition=ours)
    ProducerDraft.objects.create(producer=producer, facts=read_facts(producer) | {"name": "Anders"}, at=now)

    desk.post(f"/admin/producenten/{producer.pk}/", {"deed": "discard"})

    assert not ProducerDraft.objects.exists()


def test_a_yes_on_the_telephone_confirms_with_proof_of_each_field(desk, ours, coordinator):
    PrinciplesFactory(coalition=ours)
    producer = ProducerFactory(state="draft", coalition=ours, phone="054 12 34 56", email="an@example.org")
    ProductFactory(producer=producer)
    url, key = f"/admin/producenten/{producer.pk}/telefoon/", FIVE[0]["key"]
    answers = {f"principle-{key}": "partly", f"principle-{key}-how": "op zaterdag"}

    desk.post(url, filled_in(desk, url, shown=["phone"], **answers))

    producer.refresh_from_db()
    assert (producer.state, producer.shown) == ("confirmed", ["phone"])
    consent = FieldConsent.objects.get()
    assert (consent.field, consent.via, consent.noted_by) == ("phone", "phone", coordinator)
    assert [(d.answer, d.words) for d in Declaration.objects.all()] == [("partly", "op zaterdag")]
    assert Entry.objects.get(verb="producer.confirmed").by == coordinator


def test_nothing_is_ticked_beforehand_when_a_yes_is_noted(desk, ours):
    producer = ProducerFactory(state="draft", coalition=ours, phone="054 12 34 56")

    form = desk.get(f"/admin/producenten/{producer.pk}/telefoon/").context["form"]

    assert form.plain["shown"].value() == []


@pytest.mark.parametrize("page", ["", "wijzig/", "telefoon/"])
def test_a_producer_of_the_neighbours_does_not_exist(desk, ours, theirs, page):
    secret = ProducerFactory(name="Geheime Hoeve", coalition=theirs)
    url = f"/admin/producenten/{secret.pk}/{page}"

    for answer in (desk.get(url), desk.post(url, {"deed": "hide", "name": "Van mij"})):
        assert answer.status_code == 404
        assert "Geheime" not in answer.content.decode()
    secret.refresh_from_db()
    assert (secret.name, secret.state) == ("Geheime Hoeve", "confirmed")


def test_who_coordinates_two_chooses_in_whose_name_he_writes(desk, ours, theirs, coordinator, now):
    give_mandate(person=coordinator, coalition=theirs, role="coordinator", by=None, now=now)
    producer = ProducerFactory(state="draft", confirmed_at=None, coalition=ours)
    ListingFactory(producer=producer, coalition=theirs, as_guest=False, reason="")
    MembershipFactory(coalition=theirs, municipality=producer.municipality)
    url = f"/admin/producenten/{producer.pk}/wijzig/"

    desk.post(url, filled_in(desk, url, coalition=str(theirs.pk)))

    assert Entry.objects.get(verb="producer.changed").coalition == theirs
