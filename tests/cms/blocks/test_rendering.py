"""Each block as a reader gets it: what it says, what it leaves out, and that hostile words are only words."""

import json
import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone

from cms.base.policy import frames_allowed
from tests.cms.blocks.bodies import HOSTILE, contact, entry, film, html_of, picture, shown, table
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_november(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_a_block_keeps_its_address_on_the_page_wherever_it_is_moved():
    text, quote = ("text", "<p>Hier.</p>"), ("quote", {"quote": "Lekker.", "source": ""})

    html = html_of(text, quote)

    assert '<div class="block-text" id="b-id-0">' in html
    assert '<div class="block-quote" id="b-id-1">' in html


def test_an_accordion_folds_without_a_script_and_skips_no_heading():
    items = [{"type": "item", "id": "x", "value": {"question": "Mag mijn hond mee?", "answer": "<p>Ja.</p>"}}]

    below = html_of(("accordion", {"heading": "Vragen", "items": items}))
    alone = html_of(("accordion", {"heading": "", "items": items}))

    assert "<h2>Vragen</h2>" in below
    assert re.search(r"<summary><h3>Mag mijn hond mee\?</h3></summary>\s*<div[^>]* id=\"b-x\"><p>Ja", below)
    assert "<summary><h2>Mag mijn hond mee?</h2></summary>" in alone
    assert "<script" not in below


def test_a_table_has_a_caption_headers_and_a_place_of_its_own_to_scroll():
    html = html_of(("table", table(("zondag", "9-13"), ("", "gesloten"))))

    assert '<div class="scroll" role="region" aria-label="Openingsuren" tabindex="0">' in html
    assert "<caption>Openingsuren</caption>" in html
    assert '<th scope="col">Dag</th><th scope="col" class="figure">Uren</th>' in html
    assert '<th scope="row">zondag</th><td class="figure">9-13</td>' in html
    assert html.count('scope="row"') == 1, "a cell without words names no row"


def test_a_table_whose_first_column_names_nothing_has_no_row_headers():
    assert 'scope="row"' not in html_of(("table", table() | {"rows_have_names": False}))


@pytest.mark.usefixtures("in_november")
def test_an_agenda_is_in_order_written_out_and_without_what_is_over():
    entries = [
        entry(title="Later"),
        entry(title="Voorbij", day=date(2026, 11, 23)),
        entry(title="Vandaag", day=date(2026, 11, 24), start=time(8), end=None),
        entry(title="Bezig", day=date(2026, 11, 20), last_day=date(2026, 11, 25), start=None, end=None),
    ]

    html = html_of(("agenda", {"heading": "Agenda", "entries": entries}))

    assert re.findall(r"<h3>(\w+)", html) == ["Bezig", "Vandaag", "Later"]
    when = [re.sub(r"<[^>]+>", "", words) for words in re.findall(r'agenda__when">(.*?)</p>', html)]
    assert when[1:] == ["dinsdag 24 november 2026, 8.00 uur", "zondag 7 maart 2027, 9.00-13.00 uur"]
    assert when[0].startswith("vrijdag 20 november 2026")


@pytest.mark.usefixtures("in_november")
def test_an_agenda_tells_machines_the_same_and_cannot_end_its_own_script():
    html = html_of(
        ("agenda", {"heading": "Agenda", "entries": [entry(title="</script><script>alert(1)</script>")]}),
        coalition="Pajotse Velden",
    )

    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    (event,) = json.loads(told)["@graph"]
    assert "<script>alert" not in html
    assert event["name"] == "</script><script>alert(1)</script>"
    start = datetime(2027, 3, 7, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    assert datetime.fromisoformat(event["startDate"]) == start
    assert event["organizer"]["name"] == "Pajotse Velden"


@pytest.mark.usefixtures("in_november")
def test_an_agenda_with_nothing_ahead_says_so():
    html = html_of(("agenda", {"heading": "Agenda", "entries": [entry(day=date(2026, 1, 1))]}))

    assert 'class="empty"' in html
    assert "ld+json" not in html


def test_a_contact_can_be_written_to_and_called():
    html = html_of(("contact", contact(hours="ma 9-12 uur\ndi 14-16 uur")))

    assert 'href="mailto:onthaal@example.org"' in html
    assert 'href="tel:+3221234567">02 123 45 67' in html
    assert "Dorpsstraat 12<br>1755 Gooik (Pajottegem)" in html
    assert "ma 9-12 uur<br>di 14-16 uur" in html


def test_a_contact_leaves_out_what_it_does_not_know():
    html = html_of(("contact", contact(phone="", street="", town="")))

    assert html.count("<dt>") == 1
    assert "tel:" not in html


def test_pictures_in_a_gallery_have_a_size_and_lead_to_a_large_one():
    pictures = [shown(picture(), caption="In maart"), shown(picture(), alt="", decorative=True)]

    html = html_of(("gallery", {"heading": "Beelden", "pictures": pictures}))

    images = re.findall(r"<img[^>]*>", html)
    assert len(images) == 2
    for image in images:
        assert re.search(r'width="\d+"', image)
        assert re.search(r'height="\d+"', image)
        assert 'loading="lazy"' in image
    assert re.findall(r'alt="([^"]*)"', html) == ["Een veld", ""]
    assert len(re.findall(r'<a href="/media/images/[^"]*"><img', html)) == 1, "a link without words leads nowhere"


def test_a_picture_that_was_deleted_leaves_no_hole():
    first, gone = picture(), picture()
    pictures = [shown(first), shown(gone)]
    gone.delete()

    assert html_of(("gallery", {"heading": "", "pictures": pictures})).count("<li>") == 1


def test_a_film_is_a_link_until_somebody_clicks():
    request = RequestFactory().get("/")

    html = html_of(("video", film()), ("video", film(url="https://vimeo.com/123456789")), request=request)

    assert "<iframe" not in html
    assert 'href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener noreferrer"' in html
    assert 'data-frame="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0"' in html
    assert html.count("cms/js/video.js") == 1
    assert "Griet schept soep op." in html
    assert frames_allowed(request) == {"www.youtube-nocookie.com", "player.vimeo.com"}


def test_a_film_that_is_nowhere_is_not_shown_and_allows_nothing():
    request = RequestFactory().get("/")

    html = html_of(("video", film(url="https://films.example.org/1")), request=request)

    assert "film__play" not in html
    assert frames_allowed(request) == set()


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("accordion", {"heading": HOSTILE, "items": [{"question": HOSTILE, "answer": "<p>Ja</p>"}]}),
        ("table", table((HOSTILE, HOSTILE), headings=(HOSTILE, HOSTILE), caption=HOSTILE)),
        ("agenda", {"heading": HOSTILE, "entries": [entry(title=HOSTILE, place=HOSTILE, summary=HOSTILE)]}),
        ("contact", contact(name=HOSTILE, role=HOSTILE, email=HOSTILE, phone=HOSTILE, street=HOSTILE, hours=HOSTILE)),
        ("video", film(title=HOSTILE)),
    ],
)
def test_hostile_words_are_only_words(kind, value):
    html = html_of((kind, value), request=RequestFactory().get("/"), coalition=HOSTILE)

    assert "alert(1)" in html, "what is not shown could not do harm"
    assert HOSTILE not in html
    assert "<script>alert" not in html


def test_related_pages_show_only_what_everybody_may_read():
    space = make_space()
    first, second = publish_news(space, "Eerste"), publish_news(space, "Tweede")
    draft = publish_news(space, "Kladje")
    draft.unpublish()
    members = space.get_children().get(slug="leden")
    chosen = [second.pk, members.pk, draft.pk, first.pk]

    html = html_of(("related", {"heading": "Lees ook", "pages": chosen, "below": None, "number": 3}))

    assert re.findall(r"<h3><a href=\"[^\"]+\">([^<]+)</a>", html) == ["Tweede", "Eerste"]


def test_the_newest_pages_below_one_come_by_themselves():
    space = make_space()
    for number in range(4):
        publish_news(space, f"Nieuws {number}")
    index = space.get_children().get(slug="nieuws")

    html = html_of(("related", {"heading": "Nieuw", "pages": [], "below": index.pk, "number": 2}))

    assert re.findall(r">(Nieuws \d)</a>", html) == ["Nieuws 3", "Nieuws 2"]


def test_a_section_without_a_page_to_show_is_not_there():
    assert "Lees ook" not in html_of(("related", {"heading": "Lees ook", "pages": [], "below": None, "number": 3}))
