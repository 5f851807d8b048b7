"""What readers find in which language."""

import pytest

from cms.versions import version_of
from tests.cms.base.test_cache import at_once, queries  # noqa: F401  a fixture
from tests.factories.languages import make_bilingual_space, write_in_french, write_text
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_a_page_in_two_languages_says_so_in_both(client):
    about = write_text(make_bilingual_space())
    french = write_in_french(about)

    dutch_page, french_page = read(client, about.url), read(client, french.url)

    assert french.url == "/fr/pajotse-velden/a-propos/" or french.url.startswith("/fr/pajotse-velden/")
    assert '<html lang="nl">' in dutch_page
    assert '<html lang="fr">' in french_page
    assert f'<a href="{french.url}" lang="fr" hreflang="fr">Français</a>' in dutch_page
    assert f'<a href="{about.url}" lang="nl" hreflang="nl">Nederlands</a>' in french_page
    for page in (dutch_page, french_page):
        for code, url in (("nl", about.url), ("fr", french.url)):
            assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{url}">' in page


def test_a_page_without_french_version_says_so_where_french_is_spoken_and_nowhere_else(client):
    news = publish_news(make_bilingual_space())
    quiet = publish_news(make_space("scheldemeersen"))
    absent = "This page does not exist in French."

    assert absent in read(client, news.url) or "bestaat niet in het Frans" in read(client, news.url)
    assert absent not in read(client, quiet.url)
    assert "bestaat niet in het Frans" not in read(client, quiet.url)


def test_dutch_text_is_never_shown_under_a_french_address(client):
    news = publish_news(make_bilingual_space(), title="Boerenmarkt", lead="Elke zondag.")

    page = read(client, f"/fr{news.url}", status=404)

    assert f'<a href="{news.url}" lang="nl" hreflang="nl">Boerenmarkt</a>' in page
    assert "Elke zondag" not in page
    assert '<html lang="fr">' in page


def test_what_is_closed_in_dutch_is_not_named_in_french(client):
    make_bilingual_space()

    assert "leden" not in read(client, "/fr/pajotse-velden/leden/", status=404).split("<main")[1]


def test_an_address_in_dutch_words_leads_to_the_french_page(client):
    about = write_text(make_bilingual_space(), title="Over ons")
    french = write_in_french(about, slug="a-propos")

    answer = client.get("/fr/pajotse-velden/over-ons/")

    assert answer.status_code == 302
    assert answer.url.endswith("/fr/pajotse-velden/a-propos/")
    assert french.url == "/fr/pajotse-velden/a-propos/"


def test_a_language_is_off_until_a_front_page_is_published_in_it(client):
    make_space()

    for path in ("/fr/", "/fr/pajotse-velden/", "/fr/accounts/login/", "/fr/gemeente-zoeken/", "/en/accounts/login/"):
        assert client.get(path).status_code == 404, path
    assert client.get("/accounts/login/").status_code == 200


def test_a_coalition_speaks_for_itself_alone(client):
    make_bilingual_space("pajotse-velden")
    make_space("scheldemeersen")

    assert client.get("/fr/overzichtsmail/pajotse-velden/").status_code == 200
    assert client.get("/fr/overzichtsmail/scheldemeersen/").status_code == 404
    assert client.get("/en/overzichtsmail/pajotse-velden/").status_code == 404


def test_a_form_leads_to_itself_in_the_other_language(client):
    make_bilingual_space()

    assert 'href="/fr/overzichtsmail/pajotse-velden/" lang="fr"' in read(client, "/overzichtsmail/pajotse-velden/")
    assert 'href="/gemeente-zoeken/?q=Bever" lang="nl"' in read(client, "/fr/gemeente-zoeken/?q=Bever")


def test_a_translation_is_marked_but_the_french_page_of_a_facility_municipality_is_no_translation(client):
    space = make_bilingual_space()
    about = write_text(space)
    shared = read(client, write_in_french(about).url)
    from cms.pages.municipalities import MunicipalityPage

    corner = MunicipalityPage.objects.get(locale__language_code="fr")

    assert 'class="translated' in shared
    assert f'<a href="{about.url}" lang="nl" hreflang="nl">{about.title}</a>' in shared
    assert 'class="translated' not in read(client, corner.url)


def test_french_menus_hold_french_pages_and_the_statements_are_there_in_dutch(client):
    from cms.pages.statements import PrivacyPage

    space = make_bilingual_space()
    write_in_french(write_text(space, title="Over ons", show_in_menus=True), title="À propos", show_in_menus=True)
    write_text(space, title="Enkel Nederlands", show_in_menus=True)
    privacy = PrivacyPage(
        title="Privacy",
        controller="De gemeente",
        roles="Samen",
        contact_email="a@example.org",
        reviewed_on="2026-01-01",
    )
    space.add_child(instance=privacy)

    page = read(client, "/fr/pajotse-velden/")

    assert "À propos" in page
    assert "Enkel Nederlands" not in page
    assert f'<a href="{privacy.url}" lang="nl" hreflang="nl">Privacy</a>' in page


def test_the_second_reader_of_a_french_page_costs_no_query_and_a_change_shows_at_once(client, at_once):  # noqa: F811
    about = write_text(make_bilingual_space())
    french = write_in_french(about)
    assert 0 < queries(client, french.url) <= 12
    assert queries(client, french.url) == 0

    version_of(about, "fr").unpublish()

    assert client.get(french.url).status_code == 404
    assert french.url not in read(client, about.url)
