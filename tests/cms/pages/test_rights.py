"""Our answers about deleting and moving are Wagtail's, in every case; most of them without a query."""

from itertools import product

import pytest
from wagtail.models import PagePermissionTester

from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.rights import Rights
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
SETS = [set(some) for some in product(["", "add"], ["", "change"], ["", "publish"], ["", "bulk_delete"])]


@pytest.fixture
def pages():
    """A published page with another below it, one without, and drafts of two writers."""
    space, writer = make_space("pajotse-velden"), PersonFactory()
    publish_news(space)
    index = NewsIndexPage.objects.get()
    for owner in (writer, PersonFactory()):
        index.add_child(instance=NewsPage(title=f"Klad {owner.pk}", lead="x", live=False, owner=owner))
    hidden = NewsIndexPage(title="Archief", live=False, owner=writer)
    space.add_child(instance=hidden)
    hidden.add_child(instance=NewsPage(title="Oud", lead="x", owner=writer))
    found = [*NewsPage.objects.all(), *NewsIndexPage.objects.all()]
    return writer, [page.specific_class.objects.get(pk=page.pk) for page in found]


def test_every_answer_is_wagtails(pages):
    writer, ours = pages
    seen = set()
    for page, rights, bulk in product(ours, SETS, (False, True)):
        mine, theirs = Rights(writer, page), PagePermissionTester(writer, page)
        mine.permissions = theirs.permissions = rights
        assert mine.can_delete(ignore_bulk=bulk) == theirs.can_delete(ignore_bulk=bulk), (page, rights, bulk)
        seen.add(theirs.can_delete(ignore_bulk=bulk))

    assert seen == {True, False}


def test_superusers_and_those_who_left_get_wagtails_answers_too(pages):
    for page in pages[1]:
        assert page.permissions_for_user(PersonFactory(is_superuser=True)).can_delete()
        assert not page.permissions_for_user(PersonFactory(is_active=False)).can_delete()


def test_a_page_in_hand_needs_no_query(pages, django_assert_num_queries):
    writer, ours = pages
    leaf = next(page for page in ours if page.is_leaf() and page.live)
    asked = leaf.permissions_for_user(writer)
    asked.permissions = {"add", "change"}

    with django_assert_num_queries(0):
        assert not asked.can_delete()
        assert not asked.can_move()
