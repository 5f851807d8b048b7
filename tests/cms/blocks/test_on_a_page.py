"""All blocks on one page: how much is asked of the database, and whom the browser may ask for a film."""

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.pages.news import NewsPage
from cms.pages.standard import StandardPage
from tests.cms.base.test_policy import policy_of
from tests.cms.blocks.bodies import body, contact, entry, film, picture, shown, table
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
ANOTHER = {"van": "elders"}  # an address with a word that the cache does not keep pages for
BUDGET = 12  # queries for a public page that is not in the cache


def everything(space, number: int):
    """Every block, those with rows in them with `number` rows."""
    news = [publish_news(space, f"Nieuws {number} {place}") for place in range(number)]
    pictures = [shown(picture(f"Beeld {place}")) for place in range(max(2, number))]
    return body(
        ("text", f'<h2>Waar</h2><p><a linktype="page" id="{news[0].pk}">Lees het nieuws</a></p>'),
        ("quote", {"quote": "Lekker.", "source": "Griet"}),
        ("accordion", {"heading": "Vragen", "items": [{"question": "Wie?", "answer": "<p>Wij.</p>"}] * number}),
        ("action", {"text": "", "label": "Vraag een standplaats", "page": news[0].pk, "url": ""}),
        ("table", table(*[("zondag", "9-13")] * number)),
        ("agenda", {"heading": "Agenda", "entries": [entry(day="2099-03-07", page=one.pk) for one in news]}),
        ("contact", contact()),
        ("related", {"heading": "Lees ook", "pages": [one.pk for one in news], "below": None, "number": 3}),
        *[("image", one) for one in pictures],
        ("gallery", {"heading": "Beelden", "pictures": pictures}),
        *[("video", film(still=picture(f"Film {place}").pk)) for place in range(number)],
    )  # fmt: skip


def settle(space, slug: str, content) -> StandardPage:
    page = StandardPage(title=slug.title(), slug=slug, body=content)
    space.add_child(instance=page)
    page.save_revision().publish()
    return page


def queries(client, page) -> int:
    """How many queries the page takes when its frame is known (another page was read) and itself is not kept."""
    client.get(page.url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(page.url, ANOTHER).status_code == 200
    return len(found)


def test_all_blocks_on_one_page_stay_within_the_budget_however_full_they_are(client):
    space = make_space()
    one = settle(space, "praktisch", everything(space, 1))
    three = settle(space, "praktischer", everything(space, 3))

    assert queries(client, one) == queries(client, three) <= BUDGET


def test_only_a_page_with_a_film_lets_the_browser_ask_for_it_made_anew_or_kept(client):
    space = make_space()
    with_film = settle(space, "film", body(("video", film()), ("video", film(url="https://vimeo.com/123456789"))))
    without = settle(space, "tekst", body(("text", "<p>Niets te zien.</p>")))

    for kept in ("miss", "hit"):
        answer = client.get(with_film.url)
        assert answer.headers["X-Cache"] == kept
        policy = policy_of(answer)
        assert policy["frame-src"] == ["https://player.vimeo.com", "https://www.youtube-nocookie.com"]
        assert policy["script-src"] == policy["style-src"] == ["'self'"]
        assert "frame-src" not in policy_of(client.get(without.url))


def test_a_film_may_be_seen_in_the_preview_as_well(client):
    page = settle(make_space(), "film", body(("video", film())))
    sign_in(client, PersonFactory(is_superuser=True))

    policy = policy_of(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))

    assert policy["frame-src"] == ["https://www.youtube-nocookie.com"]
    assert policy["frame-ancestors"] == ["'self'"]


def test_every_file_that_the_editor_needs_for_the_blocks_is_there():
    media = NewsPage.get_edit_handler().get_form_class()().media
    files = [*media._js, *(file for files in media._css.values() for file in files)]
    names = [str(file).split("/static/", 1)[1].split("?")[0] for file in files if "/static/" in str(file)]

    assert "typed_table_block/js/typed_table_block.js" in names
    assert [name for name in names if finders.find(name) is None] == []
