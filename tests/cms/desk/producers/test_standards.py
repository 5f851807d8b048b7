"""What a coalition goes by: principles in versions, seasons it knows better, guests with a reason."""

import re
from datetime import date

import pytest

from coalition.activity.models import Entry
from coalition.producers.models import Listing, Principles, Season
from tests.factories.producers import PrinciplesFactory, ProducerFactory, SeasonFactory

pytestmark = pytest.mark.django_db
PRINCIPLES, SEASONS, GUEST = (f"/admin/producenten/{name}/" for name in ("principes", "seizoenen", "gast"))


def typed(form) -> dict:
    return {bound.html_name: str(bound.value()) for bound in form if bound.value() is not None}


def test_the_first_version_begins_with_the_five_of_flanders(desk, ours, coordinator):
    sent = typed(desk.get(PRINCIPLES).context["form"])

    assert desk.post(PRINCIPLES, sent).status_code == 302

    principles = Principles.objects.get()
    assert (principles.coalition, principles.version, len(principles.items)) == (ours, 1, 5)
    assert "Vlaamse overheid" in principles.source
    assert Entry.objects.get(verb="principles.adopted").by == coordinator


def test_the_next_version_begins_with_the_last_and_is_refused_when_it_is_older(desk, ours):
    PrinciplesFactory(coalition=ours, version=3, adopted_on=date(2026, 6, 1))
    sent = typed(desk.get(PRINCIPLES).context["form"])
    assert sent["title-1"] == "Principe 1"

    refused = desk.post(PRINCIPLES, sent | {"adopted_on": "2026-05-31"})
    empty = desk.post(PRINCIPLES, sent | {"title-5": ""})
    desk.post(PRINCIPLES, sent | {"title-1": "Anders"})

    assert "adopted_on" in refused.context["form"].errors
    assert empty.status_code == 422
    assert Principles.objects.filter(coalition=ours).first().version == 4


def test_only_the_crops_that_were_changed_are_written(desk, ours):
    SeasonFactory(coalition=ours, crop="prei", fresh="7-4")
    forms = desk.get(SEASONS).context["rows"]
    sent = {key: value for form in forms for key, value in typed(form).items()}

    desk.post(SEASONS, sent | {"witloof-storage": "9 - 5", "prei-fresh": ""})

    assert list(Season.objects.values_list("crop", "storage")) == [("witloof", "9-5")]
    assert Entry.objects.filter(verb="season.changed").count() == 2


def test_what_are_no_months_is_told_beside_its_crop_and_nothing_is_written(desk, ours):
    answer = desk.post(SEASONS, {"prei-fresh": "13", "witloof-storage": "9-5"})

    assert answer.status_code == 422
    wrong = {form.crop.slug: list(form.errors) for form in answer.context["rows"] if form.errors}
    assert wrong == {"prei": ["fresh"]}
    assert 'value="13"' in answer.content.decode()
    assert not Season.objects.exists()


def test_sixty_crops_stand_on_the_page_with_the_calendar_of_the_house(desk, ours):
    page = desk.get(SEASONS)

    assert len(page.context["rows"]) >= 55
    assert re.search(r'id="id_prei-fresh-house">[^<]*7-4<', page.content.decode())


@pytest.mark.parametrize("url", [PRINCIPLES, SEASONS, GUEST])
def test_nobody_writes_for_the_neighbours(desk, ours, theirs, url):
    for answer in (desk.get(url, {"coalition": theirs.pk}), desk.post(url, {"coalition": theirs.pk})):
        assert answer.status_code == 404
        assert theirs.name not in answer.content.decode()


def test_a_guest_whom_everybody_sees_is_listed_with_a_reason(desk, ours, theirs):
    producer = ProducerFactory(coalition=theirs, slug="kaasmakerij")

    desk.post(GUEST, {"producer": "https://x.example/producenten/kaasmakerij/", "reason": "geen kaas bij ons"})

    listing = Listing.objects.get(coalition=ours)
    assert (listing.producer, listing.as_guest, listing.reason) == (producer, True, "geen kaas bij ons")


@pytest.mark.parametrize("sent", [{"producer": "geheim", "reason": "x"}, {"producer": "kaas", "reason": ""}, {}])
def test_a_draft_of_others_is_no_guest_and_nobody_is_without_a_reason(desk, ours, theirs, sent):
    ProducerFactory(coalition=theirs, slug="geheim", name="Geheime Hoeve", state="draft")
    ProducerFactory(coalition=theirs, slug="kaas")

    answer = desk.post(GUEST, sent)

    assert answer.status_code == 422
    assert "Geheime" not in answer.content.decode()
    assert not Listing.objects.filter(coalition=ours).exists()
