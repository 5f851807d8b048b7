"""The gate keeps out what is of others, and lets through what is one's own."""

import pytest
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.pages.standard import StandardPage
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def spaces():
    return make_space("pajotse-velden"), make_space("scheldemeersen")


@pytest.fixture
def desk(spaces, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=spaces[0].coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return sign_in(Client(), person)


def test_a_tag_is_offered_to_who_may_choose_a_file_that_carries_it(spaces, desk):
    for space, name in zip(spaces, ("markt", "marktkraam"), strict=True):
        image = get_image_model().objects.create(title="x", file=get_test_image_file(), collection=space.collection)
        image.tags.add(Tag.objects.create(name=name, slug=name))

    assert desk.get("/admin/tag-autocomplete/", {"term": "ma"}).json() == ["markt"]
    assert desk.get("/admin/tag-autocomplete/").json() == []


def test_ones_own_pages_are_explored_compared_and_chosen(spaces, desk):
    news = publish_news(spaces[0], title="Van ons")
    news.save_revision()

    assert "Van ons" in desk.get(reverse("wagtailadmin_explore", args=[news.get_parent().pk])).content.decode()
    assert desk.get(reverse("wagtailadmin_explore_root"), follow=True).status_code == 200
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[news.pk, "earliest", "latest"])
    assert desk.get(compare).status_code == 200
    several = desk.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": [news.pk]})
    assert "Van ons" in several.content.decode()


def test_a_bulk_action_on_ones_own_names_nothing_of_others(spaces, desk):
    own, foreign = publish_news(spaces[0], title="Van ons"), publish_news(spaces[1], title="Van de buren")

    page = desk.get("/admin/bulk/wagtailcore/page/unpublish/", {"id": [own.pk, foreign.pk]}).content.decode()

    assert "Van ons" in page
    assert "Van de buren" not in page
    assert desk.get("/admin/bulk/wagtailcore/page/unpublish/", {"id": [foreign.pk]}).status_code == 404


def test_a_page_goes_with_its_restriction_and_all_below_it(spaces):
    members = StandardPage.objects.get(slug="leden", path__startswith=spaces[0].path)

    members.delete()

    assert not StandardPage.objects.filter(pk=members.pk).exists()


def test_nobody_can_copy_into_the_space_of_the_neighbours(spaces, desk):
    own = publish_news(spaces[0], title="Van ons")
    sent = {"new_title": "x", "new_slug": "x", "new_parent_page": spaces[1].pk}

    answer = desk.post(reverse("wagtailadmin_pages:copy", args=[own.pk]), sent)

    assert answer.status_code == 404
