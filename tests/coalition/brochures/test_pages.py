"""The printed pages, looked at with a ruler."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalition.brochures.contents import Line
from tests.factories.brochures import STORY, brochure, photo, producer

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
SIDE = {"a4": 18, "a5": 13}
FORMS = pytest.mark.parametrize("form", ["a4", "a5"])
NAMES_OF_HEADINGS = "Literata"


def awkward():
    """Producers as they come in: much, little, nothing, and what no typesetter ordered."""
    return (
        producer(1, picture=photo()),
        producer(2, story="", products=(), channels=(), hours="", contact=(), labels=(), url="", place=""),
        producer(3, name="Coöperatieve Vennootschap Landbouwverenigingen van het Pajottenland en de Zennevallei "
                         "met beperkte aansprakelijkheid", story=(STORY * 16)[:4000]),
        producer(4, name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
                 municipality="x" * 90, products=("y" * 120,), hours="z" * 200, story="w" * 4000),
        producer(5, name="\U0001f95a\U0001f404", story="مرحبا #eval(\"1\") *vet* $x$ @ref <b> \x00",
                 picture=photo("#8c1d4b")),
        producer(6, story="\n".join(["Een korte zin."] * 200), contact=()),
    )  # fmt: skip


def problems(book, form: str) -> list[str]:
    """What a printer would send back: words outside the margins, and words too small to read."""
    found = []
    for page in book.pages[1:]:
        left, right = SIDE[form] * MM - 0.5, float(page.width) - SIDE[form] * MM + 0.5
        for word in page.extract_words(extra_attrs=["size"]):
            if word["x0"] < left or word["x1"] > right or word["bottom"] > page.height - 5 * MM or word["top"] < 5 * MM:
                found.append(f"page {page.page_number}: {word['text'][:30]!r} is outside")
    for page in book.pages:
        found += [
            f"page {page.page_number}: {c['text']!r} is {c['size']:.1f} pt" for c in page.chars if c["size"] < 7.99
        ]
        found += [f"page {page.page_number}: {c['text']!r} is off the paper" for c in page.chars
                  if c["x0"] < 0 or c["x1"] > page.width or c["top"] < 0 or c["bottom"] > page.height]  # fmt: skip
    return found[:10]


def last_headings(book, form: str) -> list[str]:
    """Headings under which nothing more stands on their page."""
    found = []
    for page in book.pages[1:]:
        foot = page.height - (17 if form == "a5" else 22) * MM
        chars = [char for char in page.chars if char["bottom"] < foot + 2 and char["text"].strip()]
        last = max(chars, key=lambda char: char["bottom"], default=None)
        if last and NAMES_OF_HEADINGS in last["fontname"] and last["size"] > 11.9:
            found.append(f"page {page.page_number}: {last['text']!r}")
    return found


@FORMS
@pytest.mark.parametrize("producers", [0, 1, 12])
def test_every_word_stands_on_the_page_and_can_be_read(set_in_type, opened, form, producers):
    book = opened(set_in_type(brochure(producers), form).pdf)

    assert problems(book, form) == []
    assert last_headings(book, form) == []


@FORMS
def test_whatever_producers_write_stands_on_the_page(set_in_type, opened, program, form):
    made = set_in_type(brochure(producers=awkward(), title="Seizoensgroentenvoorlichtingsbrochure " * 3), form)
    book = opened(made.pdf)

    assert problems(book, form) == []
    assert last_headings(book, form) == []
    assert '#eval("1") *vet* $x$ @ref <b>' in " ".join("".join(page.extract_text() for page in book.pages).split())
    assert len(made.notes) == 1
    program("qpdf", "--check", pdf=made.pdf)


@FORMS
def test_the_paper_has_its_size(set_in_type, opened, form):
    book = opened(set_in_type(brochure(1), form).pdf)

    size = {"a4": (595, 842), "a5": (420, 595)}[form]
    assert {(round(page.width), round(page.height)) for page in book.pages} == {size}


def test_every_font_is_in_the_file_and_is_ours(set_in_type, opened, program):
    pdf = set_in_type(brochure(2), "a4").pdf

    rows = [line for line in program("pdffonts", pdf=pdf).splitlines()[2:] if line.strip()]
    assert rows
    assert all("Literata" in row or "SourceSans3" in row for row in rows), rows
    assert all(" yes yes yes " in row for row in rows), rows


def test_readers_hear_headings_tables_and_pictures(set_in_type, program):
    pdf = set_in_type(brochure(producers=(producer(1, picture=photo()),)), "a4").pdf

    info = program("pdfinfo", pdf=pdf)
    tree = program("pdfinfo", "-struct-text", pdf=pdf)
    assert "Tagged:          yes" in info
    assert "Eten van bij ons" in info
    for tag in ("H1", "H2", "H3", "TOC", "Table", "TH", "Figure", "Link"):
        assert f"  {tag}" in tree, tag


def test_every_picture_says_what_is_on_it(set_in_type, program):
    made = set_in_type(brochure(producers=(producer(1, picture=photo()),), cover=photo()), "a4")

    assert made.notes == ()
    tree = program("pdfinfo", "-struct", pdf=made.pdf)
    figures = [line for line in tree.splitlines() if line.strip().startswith("Figure")]
    assert len(figures) >= 5


def test_pages_carry_their_number_and_the_date_of_the_facts(set_in_type, opened):
    book = opened(set_in_type(brochure(3), "a5").pdf)

    for number, page in enumerate(book.pages[1:], start=2):
        foot = page.crop((0, page.height - 17 * MM, page.width, page.height)).extract_text()
        assert str(number) in foot.split()
        assert "24 november 2026" in foot


def test_the_contents_tell_the_page_of_every_producer(set_in_type, opened):
    book = opened(set_in_type(brochure(5), "a4").pdf)
    contents = book.pages[1].extract_text().splitlines()

    for number in range(1, 6):
        name = f"Hoeve Zeven Schoven {number}"
        page = int(next(line for line in contents if name in line).split()[-1])
        assert name in book.pages[page - 1].extract_text()


def test_links_lead_to_the_web_to_mail_and_to_telephones_only(set_in_type, opened):
    lines = (Line("kwaad", "javascript:alert(1)"), Line("goed", "https://example.org/goed"))
    book = opened(set_in_type(brochure(producers=(producer(1, contact=lines),)), "a4").pdf)
    links = {link["uri"] for page in book.pages for link in page.hyperlinks if link.get("uri")}

    assert "https://example.org/goed" in links
    assert not any(link.startswith("javascript") for link in links)


def test_without_a_photo_there_is_no_empty_frame(set_in_type, opened):
    bare = producer(1, url="", picture=None)
    book = opened(set_in_type(brochure(producers=(bare,), map=None, calendar=(), url=""), "a4").pdf)
    page = next(page for page in book.pages if "Hoeve Zeven Schoven" in page.extract_text() and page.page_number > 2)

    assert page.images == []
    assert [rect for rect in page.rects if rect["height"] > 20 and rect["width"] > 20] == []


def test_a_missing_part_leaves_no_page_behind(set_in_type):
    whole = set_in_type(brochure(1), "a4").pages

    assert set_in_type(brochure(1, calendar=()), "a4").pages == whole - 1
    assert set_in_type(brochure(1, calendar=(), map=None), "a4").pages == whole - 2
    assert set_in_type(brochure(0, calendar=(), map=None, intro=()), "a4").pages == 2


def test_a_story_of_four_thousand_signs_runs_over_pages(set_in_type, opened):
    long = producer(1, story=" ".join(f"woord{number}" for number in range(500)))
    book = opened(set_in_type(brochure(producers=(long,)), "a5").pdf)
    words = " ".join(page.extract_text() for page in book.pages)

    assert all(f"woord{number}" in words.replace("-\n", "") for number in (0, 250, 499))


def test_a_booklet_has_the_same_pages_two_by_two(set_in_type, opened):
    flat, folded = set_in_type(brochure(3), "a5"), set_in_type(brochure(3), "booklet")

    assert folded.pages == -(-flat.pages // 4) * 2
    assert "Eten van bij ons" in opened(folded.pdf).pages[0].extract_text()


LETTERS = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LETTERS, story=st.text(max_size=600), title=LETTERS)
def test_any_name_and_story_can_be_printed(set_in_type, opened, name, story, title):
    made = set_in_type(brochure(producers=(producer(1, name=name, story=story),), title=title), "a5")

    assert problems(opened(made.pdf), "a5") == []
