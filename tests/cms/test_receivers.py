from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.due import publish_scheduled
from cms.pages.news import NewsIndexPage, NewsPage
from cms.spaces import MEMBERS_SLUG
from coalition.activity.models import Entry, Notice
from coalition.activity.verbs import Verb
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("pajotse-velden")


def test_a_published_news_page_becomes_a_notice(space):
    news = publish_news(space, title="Boerenmarkt", lead="Zondag.")

    notice = Notice.objects.get()
    assert (notice.title, notice.summary, notice.coalition) == ("Boerenmarkt", "Zondag.", space.coalition)
    assert notice.url == "/pajotse-velden/nieuws/boerenmarkt/"
    assert notice.visible
    assert notice.key == f"page:{news.pk}"


def test_a_draft_is_no_notice(space):
    news = NewsPage(title="Concept", lead="Nog niet.", live=False)
    NewsIndexPage.objects.child_of(space).get().add_child(instance=news)
    news.save_revision()

    assert Notice.objects.count() == 0


def test_an_editorial_change_keeps_the_notice_up_to_date_and_is_no_news(space):
    news = publish_news(space, title="Markt")
    before = Notice.objects.get()

    news.title = "Boerenmarkt"
    news.save_revision().publish()

    after = Notice.objects.get()
    assert (after.title, after.significant, after.changed_at) == ("Boerenmarkt", 1, before.changed_at)


def test_a_withdrawn_page_is_hidden_and_comes_back(space):
    news = publish_news(space)

    news.unpublish()
    assert not Notice.objects.get().visible
    news.save_revision().publish()
    assert Notice.objects.get().visible


def test_a_deleted_page_is_hidden(space):
    publish_news(space).delete()

    assert not Notice.objects.get().visible


def test_a_page_made_private_is_hidden_with_all_that_is_below_it(space):
    publish_news(space)
    index = NewsIndexPage.objects.child_of(space).get()

    restriction = PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert not Notice.objects.get().visible
    restriction.delete()
    assert Notice.objects.get().visible


def test_a_new_address_is_written_down(space):
    news = publish_news(space, title="Markt")

    news.slug = "boerenmarkt"
    news.save_revision().publish()

    assert Notice.objects.get().url == "/pajotse-velden/nieuws/boerenmarkt/"


def test_moving_the_overview_changes_the_address_of_all_that_is_below_it(space):
    publish_news(space, title="Markt")
    index = NewsIndexPage.objects.child_of(space).get()

    index.slug = "berichten"
    index.save_revision().publish()

    assert Notice.objects.get().url == "/pajotse-velden/berichten/markt/"


def test_pages_of_text_are_no_news(space):
    assert space.get_children().filter(slug=MEMBERS_SLUG).exists()
    assert Notice.objects.count() == 0


def test_what_happens_to_a_page_is_remembered(space):
    news = publish_news(space)
    news.save_revision().publish()
    news.unpublish()

    verbs = list(Entry.objects.filter(subject_key=str(news.pk)).order_by("pk").values_list("verb", flat=True))
    assert verbs == [Verb.PAGE_PUBLISHED, Verb.PAGE_CHANGED, Verb.PAGE_HIDDEN]


def test_a_page_is_published_and_withdrawn_at_its_hour(space):
    now = timezone.now()
    news = NewsPage(title="Straks", lead="Later.", live=False, go_live_at=now + timedelta(hours=1))
    NewsIndexPage.objects.child_of(space).get().add_child(instance=news)
    news.expire_at = now + timedelta(hours=3)
    news.save_revision(approved_go_live_at=news.go_live_at)

    assert publish_scheduled(now=now) == 0
    NewsPage.objects.filter(pk=news.pk).update(go_live_at=now - timedelta(minutes=1))
    from wagtail.models import Revision

    revision = Revision.page_revisions.get(object_id=str(news.pk))
    content = revision.content | {"go_live_at": (now - timedelta(minutes=1)).isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=now - timedelta(minutes=1), content=content)
    assert publish_scheduled(now=now) == 1
    assert Notice.objects.get().visible
    assert publish_scheduled(now=now) == 0
    assert publish_scheduled(now=now + timedelta(hours=4)) == 1
    assert not Notice.objects.get().visible
