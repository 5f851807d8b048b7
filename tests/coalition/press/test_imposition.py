import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from coalition.press import imposition, typeset

AT = datetime(2026, 11, 24, tzinfo=UTC)


def test_the_pages_of_a_booklet_stand_in_the_order_of_folding():
    assert imposition.order(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert imposition.order(4) == [(3, 0), (1, 2)]


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 6, 13])
def test_every_page_stands_once_and_blanks_fill_up_to_four(pages):
    sides = imposition.order(pages)

    assert len(sides) % 2 == 0
    assert sorted(page for side in sides for page in side if page is not None) == list(range(pages))
    assert sum(side.count(None) for side in sides) == -pages % 4


def test_a_folded_booklet_reads_from_front_to_back():
    """Leaves are laid on each other and folded: the right half of the fronts, the left half of the backs, and back."""
    sides = imposition.order(12)
    leaves = list(zip(sides[::2], sides[1::2], strict=True))
    first_half = [page for front, back in leaves for page in (front[1], back[0])]
    second_half = [page for front, back in reversed(leaves) for page in (back[1], front[0])]

    assert first_half + second_half == list(range(12))


def test_a_booklet_is_on_a4_and_keeps_its_title(trial, program):
    flat = typeset.typeset(trial, {"title": "Streekgids", "stories": ["Appels"]}, made_at=AT).pdf
    folded = imposition.booklet(flat)

    reader = PdfReader(io.BytesIO(folded))
    assert reader.metadata.title == "Streekgids"
    assert reader.trailer["/Root"]["/Lang"] == "nl"
    assert "/StructTreeRoot" not in reader.trailer["/Root"]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    assert len(reader.pages) == imposition.count(folded) == 2
    assert folded == imposition.booklet(flat)
    program("qpdf", "--check", pdf=folded)
