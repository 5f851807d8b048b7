"""The page of one producer at the desk: deeds by button, what hinders, what he agreed to, and who did what and when."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.membership.actions import give_mandate
from coalition.producers.models import FarmerLink, FieldConsent, Listing, Photo, Producer
from tests.factories import MembershipFactory, PersonFactory
from tests.factories.producers import LabelFactory, ListingFactory, PhotoFactory, ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def producer(ours):
    return ProducerFactory(name="Hoeve Lindehof", coalition=ours, email="an@example.org", phone="054 12 34 56")


def page_of(producer) -> str:
    return f"/admin/producenten/{producer.pk}/"


def test_the_farmer_is_asked_by_letter(desk, producer, coordinator):
    Producer.objects.update(state="draft", confirmed_at=None)

    assert desk.post(page_of(producer), {"deed": "ask"}).status_code == 302

    assert FarmerLink.objects.get().asked_by == coordinator
    producer.refresh_from_db()
    assert producer.state == "asked"


def test_who_wants_to_be_called_gets_no_letter(desk, producer):
    Producer.objects.update(reach="phone")

    page = desk.get(page_of(producer)).content.decode()
    answer = desk.post(page_of(producer), {"deed": "ask"})

    assert 'value="ask"' not in page
    assert answer.status_code == 422
    assert not FarmerLink.objects.exists()


def test_hiding_taking_off_the_list_and_deleting(desk, producer, ours):
    draft = ProducerFactory(state="draft", coalition=ours)

    desk.post(page_of(producer), {"deed": "hide"})
    desk.post(page_of(producer), {"deed": "unlist"})
    desk.post(page_of(draft), {"deed": "delete"})

    producer.refresh_from_db()
    assert producer.state == "hidden"
    assert not Listing.objects.exists()
    assert not Producer.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_not_taken_off_the_only_list_where_it_can_be_deleted(desk, ours):
    draft = ProducerFactory(state="draft", coalition=ours)

    assert desk.post(page_of(draft), {"deed": "unlist"}).status_code == 422

    assert Listing.objects.filter(producer=draft).exists()


def test_a_profile_that_was_confirmed_is_not_deleted(desk, producer):
    assert desk.post(page_of(producer), {"deed": "delete"}).status_code == 422

    assert Producer.objects.exists()


@pytest.mark.parametrize(("reason", "guest"), [("", False), ("geen kaasmaker bij ons", True)])
def test_a_producer_is_listed_in_another_coalition_of_ones_own(desk, producer, theirs, coordinator, now, reason, guest):
    give_mandate(person=coordinator, coalition=theirs, role="coordinator", by=None, now=now)

    desk.post(page_of(producer), {"deed": "list", "to": theirs.pk, "reason": reason})

    assert Listing.objects.get(coalition=theirs).as_guest == guest


def test_a_producer_whose_municipality_is_no_member_becomes_a_guest_with_a_reason(desk, ours):
    producer = ProducerFactory()
    listing = ListingFactory(producer=producer, coalition=ours, as_guest=False, reason="")

    assert desk.post(page_of(producer), {"deed": "guest", "reason": " "}).status_code == 422
    desk.post(page_of(producer), {"deed": "guest", "reason": "geen kaas bij ons"})

    listing.refresh_from_db()
    assert (listing.as_guest, listing.reason) == (True, "geen kaas bij ons")
    assert desk.get(page_of(producer)).context["is_public"]


def test_nobody_lists_in_a_coalition_of_others(desk, producer, theirs):
    for to in (theirs.pk, "x", ""):
        assert desk.post(page_of(producer), {"deed": "list", "to": to}).status_code == 404

    assert not Listing.objects.filter(coalition=theirs).exists()


def test_a_deed_that_does_not_exist(desk, producer):
    assert desk.post(page_of(producer), {"deed": "sell"}).status_code == 404
    assert desk.post(page_of(producer), {"deed": "hide", "coalition": "999999"}).status_code == 404


def test_the_log_says_who_did_what_and_when_and_no_name_of_the_neighbours(
    desk, producer, ours, theirs, coordinator, now
):
    ListingFactory(producer=producer, coalition=theirs)
    stranger = PersonFactory(name="Geheime Persoon")
    about = {"subject": producer, "about": ours}
    record(Verb.PRODUCER_DRAFTED, **about, by=coordinator, now=now - timedelta(days=3))
    record(Verb.PRODUCER_CONFIRMED, **about, now=now - timedelta(days=2), via="link")
    record(Verb.PRODUCER_PROPOSED, subject=producer, about=theirs, by=stranger, now=now - timedelta(days=1))

    page = desk.get(page_of(producer))

    assert [line.at for line in page.context["happened"]] == [now - timedelta(days=n) for n in (1, 2, 3)]
    who = [line.who for line in page.context["happened"]]
    assert (who[0], who[2]) == (theirs.name, "Mieke")
    assert len(set(who)) == 3
    assert "Geheime Persoon" not in page.content.decode()


def test_consents_and_links_stand_on_the_page(desk, producer, coordinator, now):
    FieldConsent.objects.create(
        producer=producer, field="phone", given=True, at=now, via="phone", words="Toon mijn nummer.",
        noted_by=coordinator,
    )  # fmt: skip
    link = FarmerLink.objects.create(producer=producer, asked_at=now)

    page = desk.get(page_of(producer)).content.decode()

    assert "Toon mijn nummer." in page
    assert link.nonce not in page
    assert str(link.pk) not in page


@pytest.mark.parametrize(
    ("facts", "hindrances"),
    [
        ({}, 0), ({"processes": True}, 1), ({"processes": True, "favv_level": "registered"}, 0),
        ({"municipality": None, "as_guest": False}, 1), ({"as_guest": False}, 1),
        ({"confirmed_at": timezone.now() - timedelta(days=800)}, 1),
    ],
)  # fmt: skip
def test_what_hinders_is_said(desk, ours, facts, hindrances):
    facts = dict(facts)
    as_guest = facts.pop("as_guest", True)
    producer = ProducerFactory(**facts)
    ListingFactory(producer=producer, coalition=ours, as_guest=as_guest, reason="ja" if as_guest else "")

    assert len(desk.get(page_of(producer)).context["hindrances"]) == hindrances


def test_undecided_products_and_labels_that_end_are_named(desk, ours, producer):
    MembershipFactory(coalition=ours, municipality=producer.municipality)
    ProductFactory(producer=producer, name="Notentaart", allergen_state="undecided")
    LabelFactory(producer=producer, expires_on=date(2026, 12, 31))
    LabelFactory(producer=producer, name="Verlopen", expires_on=date(2026, 1, 1))
    LabelFactory(producer=producer, name="Zonder", certificate="", expires_on=None)
    LabelFactory(producer=producer, name="Lang goed")

    said = " ".join(desk.get(page_of(producer)).context["hindrances"])

    assert all(word in said for word in ("Notentaart", "31 december 2026", "Verlopen", "Zonder"))
    assert "Lang goed" not in said


def test_a_photo_is_added_seen_at_the_desk_and_removed(desk, producer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    raw = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(raw, "JPEG")
    file = SimpleUploadedFile("winkel.jpg", raw.getvalue())

    assert desk.post(page_of(producer), {"deed": "add_photo", "photo": file, "alt": "De winkel"}).status_code == 302
    photo = Photo.objects.get()
    shown = desk.get(f"{page_of(producer)}foto/{photo.pk}/")
    desk.post(page_of(producer), {"deed": "remove_photo", "photo": photo.pk})

    assert shown["Content-Type"] == "image/jpeg"
    assert photo.confirmed_at is None
    assert not Photo.objects.exists()


def test_what_is_no_photo_is_refused_and_the_words_stay(desk, producer):
    file = SimpleUploadedFile("winkel.jpg", b"<svg onload=alert(1)>")

    answer = desk.post(page_of(producer), {"deed": "add_photo", "photo": file, "alt": "De winkel"})

    assert answer.status_code == 422
    assert 'value="De winkel"' in answer.content.decode()
    assert desk.post(page_of(producer), {"deed": "add_photo"}).status_code == 422


def test_photos_of_others_are_neither_shown_nor_removed(desk, producer, theirs):
    foreign = PhotoFactory(producer=ProducerFactory(coalition=theirs))

    assert desk.get(f"{page_of(producer)}foto/{foreign.pk}/").status_code == 404
    assert desk.post(page_of(producer), {"deed": "remove_photo", "photo": foreign.pk}).status_code == 404
    assert Photo.objects.exists()


def test_html_in_a_name_is_text(desk, ours):
    producer = ProducerFactory(name="<script>alert(1)</script>", story="<b>vet</b>", coalition=ours)

    for url in (page_of(producer), "/admin/producenten/", f"{page_of(producer)}wijzig/"):
        page = desk.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<b>vet" not in page


@pytest.fixture
def visitor(theirs, ours):
    """Looked after by others, whose member he is; a guest of ours."""
    producer = ProducerFactory(name="Kaashof Gast", email="verborgen@example.org", phone="054 99 99 99")
    MembershipFactory(coalition=theirs, municipality=producer.municipality)
    ListingFactory(producer=producer, coalition=theirs, as_guest=False, reason="")
    ListingFactory(producer=producer, coalition=ours)
    return producer


def test_of_a_guest_a_coordinator_reads_what_everybody_reads(desk, visitor):
    page = desk.get(page_of(visitor)).content.decode()

    assert "Kaashof Gast" in page
    assert "verborgen" not in page
    assert "054 99" not in page
    assert desk.get("/admin/producenten/", {"q": "verborgen@example.org"}).content.decode().count("Kaashof Gast") == 0
    assert "verborgen" not in desk.get("/admin/producenten/tabel/csv/").content.decode()


@pytest.mark.parametrize("deed", ["ask", "hide", "discard", "photo"])
def test_a_guest_is_not_changed_only_taken_off_the_list(desk, visitor, ours, deed):
    assert desk.get(f"{page_of(visitor)}wijzig/").status_code == 404

    desk.post(page_of(visitor), {"deed": deed})

    visitor.refresh_from_db()
    assert visitor.state == "confirmed"
    assert not FarmerLink.objects.exists()
    desk.post(page_of(visitor), {"deed": "unlist"})
    assert not Listing.objects.filter(coalition=ours, producer=visitor).exists()


def test_whoever_listed_him_first_looks_after_a_producer_of_no_member(desk, ours, theirs):
    producer = ProducerFactory(name="Hof Nergens", email="hof@example.org", coalition=ours)
    ListingFactory(producer=producer, coalition=theirs)

    assert "hof@example.org" in desk.get(page_of(producer)).content.decode()
