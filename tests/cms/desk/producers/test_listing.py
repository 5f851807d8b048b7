"""The list of producers: one's own only, sifted by what is to be done, at the same price however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalition.activity.models import Entry
from coalition.producers.models import FarmerLink, Listing, Producer, ProducerDraft
from tests.factories import MunicipalityFactory
from tests.factories.producers import (
    FarmerLinkFactory,
    LabelFactory,
    ListingFactory,
    PhotoFactory,
    ProducerFactory,
    ProductFactory,
    SalesChannelFactory,
)

pytestmark = pytest.mark.django_db
INDEX, TOGETHER = "/admin/producenten/", "/admin/producenten/samen/"


@pytest.fixture(autouse=True)
def noon(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


def names(answer) -> list[str]:
    return [producer.name for producer in answer.context["object_list"]]


def test_the_list_holds_ones_own_only_each_once(desk, ours, theirs):
    both = ProducerFactory(name="Van beide", coalition=ours)
    ListingFactory(producer=both, coalition=theirs)
    ProducerFactory(name="Geheime Hoeve", coalition=theirs)
    ProducerFactory(name="Van niemand")

    for asked in ({}, {"q": "geheime"}, {"coalition": theirs.pk}):
        page = desk.get(INDEX, asked)
        assert "Geheime Hoeve" not in page.content.decode()
    assert names(desk.get(INDEX)) == ["Van beide"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("linde", True), ("GOOIK", True), ("prei", True), ("0403.019.261", True), ("an@hoeve.example", True),
     ("inde", False), ("witlof", False), ("???", False)],
)  # fmt: skip
def test_a_producer_is_found_by_words_number_or_address(desk, ours, typed, found):
    ProducerFactory(
        name="Hoeve Lindehof", coalition=ours, offer_text="Prei", enterprise_number="0403019261",
        email="an@hoeve.example",
    )  # fmt: skip

    assert bool(names(desk.get(INDEX, {"q": typed}))) == found


def test_the_sieves_find_what_there_is_to_do(desk, ours, now):
    def make(name, **facts):
        return ProducerFactory(name=name, coalition=ours, **facts)

    make("rustig")
    for extra in (ProductFactory, SalesChannelFactory, PhotoFactory):
        extra(producer=make_whole(ours))
    lately = make("pas gevraagd", state="asked", confirmed_at=None)
    FarmerLinkFactory(producer=lately, asked_at=now - timedelta(days=13))
    long_ago = make("lang gevraagd", state="asked", confirmed_at=None)
    FarmerLinkFactory(producer=long_ago, asked_at=now - timedelta(days=15))
    make("bel mij", state="draft", confirmed_at=None, reach="phone")
    changed = make("gewijzigd")
    ProducerDraft.objects.create(producer=changed, facts={}, at=now)
    make("oud", confirmed_at=now - timedelta(days=367))
    make("kaasmaker", processes=True, favv_level="primary")
    make("verkoper", sells_third_party=True, favv_level="registered")

    assert names(desk.get(INDEX, {"work": "waits"})) == ["gewijzigd", "lang gevraagd", "pas gevraagd"]
    assert names(desk.get(INDEX, {"work": "long"})) == ["lang gevraagd"]
    assert names(desk.get(INDEX, {"work": "call"})) == ["bel mij"]
    assert names(desk.get(INDEX, {"work": "stale"})) == ["oud"]
    assert names(desk.get(INDEX, {"work": "agency"})) == ["kaasmaker"]
    assert "volledig" not in names(desk.get(INDEX, {"work": "incomplete"}))
    assert "rustig" in names(desk.get(INDEX, {"work": "incomplete"}))


def make_whole(coalition) -> Producer:
    """The same complete profile each time it is asked for."""
    found = Producer.objects.filter(name="volledig").first()
    return found or ProducerFactory(
        name="volledig", coalition=coalition, story="x", opening_hours="Mo 09:00-12:00", favv_level="primary",
        enterprise_number="0403019261",
    )  # fmt: skip


def test_the_list_is_sifted_by_state_municipality_category_channel_and_label(desk, ours):
    gooik, lennik = MunicipalityFactory(name_nl="Gooik"), MunicipalityFactory(name_nl="Lennik")
    one = ProducerFactory(name="een", coalition=ours, municipality=gooik)
    two = ProducerFactory(name="twee", coalition=ours, municipality=lennik, state="draft")
    ProductFactory(producer=one, category="eggs")
    SalesChannelFactory(producer=two, kind="box")
    LabelFactory(producer=two)
    everything = [
        ({"state": "draft"}, ["twee"]), ({"municipality": gooik.pk}, ["een"]), ({"category": "eggs"}, ["een"]),
        ({"channel": "box"}, ["twee"]), ({"label": "organic"}, ["twee"]), ({"coalition": ours.pk}, ["een", "twee"]),
    ]  # fmt: skip

    assert [names(desk.get(INDEX, asked)) for asked, _found in everything] == [found for _asked, found in everything]


def test_the_list_asks_as_much_for_sixty_as_for_one(desk, ours):
    desk.get(INDEX)
    counts = []
    for more in (1, 2, 57):
        for _ in range(more):
            producer = ProducerFactory(coalition=ours, state="asked", confirmed_at=None)
            ProductFactory(producer=producer)
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(INDEX)
        counts.append(len(asked))
    assert len(page.context["object_list"]) == 50
    assert len(set(counts)) == 1, counts


def test_a_profile_says_how_complete_it_is(desk, ours):
    ProducerFactory(coalition=ours, story="Wij telen.", favv_level="primary")

    # Story, municipality and food agency of eight parts.
    assert "38 %" in desk.get(INDEX).content.decode()


def test_what_is_picked_is_named_before_it_is_done(desk, ours):
    producer = ProducerFactory(name="Hoeve Lindehof", coalition=ours)

    page = desk.post(TOGETHER, {"deed": "hide", "pk": [producer.pk]})

    assert page.status_code == 200
    assert "Hoeve Lindehof" in page.content.decode()
    producer.refresh_from_db()
    assert producer.state == "confirmed"


def test_picked_producers_are_asked_and_one_refusal_stops_no_other(desk, ours, coordinator):
    facts = {"coalition": ours, "state": "draft", "confirmed_at": None}
    picked = [ProducerFactory(email=f"{n}@example.org", **facts) for n in range(2)]
    mute = ProducerFactory(**facts)

    desk.post(TOGETHER, {"deed": "ask", "sure": "1", "pk": [mute.pk, *(p.pk for p in picked)]})

    assert set(FarmerLink.objects.values_list("producer", flat=True)) == {p.pk for p in picked}
    assert Entry.objects.filter(by=coordinator, verb="producer.asked").count() == 2


@pytest.mark.parametrize(("deed", "gone"), [("hide", "confirmed"), ("unlist", None), ("ask", None)])
def test_the_neighbours_are_picked_by_nobody(desk, ours, theirs, deed, gone):
    secret = ProducerFactory(name="Geheime Hoeve", coalition=theirs, email="a@example.org")
    own = ProducerFactory(coalition=ours, email="b@example.org")

    for sent in ({}, {"sure": "1"}):
        page = desk.post(TOGETHER, {"deed": deed, "pk": [secret.pk, own.pk], **sent}, follow=True)
        assert "Geheime" not in page.content.decode()

    secret.refresh_from_db()
    assert secret.state == "confirmed"
    assert Listing.objects.filter(producer=secret).exists()
    assert not FarmerLink.objects.filter(producer=secret).exists()


@pytest.mark.parametrize("sent", [{}, {"deed": "delete"}, {"deed": "hide", "pk": ["x", "9" * 30]}])
def test_nonsense_does_nothing(desk, ours, sent):
    assert desk.post(TOGETHER, sent).status_code in (302, 404)
    assert desk.get(reverse("producer:index")).status_code == 200
