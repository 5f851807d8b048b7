"""All blocks on one page: how much is asked of the database, and whom the browser may ask for a film."""

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.pages.municipalities import MunicipalityPage
from cms.pages.news import NewsPage
from cms.pages.standard import StandardPage
from coalition.base import freshness
from tests.cms.base.test_cache import at_once  # noqa: F401  a fixture
from tests.cms.base.test_policy import policy_of
from tests.cms.blocks.bodies import body, contact, entry, film, paper, picture, shown, table
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.languages import make_bilingual_space, write_in_french, write_text
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
ANOTHER = {"van": "elders"}  # an address with a word that the cache does not keep pages for
BUDGET = 12  # queries for a public page that is not in the cache


def everything(space, number: int, heading: str = "Waar"):
    """Every block, those with rows in them with `number` rows, and links in every text that may have one."""
    news = [publish_news(space, f"Nieuws {number} {place}") for place in range(number)]
    pictures = [shown(picture(f"Beeld {place}")) for place in range(max(2, number))]
    papers = [paper(f"Blad {number} {place}") for place in range(number)]
    links = [
        f'<p><a linktype="page" id="{one.pk}">Het nieuws</a> <a linktype="document" id="{file.pk}">Het blad</a></p>'
        for one, file in zip(news, papers, strict=True)
    ]
    related = {"heading": "Lees ook", "pages": [], "below": None, "number": 3}
    return body(
        *[("text", f"<h2>{heading}</h2>{link}") for link in links],
        ("quote", {"quote": "Lekker.", "source": "Griet"}),
        ("accordion", {"heading": "Vragen", "items": [{"question": "Wie?", "answer": link} for link in links]}),
        ("action", {"text": "", "label": "Vraag een standplaats", "page": news[0].pk, "url": ""}),
        ("table", table(*[("zondag", link) for link in links], kinds=("text", "rich"))),
        ("agenda", {"heading": "Agenda", "entries": [entry(day="2099-03-07", page=one.pk) for one in news]}),
        ("contact", contact()),
        ("related", related | {"pages": [one.pk for one in news]}),
        *[("related", related | {"below": below.pk}) for below in (space, space.get_parent())[:number]],
        *[("image", one) for one in pictures],
        ("gallery", {"heading": "Beelden", "pictures": pictures}),
        *[("video", film(still=picture(f"Film {place}").pk, transcript=links[place])) for place in range(number)],
        *[("document", {"document": file.pk, "title": "", "summary": "Het blad."}) for file in papers],
    )  # fmt: skip


def settle(space, slug: str, content) -> StandardPage:
    page = StandardPage(title=slug.title(), slug=slug, body=content)
    space.add_child(instance=page)
    page.save_revision().publish()
    return page


def queries(client, url: str) -> int:
    """How many queries the page takes when nothing at all is remembered; its pictures have their sizes."""
    client.get(url)
    freshness.stale(freshness.EVERYWHERE)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, ANOTHER).status_code == 200
    return len(found)


@pytest.mark.usefixtures("at_once")
def test_all_blocks_on_one_page_stay_within_the_budget_however_full_they_are(client):
    space = make_space()
    one = settle(space, "praktisch", everything(space, 1))
    three = settle(space, "praktischer", everything(space, 3))

    assert queries(client, one.url) == queries(client, three.url) <= BUDGET


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("place", ["coalition", "corner"])
def test_so_they_do_in_another_language_with_links_to_pages_in_both(client, place):
    space = make_bilingual_space()
    for corner in MunicipalityPage.objects.order_by("path"):
        corner.save_revision().publish()
    above = space if place == "coalition" else MunicipalityPage.objects.get(locale__language_code="nl")
    page = write_text(above, live=False, body=everything(space, 3))
    french = write_in_french(page, live=False, body=everything(space, 3, "Où"))
    # In a corner with facilities both go live together, elsewhere the French one after the Dutch one.
    for version in (page, french):
        version.get_latest_revision().publish()

    assert queries(client, french.url) <= BUDGET
    assert queries(client, page.url) <= BUDGET


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
