import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from coalition.base.errors import Refusal
from coalition.press import compositor, typeset

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def printed(trial, *stories, title="Streekgids", **options) -> typeset.Printed:
    return typeset.typeset(trial, {"title": title, "stories": list(stories)}, made_at=AT, **options)


def test_a_sheet_is_a_tagged_pdf_with_a_title_and_a_language(trial, program):
    pdf = printed(trial, "Eieren van de hoeve.").pdf

    assert "Title:           Streekgids" in program("pdfinfo", pdf=pdf)
    assert "H1" in program("pdfinfo", "-struct-text", pdf=pdf)
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == "nl"
    assert "No syntax or stream encoding errors found" in program("qpdf", "--check", pdf=pdf)


def test_the_same_facts_give_the_same_bytes(trial):
    assert printed(trial, "Appels").pdf == printed(trial, "Appels").pdf
    assert printed(trial, "Appels").pdf != printed(trial, "Peren").pdf


def test_what_somebody_typed_is_never_a_command(trial):
    pdf = printed(trial, '#eval("1+1") *vet* $x$ @nergens \\u{41} <b>', "#read('/etc/passwd')").pdf

    words = _text(pdf)
    assert '#eval("1+1") *vet* $x$ @nergens \\u{41} <b>' in words
    assert "#read('/etc/passwd')" in words


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_characters_that_no_font_has_stay_behind_and_are_told(trial):
    sheet = printed(trial, "Ei \U0001f95a van\x00 \u202ede\u202c hoeve", title="Café Żółw \u0645")

    assert "Ei van de hoeve" in " ".join(_text(sheet.pdf).split())
    assert "Café Żółw" in _text(sheet.pdf)
    assert sheet.lost == "\u0645\U0001f95a"


def test_a_name_of_emoji_only_does_not_stop_the_others(trial):
    assert "–" in _text(printed(trial, "x", title="\U0001f95a\U0001f404").pdf)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_a_sheet(trial, stories, title):
    assert printed(trial, *stories, title=title.strip() or "x").pdf.startswith(b"%PDF-1.7")


def test_every_picture_stands_in_the_jail_by_its_plain_name_only(trial):
    sheet = printed(trial, "x", pictures={"../../outside.jpg": b"not looked at"})

    assert sheet.pdf.startswith(b"%PDF")


def test_a_template_can_read_nothing_outside_its_jail(trial, tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (tmp_path / "spy.typ").write_text(f'#set document(title: "x")\n#read("{secret}")\n#read("../secret.txt")')
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)

    with pytest.raises(Refusal, match="could not be made"):
        typeset.typeset("spy", {}, made_at=AT)


def test_no_package_is_fetched(trial, tmp_path, monkeypatch):
    (tmp_path / "greedy.typ").write_text('#import "@preview/cetz:0.3.0"\n')
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)

    with pytest.raises(Refusal):
        typeset.typeset("greedy", {}, made_at=AT)


def test_a_sheet_that_takes_too_long_is_given_up(trial, monkeypatch):
    monkeypatch.setattr(compositor, "SECONDS", 0.001)

    with pytest.raises(Refusal, match="too long"):
        printed(trial, "x")


def test_a_sheet_that_eats_all_memory_is_given_up(trial, tmp_path, monkeypatch):
    (tmp_path / "greedy.typ").write_text('#let s = "x" * 1000000\n#let a = range(5000).map(i => s + str(i))\n#a.len()')
    monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)

    with pytest.raises(Refusal):
        typeset.typeset("greedy", {}, made_at=AT)


@pytest.mark.parametrize("name", ["../brochure", "none_such", "", "a b"])
def test_a_template_that_is_none_is_refused(trial, name):
    with pytest.raises(Refusal, match="no sheet of this kind"):
        typeset.source(name)


def test_without_fonts_it_says_so(settings, tmp_path):
    settings.PRINT_FONTS = tmp_path

    with pytest.raises(Refusal, match="fonts for printing"):
        typeset.typeset("brochure", {}, made_at=AT)


def test_colours_come_from_the_style_sheet():
    colours = typeset.colours()

    assert colours["ink"] == "#1f2a24"
    assert {"leaf", "leaf_soft", "line", "accent_ink"} <= set(colours)
