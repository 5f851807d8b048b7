"""What editors are told, and beside which field."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cms.blocks import BodyBlock
from tests.cms.blocks.bodies import body, contact, entry, film, picture, shown, table
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


def told(*blocks) -> dict:
    """What is said of the first block that is wrong, by the way to the field: empty when all is well."""
    value = body(*blocks)
    try:
        with override("en"):
            BodyBlock().clean(value)
    except ValidationError as error:
        # The sentences are read here, so they must be said here.
        with override("en"):
            return _flat(error)
    return {}


def _flat(error, path=()) -> dict:
    found = {}
    for name in ("block_errors", "cell_errors"):
        for key, below in (getattr(error, name, None) or {}).items():
            if isinstance(below, dict):
                below = ValidationError(str(below))
            found |= _flat(below, (*path, key))
    for below in getattr(error, "non_block_errors", None) or []:
        found[path] = str(below)
    return found or {path: " ".join(error.messages)}


def text(html: str) -> tuple[str, str]:
    return ("text", html)


def test_a_body_that_is_well_made_is_kept():
    image = picture()
    page = make_space()
    assert told(
        text("<h2>Waar</h2><h3>Op het plein</h3>"),
        ("accordion", {"heading": "Vragen", "items": [{"question": "Wie?", "answer": "<p>Wij.</p>"}]}),
        ("table", table()),
        ("agenda", {"heading": "Agenda", "entries": [entry()]}),
        ("contact", contact()),
        ("gallery", {"heading": "", "pictures": [shown(image), shown(image, alt="", decorative=True)]}),
        ("video", film()),
        ("related", {"heading": "Lees ook", "pages": [page.pk], "below": None, "number": 3}),
    ) == {}  # fmt: skip


def test_a_heading_may_not_be_skipped():
    small = text("<h3>Klein</h3>")

    assert "small heading" in told(small)[(0,)]
    assert told(text("<h2>Groot</h2>"), small) == {}
    assert told(("accordion", {"heading": "", "items": [{"question": "Q", "answer": "<p>A</p>"}]}), small) == {}
    assert (1,) in told(text("<p>Zonder kop</p>"), small)


@pytest.mark.parametrize("words", ["klik hier", "Hier", "Lees meer…", "cliquez ici", "<b>lees meer</b>"])
def test_a_link_says_where_it_leads(words):
    assert "does not say" in told(text(f'<p><a href="https://example.org">{words}</a></p>'))[(0,)]


def test_a_link_with_words_of_its_own_is_kept():
    assert told(text('<p><a href="https://example.org">Lees het marktreglement</a></p>')) == {}


def test_a_draft_may_be_unfinished():
    unfinished = body(
        text('<h3>Klein</h3><p><a href="https://example.org">hier</a></p>'),
        ("table", table(caption="")),
        ("contact", contact(email="", phone="", street="")),
        ("related", {"heading": "", "pages": [], "below": None, "number": 3}),
    )

    assert BodyBlock().clean_deferred(unfinished) is not None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (table(caption=" "), "Say in the caption"),
        (table(headings=("Dag", "")), "every column a heading"),
        ({"table": {"columns": [], "rows": [], "caption": "Uren"}, "rows_have_names": True}, "at least one column"),
    ],
)
def test_a_table_without_caption_headings_or_cells_is_refused(value, words):
    assert words in told(("table", value))[(0, "table")]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"last_day": date(2027, 3, 6)}, "last_day"),
        ({"start": None}, "start"),
        ({"end": time(8)}, "end"),
        ({"place": ""}, "place"),
        ({"title": ""}, "title"),
    ],
)
def test_an_entry_of_the_agenda_that_cannot_be_is_refused_beside_its_field(facts, field):
    found = told(("agenda", {"heading": "Agenda", "entries": [entry(), entry(**facts)]}))

    assert list(found) == [(0, "entries", 1, field)]


@pytest.mark.parametrize("number", ["0470 12 34 56", "+32 470 12 34 56", "0032470123456"])
def test_a_mobile_number_is_somebodys_own_unless_he_agrees(number):
    assert "mobile" in told(("contact", contact(phone=number)))[(0, "phone")]
    assert told(("contact", contact(phone=number, mobile_is_public=True))) == {}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"phone": "bel mij"}, "phone"),
        ({"email": "geen adres"}, "email"),
        ({"email": "", "phone": "", "street": ""}, "email"),
    ],
)
def test_a_contact_nobody_can_reach_is_refused(facts, field):
    assert list(told(("contact", contact(**facts)))) == [(0, field)]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"url": "https://films.example.org/1"}, "url"),
        ({"length": "vier minuten"}, "length"),
        ({"length": "3:75"}, "length"),
        ({"transcript": ""}, "transcript"),
        ({"title": ""}, "title"),
        ({"captions": ""}, "captions"),
    ],
)
def test_a_film_needs_words_of_its_own(facts, field):
    assert list(told(("video", film(**facts)))) == [(0, field)]


def test_every_picture_is_described_or_said_to_be_decoration():
    image = picture()

    found = told(("gallery", {"heading": "", "pictures": [shown(image), shown(image, alt=" ")]}))

    assert list(found) == [(0, "pictures", 1, "alt")]


@pytest.mark.parametrize("number", [1, 13])
def test_a_gallery_has_two_to_twelve_pictures(number):
    image = picture()

    assert told(("gallery", {"heading": "", "pictures": [shown(image)] * number})) != {}


def test_related_pages_are_chosen_or_found_not_both_and_not_neither():
    page = make_space()

    for pages, below in (([], None), ([page.pk], page.pk)):
        found = told(("related", {"heading": "Lees ook", "pages": pages, "below": below, "number": 3}))
        assert list(found) == [(0, "below")]
