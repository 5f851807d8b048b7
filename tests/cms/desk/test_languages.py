"""Translating in the admin, and recording in which languages one speaks: each in his own space, and nowhere else."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.due import keep_corners
from cms.versions import open_version, version_of
from coalition.membership.actions import give_mandate
from coalition.membership.models import LanguageGround, Mandate, SharedLanguages
from tests.cms.desk.test_inline_scripts import HANDLERS, RUNS
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.languages import make_bilingual_space, make_facility_member, write_in_french, write_text
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MISSING = "French version missing"


def somebody(role, coalition, municipality=None) -> Client:
    person = PersonFactory()
    give_mandate(person=person, coalition=coalition, role=role, municipality=municipality, by=None, now=NOW)
    return sign_in(Client(), person)


@pytest.fixture
def space():
    return make_bilingual_space()


@pytest.fixture
def coordinator(space):
    return somebody(Mandate.Role.COORDINATOR, space.coalition)


@pytest.fixture
def corner():
    space = make_space("een")
    corner = make_facility_member(space, municipality__name_nl="Bever")
    keep_corners(now=NOW)
    return corner


@pytest.fixture
def representative(corner):
    from coalition.membership.models import Membership

    membership = Membership.objects.get(municipality=corner.municipality)
    client = somebody(Mandate.Role.REPRESENTATIVE, membership.coalition, corner.municipality)
    keep_corners(now=NOW)
    return client


def translating(page) -> str:
    return reverse("simple_translation:submit_page_translation", args=[page.pk])


def test_a_coordinator_writes_a_page_in_french_and_it_is_a_draft(coordinator, space):
    about = write_text(space)

    shown = coordinator.get(translating(about))
    answer = coordinator.post(translating(about), {"language": "fr"})

    assert shown.status_code == 200
    assert RUNS.findall(shown.content.decode()) + HANDLERS.findall(shown.content.decode()) == []
    draft = version_of(about, "fr")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.live, draft.lead) == (False, about.lead)
    assert coordinator.get(answer.url).status_code == 200


def test_english_without_a_ground_is_refused_and_the_reason_is_there(coordinator, space):
    about = write_text(space)

    assert "Nothing is recorded" in coordinator.get(translating(about)).content.decode()
    assert coordinator.post(translating(about), {"language": "en"}).status_code in (302, 403)
    assert version_of(about, "en") is None


def test_nobody_translates_a_neighbours_page_by_any_way(coordinator):
    theirs = make_bilingual_space("scheldemeersen")
    secret = write_text(theirs, title="Geheim van de buren")

    for page in (secret, theirs, theirs.get_parent(), Page.get_first_root_node()):
        for answer in (
            coordinator.get(translating(page)),
            coordinator.post(translating(page), {"language": "fr", "locales": ["2"], "include_subtree": "on"}),
        ):
            assert answer.status_code in (302, 403, 404)
            assert "Geheim" not in answer.content.decode()
    assert version_of(secret, "fr") is None


def test_a_representative_translates_in_his_corner_and_a_neighbour_does_not(representative, corner):
    market = write_text(corner, title="Markt", live=False)
    stranger = somebody(Mandate.Role.COORDINATOR, make_space("ander").coalition)

    assert stranger.post(translating(market), {"language": "fr"}).status_code in (302, 403)
    assert version_of(market, "fr") is None
    representative.post(translating(market), {"language": "fr"})
    assert version_of(market, "fr") is not None


def test_a_page_below_one_without_version_waits_for_it(coordinator, space):
    above = write_text(space)
    below = write_text(above, title="Daaronder")

    assert "Translate the page above first" in coordinator.get(translating(below)).content.decode()
    assert coordinator.post(translating(below), {"language": "fr"}).status_code in (302, 403)
    assert version_of(below, "fr") is None


def test_a_translation_does_not_leave_its_place(coordinator, space):
    about, inner = write_text(space), write_text(space, title="Binnen")
    french, inner_french = write_in_french(about), write_in_french(inner, title="À l’intérieur")

    coordinator.post(reverse("wagtailadmin_pages:move_confirm", args=[french.pk, inner_french.pk]))

    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    coordinator.post(f"{bulk}?id={french.pk}&next=/admin/", {"chooser": inner_french.pk})

    assert Page.objects.get(pk=french.pk).get_parent().pk == version_of(space, "fr").pk


def edited(page) -> dict:
    return {
        "title": page.title, "slug": page.slug, "lead": page.lead, "seo_title": "", "search_description": "",
        "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "", "action-publish": "action-publish",
    }  # fmt: skip


def test_the_editor_says_what_is_missing_and_publishes_both_once_it_is_there(representative, corner):
    market = write_text(corner, title="Markt", live=False)
    path = reverse("wagtailadmin_pages:edit", args=[market.pk])

    assert "The French version is missing" in representative.get(path).content.decode()
    representative.post(path, edited(market))
    assert not Page.objects.get(pk=market.pk).live
    assert representative.get(path).content.decode().count("The French version is missing") == 1

    french = write_in_french(market, title="Marché", live=False)
    assert "The French version is missing" not in representative.get(path).content.decode()
    representative.post(path, edited(market))
    assert Page.objects.get(pk=market.pk).live
    assert Page.objects.get(pk=french.pk).live


def test_publishing_in_bulk_obeys_too(representative, corner):
    market = write_text(corner, title="Markt", live=False)
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    representative.post(f"{path}?id={market.pk}&next=/admin/", {"include_descendants": "on"})
    assert not Page.objects.get(pk=market.pk).live

    write_in_french(market, title="Marché", live=False)
    representative.post(f"{path}?id={market.pk}&next=/admin/", {})
    assert Page.objects.get(pk=market.pk).live


def test_the_explorer_marks_what_lacks_french_without_asking_for_each_row(representative, corner):
    path = reverse("wagtailadmin_explore", args=[corner.pk])
    write_text(corner, title="Een", live=False)
    representative.get(path)
    with CaptureQueriesContext(connection) as one:
        shown = representative.get(path).content.decode()
    assert shown.count(MISSING) == 1
    for title in ("Twee", "Drie"):
        write_text(corner, title=title, live=False)

    with CaptureQueriesContext(connection) as three:
        shown = representative.get(path).content.decode()

    assert shown.count(MISSING) == 3
    assert len(three) == len(one)


def test_the_explorer_marks_nothing_where_dutch_is_enough(coordinator, space):
    write_text(space)

    assert MISSING not in coordinator.get(reverse("wagtailadmin_explore", args=[space.pk])).content.decode()


def test_a_coordinator_records_choice_and_ground_for_his_own_coalition_only(coordinator, space):
    own, other = (reverse("coalition_languages", args=[slug]) for slug in (space.slug, make_space("ander").slug))
    choice = {
        "deed": "choose",
        "choice": "both",
        "reason": "Besluit van het beheerscomité.",
        "decided_on": "2026-01-01",
    }
    ground = {
        "deed": "ground", "language": "en", "purpose": "Onderzoek", "audience": "onderzoekers",
        "decided_on": "2026-01-01",
    }  # fmt: skip

    for facts in (choice, ground):
        assert coordinator.get(own).status_code == 200
        assert coordinator.post(own, facts).status_code == 302
        assert coordinator.get(other).status_code in (302, 404)
        assert coordinator.post(other, facts).status_code in (302, 404)

    assert SharedLanguages.objects.get(coalition=space.coalition).choice == "both"
    assert LanguageGround.objects.get().coalition == space.coalition
    assert coordinator.post(own, choice | {"reason": ""}).status_code == 422
    assert coordinator.post(own, ground | {"decided_on": "2999-01-01"}).status_code == 422


def test_a_ground_of_somebody_else_is_not_withdrawn_here(coordinator, space):
    theirs = LanguageGround.objects.create(
        coalition=make_space("ander").coalition, language="en", purpose="x", audience="y", decided_on="2026-01-01"
    )

    answer = coordinator.post(
        reverse("coalition_languages", args=[space.slug]), {"deed": "withdraw", "pk": str(theirs.pk)}
    )  # fmt: skip

    assert answer.status_code in (302, 404)
    assert LanguageGround.objects.filter(pk=theirs.pk).exists()


def test_a_representative_records_for_his_own_municipality(representative, corner):
    path = reverse("municipal_languages", args=[corner.municipality.nis])
    facts = {
        "deed": "ground", "language": "en", "ground": "translation", "purpose": "Onderzoek", "audience": "onderzoekers",
        "decided_on": "2026-01-01",
    }  # fmt: skip

    assert representative.get(path).status_code == 200
    assert representative.post(path, facts).status_code == 302
    assert LanguageGround.objects.get().municipality == corner.municipality
    stranger = somebody(Mandate.Role.COORDINATOR, make_space("ander").coalition)
    assert stranger.post(path, facts).status_code in (302, 404)


def test_the_french_front_of_a_coalition_is_its_coordinators_to_write(coordinator, space):
    about = open_version(write_text(space), "fr")

    assert coordinator.get(reverse("wagtailadmin_pages:edit", args=[version_of(space, "fr").pk])).status_code == 200
    assert coordinator.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).status_code == 200
    platform = space.get_parent().get_translations().first()
    assert coordinator.get(reverse("wagtailadmin_pages:edit", args=[platform.pk])).status_code in (302, 403)
