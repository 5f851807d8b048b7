"""Who may come in is asked of the database each time; lists forget a page as soon as it is closed."""

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.cms.base.test_cache import at_once  # noqa: F401  a fixture
from tests.cms.blocks.bodies import body
from tests.factories.languages import write_text
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("pajotse-velden")


def close(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("known", [False, True], ids=["read for the first time", "read before"])
@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_page_is_closed_by_every_page_above_it(client, space, at_once, known, above):  # noqa: F811
    news = publish_news(space)
    if known:
        assert client.get(news.url).status_code == 200

    close([news, news.get_parent(), space][above])

    answer = client.get(news.url)
    assert answer.status_code == 302
    assert "accounts/login" in answer.url
    assert "no-store" in answer["Cache-Control"]


def test_an_alias_is_as_closed_as_what_it_stands_for(client, space, at_once):  # noqa: F811
    page = write_text(space, title="Intern")
    alias = page.create_alias(parent=Page.objects.get(pk=space.pk), update_slug="open")
    assert client.get(alias.url).status_code == 200

    close(page)

    assert client.get(alias.url).status_code == 302


def test_lists_forget_a_page_that_is_closed_and_show_it_again_when_it_is_opened(client, space, at_once):  # noqa: F811
    news = publish_news(space, title="Enkel voor ons")
    related = {"heading": "Lees ook", "pages": [news.pk], "below": None, "number": 3}
    newest = related | {"pages": [], "below": news.get_parent().pk}
    reading = [
        write_text(space, title=f"Blad {n}", body=body(("related", block))) for n, block in enumerate((related, newest))
    ]
    urls = [space.url, *(page.url for page in reading)]

    def shown() -> list[bool]:
        return [news.url in client.get(url).content.decode() for url in urls]

    assert shown() == [True, True, True]
    close(news)
    assert shown() == [False, False, False]
    PageViewRestriction.objects.filter(page=news).first().delete()
    assert shown() == [True, True, True]


def test_nothing_below_a_closed_page_is_listed_and_nothing_open_is_lost(space):
    from cms.blocks.chosen import newest_below

    inside, outside = publish_news(space, title="Binnen"), write_text(space, title="Buiten")
    close(inside.get_parent())

    listed = [page.pk for page in newest_below(Page.objects.get(pk=space.pk), 12)]
    assert outside.pk in listed
    assert not {inside.pk, inside.get_parent().pk} & set(listed)
    assert newest_below(Page.objects.get(pk=inside.get_parent().pk), 5) == []
