import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils.translation import gettext_lazy

from coalition.base.tokens import FALLBACK, design_tokens
from coalition.mail import render
from coalition.mail.kinds import Prepared
from tests.factories import CoalitionFactory
from tests.factories.mail import LetterFactory
from tests.tasks import trial

pytestmark = pytest.mark.django_db


@pytest.fixture
def tokens(tmp_path, settings):
    """A style sheet for one test."""

    def write(css: str) -> None:
        path = tmp_path / "tokens.css"
        path.write_text(css)
        settings.DESIGN_TOKENS = path

    return write


def html_of(message) -> str:
    return message.alternatives[0].content


def received(message):
    """The message as the reader's program understands it."""
    return message_from_bytes(message.message().as_bytes(), policy=default)


def test_the_letter_wears_the_colours_of_the_style_sheet_and_of_its_coalition(tokens):
    tokens(
        ":root { --ink: #111111; --paper: light-dark(#fefefe, #000000); --beet: var(--deep-red); --deep-red: #aa0033 }"
    )
    letter = LetterFactory(coalition=CoalitionFactory(accent="beet"))

    html = html_of(render.compose(letter, trial.words({})))

    assert "color:#111111" in html
    assert "background:#fefefe" in html
    assert 'bgcolor="#aa0033"' in html


def test_a_token_that_a_mail_program_cannot_read_has_its_plain_value(tokens):
    tokens(
        ":root { --ink: color-mix(in oklab, red, blue); --line: var(--nowhere) } @media (x) { :root { --ink: #fff } }"
    )

    found = design_tokens(str(trial.TEMPLATES / "none.css"))
    assert found == FALLBACK
    html = html_of(render.compose(LetterFactory(), trial.words({})))
    assert f"color:{FALLBACK['ink']}" in html
    assert f"border:1px solid {FALLBACK['line']}" in html


def test_without_a_style_sheet_letters_look_as_they_should():
    assert design_tokens(str(trial.TEMPLATES / "none.css")) == FALLBACK


def test_the_letter_speaks_its_own_language_whatever_the_reader_of_the_screen_speaks(settings):
    prepared = Prepared(subject=gettext_lazy("Sunday"), language="fr", context={"place": "Enghien"})

    message = render.compose(LetterFactory(), prepared)

    assert message.subject == "dimanche"
    assert '<html lang="fr"' in html_of(message)


def test_what_people_write_is_escaped_in_html_and_left_alone_in_text():
    message = render.compose(LetterFactory(), trial.words({"place": "<script>alert(1)</script>"}))

    assert "<script>" not in html_of(message)
    assert "<script>alert(1)</script>" in message.body


def test_the_text_part_stands_on_its_own():
    body = render.compose(LetterFactory(), trial.words({"number": 3})).body

    assert body.startswith("Voedselcoalitie Proef\n\nNieuws van één week\n")
    assert "Lees verder:\nhttp://testserver\n" in body
    assert not re.search(r"\n{3}|[ \t]\n|<|&[a-z]+;", body)


def test_the_html_part_needs_no_picture_no_script_and_nobody_else():
    html = html_of(render.compose(LetterFactory(), trial.words({})))

    assert "<img" not in html
    assert "<script" not in html
    assert set(re.findall(r"https?://[^\s\"'<]+", html)) == {"http://www.w3.org/1999/xhtml", "http://testserver"}
    assert "{{" not in html
    assert "prefers-color-scheme: dark" in html


def test_both_parts_arrive_as_they_were_written():
    message = received(render.compose(LetterFactory(), trial.words({})))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "één markt" in message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Nieuws van één week"


@pytest.mark.parametrize("name", ['Pajot "Velden"', "Coalitie, vzw", "Voedselcoalitie Één"])
def test_the_name_of_the_sender_may_hold_anything(name):
    message = message_from_bytes(
        render.compose(LetterFactory(), trial.words({"sender": name})).message().as_bytes(), policy=default
    )

    assert message["From"].addresses[0].display_name == name
    assert message["From"].addresses[0].addr_spec == "post@example.org"
