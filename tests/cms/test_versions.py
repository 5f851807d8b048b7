"""Versions of one page are closed, withdrawn and moved together."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from cms.pages.news import NewsIndexPage
from cms.versions import open_version
from coalition.activity.models import Notice
from tests.factories.languages import make_bilingual_space, make_facility_member, write_in_french, write_text
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_bilingual_space()


def live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_closing_the_dutch_page_closes_the_french_one_for_the_same_readers(space):
    about = write_text(space)
    french = write_in_french(about)
    group = Group.objects.create(name="lezers")

    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.GROUPS)
    assert french.get_view_restrictions().exists(), "closed before anybody is let in"
    restriction.groups.set([group])

    (same,) = french.view_restrictions.all()
    assert (same.restriction_type, list(same.groups.all())) == (PageViewRestriction.GROUPS, [group])
    restriction.delete()
    assert not french.get_view_restrictions().exists()


def test_translating_a_closed_page_keeps_both_closed_for_the_same_readers(space):
    about = write_text(space)
    group = Group.objects.create(name="lezers")
    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set([group])

    french = open_version(about, "fr")

    for page in (about, french):
        (found,) = page.view_restrictions.all()
        assert list(found.groups.all()) == [group]


def test_a_page_moved_among_closed_pages_takes_its_version_along(space, client):
    about, inner = write_text(space), write_text(space, title="Binnen")
    french, inner_french = write_in_french(about), write_in_french(inner, title="À l’intérieur")
    PageViewRestriction.objects.create(page=inner, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(french.url).status_code == 200

    about.move(inner, pos="last-child")

    moved = Page.objects.get(pk=french.pk)
    assert moved.is_child_of(Page.objects.get(pk=inner_french.pk))
    assert client.get(moved.url).status_code == 302


def test_a_page_moved_to_where_no_version_is_takes_its_version_offline(space):
    about, inner = write_text(space), write_text(space, title="Enkel Nederlands")
    french = write_in_french(about)

    about.move(inner, pos="last-child")

    assert not live(french)


def test_a_translation_does_not_outlive_its_dutch_page(space):
    withdrawn, deleted = write_text(space), write_text(space, title="Nog een")
    versions = [write_in_french(withdrawn), write_in_french(deleted, title="Encore")]

    withdrawn.unpublish()
    deleted.delete()

    assert [live(version) for version in versions] == [False, False]


def test_a_translation_alone_is_withdrawn_where_the_law_does_not_ask_for_it(space):
    about = write_text(space)

    write_in_french(about).unpublish()

    assert live(about)


@pytest.mark.parametrize("deed", ["unpublish", "delete"])
def test_in_a_corner_with_facilities_neither_version_stays_alone(deed):
    corner = make_facility_member(make_space())
    market = write_text(corner, title="Markt", live=False)
    french = write_in_french(market, title="Marché", live=False)
    market.save_revision().publish()
    assert live(market)
    assert live(french)

    getattr(Page.objects.get(pk=french.pk).specific, deed)()

    assert not live(market)


def test_a_translation_is_written_down_beside_its_dutch_page(space):
    news = publish_news(space, title="Markt")
    open_version(NewsIndexPage.objects.child_of(space).get(), "fr", title="Nouvelles").save_revision().publish()

    french = open_version(news, "fr", title="Marché", lead="Dimanche.")
    french.save_revision().publish()

    told = {notice.language: notice for notice in Notice.objects.all()}
    assert told["nl"].translation_of == ""
    assert told["fr"].translation_of == told["nl"].key
    assert (told["fr"].title, told["fr"].visible) == ("Marché", True)
    news.unpublish()
    assert Notice.objects.filter(visible=True).count() == 0


def test_opening_a_version_twice_opens_one(space):
    about = write_text(space)

    assert open_version(about, "fr").pk == open_version(about, "fr").pk
