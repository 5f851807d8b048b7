"""What stands in the way of publishing stands in every way: the editor's button, bulk, and the clock."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.due import publish_scheduled
from cms.pages.coalitions import CoalitionPage
from cms.pages.statements import AccessibilityPage, PrivacyPage
from cms.publishing import obstacles
from cms.spaces import found_space
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(now):
    make_home()
    return found_space(name="Pajotse Velden", contact_email="a@example.org", now=now)


@pytest.fixture
def coordinator(client, draft, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=draft.coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return sign_in(client, person)


def _statements(page: Page) -> None:
    for statement in (
        AccessibilityPage(
            title="Toegankelijkheid",
            assessed_on=date(2026, 11, 1),
            reviewed_on=date(2026, 11, 1),
            contact_email="a@b.be",
        ),
        PrivacyPage(title="Privacy", controller="Wij", roles="Elk", contact_email="a@b.be", reviewed_on="2026-11-01"),
    ):
        page.add_child(instance=statement)


FORM = {"title": "Pajotse Velden", "slug": "pajotse-velden", "intro": "null", "body-count": "0"} | {
    f"comments-{part}": number
    for part, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000))
}


def _publish(client, page):
    return client.post(f"/admin/pages/{page.pk}/edit/", FORM | {"action-publish": "1", "search_description": "Getikt"})


def test_a_coalition_without_its_statements_is_not_published_and_what_was_written_is_kept(coordinator, draft):
    answer = _publish(coordinator, draft)

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert not draft.live
    assert draft.get_latest_revision_as_object().search_description == "Getikt"
    said = coordinator.get(answer.url).content.decode()
    assert len(obstacles(draft)) == 2
    for sentence in obstacles(draft):
        assert sentence in said


def test_with_its_statements_a_coalition_is_published(coordinator, draft):
    _statements(draft)

    _publish(coordinator, draft)

    draft.refresh_from_db()
    assert draft.live


def test_bulk_publishing_knows_the_same_obstacles(coordinator, draft):
    address = f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/"

    coordinator.post(address)
    draft.refresh_from_db()
    assert not draft.live

    _statements(draft)
    coordinator.post(address)
    draft.refresh_from_db()
    assert draft.live


def test_so_does_the_clock_and_the_page_is_published_once_nothing_is_against_it(draft):
    moment = timezone.now() - timedelta(hours=1)
    draft.go_live_at = moment
    draft.save_revision(approved_go_live_at=moment)

    assert publish_scheduled(now=moment + timedelta(minutes=1)) == 0
    assert not CoalitionPage.objects.get().live
    _statements(draft)
    assert publish_scheduled(now=moment + timedelta(minutes=2)) == 1
    assert CoalitionPage.objects.get().live
