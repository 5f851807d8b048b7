"""Every kind of page in its frame: one title, a way past the menu, the statements, and nothing from elsewhere."""

import re
from datetime import date

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from cms.pages.standard import StandardPage
from cms.pages.statements import AccessibilityPage, PrivacyPage
from cms.templatetags.navigation import navigation
from tests.factories import MembershipFactory
from tests.factories.pages import make_home, make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("pajotse-velden", name="Pajotse Velden", accent="beet", is_demo=True)


@pytest.fixture
def statements(space):
    day = {"reviewed_on": date(2026, 11, 10), "contact_email": "a@example.org"}
    return [
        _add(
            make_home(),
            AccessibilityPage(title="Toegankelijk", slug="toegankelijk", assessed_on=date(2026, 11, 1), **day),
        ),
        _add(make_home(), PrivacyPage(title="Privacy", slug="privacy", controller="Wij", roles="Elk wat", **day)),
    ]


def _add(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _picture():
    return get_image_model().objects.create(title="Veld", file=get_test_image_file(size=(640, 480)))


def _full_news(space):
    body = [
        ("text", "<h2>Waar</h2><p>Op het plein.</p>"),
        ("quote", {"quote": "Lekker.", "source": "Griet"}),
        ("image", {"image": _picture(), "alt": "Een veld", "decorative": False, "caption": "In maart."}),
        ("action", {"text": "Kom je?", "label": "Vraag een standplaats", "url": "https://example.org/", "page": None}),
    ]
    return publish_news(space, "Boerenmarkt", picture=_picture(), picture_alt="Markt", body=body)


def _read(client, url):
    response = client.get(url)
    return response, response.content.decode()


ADDRESSES = [
    "/", "/pajotse-velden/", "/pajotse-velden/nieuws/", "/pajotse-velden/nieuws/boerenmarkt/",
    "/pajotse-velden/over-ons/", "/toegankelijk/", "/privacy/", "/overzichtsmail/pajotse-velden/",
    "/overzichtsmail/pajotse-velden/gevraagd/", "/accounts/login/", "/accounts/login/code/", "/accounts/signup/",
    "/bestaat-niet/",
]  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_every_page_stands_in_the_frame(client, space, statements, url):
    _full_news(space)
    _add(space, StandardPage(title="Over ons", slug="over-ons", lead="Waarom.", show_in_menus=True))

    response, html = _read(client, url)

    assert response.status_code == (404 if url == "/bestaat-niet/" else 200)
    assert html.count("<h1") == 1
    assert re.search(r'<html lang="nl">', html)
    assert '<a class="skip" href="#page">' in html
    assert 'id="page"' in html
    assert re.search(r"<title>\s*\S", html)
    assert 'href="/toegankelijk/"' in html
    assert 'href="/privacy/"' in html


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_page_fetches_from_elsewhere_or_carries_its_own_style(client, space, statements, url):
    _full_news(space)

    html = _read(client, url)[1]

    assert re.findall(r'<(?:link|script|img|iframe)[^>]*(?:href|src)="(?:https?:)?//[^"]*"', html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    assert [script for script in scripts if "application/json" not in script] == []


def test_readers_get_no_cookie(client, space):
    _full_news(space)

    for url in ("/", "/pajotse-velden/", "/pajotse-velden/nieuws/", "/pajotse-velden/nieuws/boerenmarkt/"):
        assert client.get(url).cookies == {}


def test_the_coalition_colours_its_pages_and_says_that_it_is_a_demonstration(client, space):
    html = _read(client, "/pajotse-velden/")[1]

    assert '<body data-accent="beet">' in html
    assert 'class="demo"' in html
    assert 'class="demo"' not in _read(client, "/accounts/login/")[1]


def test_the_menu_has_the_live_pages_meant_for_it_and_marks_where_we_are(client, space):
    _add(space, StandardPage(title="Over ons", slug="over-ons", show_in_menus=True))
    _add(space, StandardPage(title="Kladje", slug="kladje", show_in_menus=True)).unpublish()
    publish_news(space, "Boerenmarkt")

    html = _read(client, "/pajotse-velden/nieuws/boerenmarkt/")[1]

    menu = re.search(r'<nav class="words".*?</nav>', html, re.DOTALL).group()
    assert re.findall(r'<a href="([^"]+)"', menu) == [
        "/pajotse-velden/nieuws/",
        "/pajotse-velden/producenten/",
        "/pajotse-velden/over-ons/",
    ]
    assert '<a href="/pajotse-velden/nieuws/" aria-current="true">' in menu


def test_a_members_only_page_is_not_in_the_menu(client, space):
    Page.objects.filter(slug="leden").update(show_in_menus=True)

    assert "/pajotse-velden/leden/" not in _read(client, "/pajotse-velden/")[1]


def test_pictures_say_their_size_and_offer_smaller_ones(client, space):
    _full_news(space)

    html = _read(client, "/pajotse-velden/nieuws/boerenmarkt/")[1]

    pictures = re.findall(r"<img[^>]*>", html)
    assert len(pictures) == 2
    for picture in pictures:
        assert re.search(r'width="\d+"', picture)
        assert re.search(r'height="\d+"', picture)
        assert "srcset=" in picture
        assert re.search(r'alt="[^"]+"', picture)


def _queries_of_the_frame(page):
    request = RequestFactory().get(page.url)
    Site.find_for_request(request)  # Wagtail did so on the way to the page.
    context = {"request": request, "page": page}
    context |= {"coalition_page": page.coalition_page, "coalition": page.coalition}
    with CaptureQueriesContext(connection) as found:
        navigation(context)
    return len(found)


def test_the_frame_asks_a_few_questions_once_for_one_member_as_for_seven(space, statements):
    news = publish_news(space, "Boerenmarkt")
    MembershipFactory(coalition=space.coalition)
    _queries_of_the_frame(news)
    cache.clear()
    few = _queries_of_the_frame(news)
    assert _queries_of_the_frame(news) == 0, "while nothing changes it is remembered"
    MembershipFactory.create_batch(6, coalition=space.coalition)
    for number in range(5):
        _add(space, StandardPage(title=f"Blad {number}", slug=f"blad-{number}", show_in_menus=True))

    cache.clear()
    assert _queries_of_the_frame(news) == few <= 5


def test_only_members_are_counted_in_the_bar_and_named_below(client, space):
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Lennik")
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Ternat", standing="observer")

    for url in ("/pajotse-velden/", "/pajotse-velden/nieuws/"):
        foot = _read(client, url)[1].split("<footer")[1]
        assert "Lennik" in foot
        assert "Ternat" not in foot


def test_what_is_empty_says_what_to_do_next(client, space):
    assert 'class="empty"' in _read(client, "/pajotse-velden/")[1]
    assert 'class="empty"' in _read(client, "/pajotse-velden/nieuws/")[1]


def test_an_error_stands_beside_the_field_and_in_a_summary_that_takes_focus(client, space):
    html = client.post("/overzichtsmail/pajotse-velden/", {"email": "geen adres"}).content.decode()

    assert re.search(r'<div class="errors" role="alert" tabindex="-1" autofocus>', html)
    assert '<a href="#id_email">' in html
    assert '<a href="#id_agreed">' in html
    field = re.search(r'<input[^>]*name="email"[^>]*>', html).group()
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_error"' in field
    assert 'id="id_email_error"' in html
    assert 'autocomplete="email"' in field


def test_a_script_in_a_title_is_only_words(client, space):
    publish_news(space, "<script>alert(1)</script>", slug="script")

    html = _read(client, "/pajotse-velden/nieuws/script/")[1]

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_signing_in_asks_for_an_address_and_nothing_else(client, space):
    html = _read(client, "/accounts/login/")[1].partition("<main")[2]

    assert re.findall(r'<input type="(?!hidden)([a-z]+)"', html) == ["email"]
    assert 'type="password"' not in html


def test_the_page_for_our_own_errors_needs_nothing_to_work(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string("500.html")

    assert "cms/css/tokens.css" in html
    assert "Er liep iets mis" in html


def test_a_message_is_told_as_a_status():
    html = render_to_string("cms/parts/messages.html", {"messages": [Message(constants.SUCCESS, "Klaar")]})

    assert 'role="status"' in html
    assert '<li class="success">Klaar</li>' in html
