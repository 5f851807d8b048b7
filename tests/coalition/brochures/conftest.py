"""Brochures printed as the press prints them, and looked at with a ruler."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pdfplumber
import pytest
from django.conf import settings as house

from coalition.brochures import paper
from coalition.brochures.contents import Brochure
from coalition.press import sheets
from coalition.press.sheets import Made
from tests.coalition.press.conftest import program  # noqa: F401

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def printed(brochure: Brochure, form: str = "a4") -> Made:
    facts = paper.facts(brochure, form=form)
    return sheets.make(template="brochure", form=form, facts=facts, made_at=AT, tell=lambda done: None)


@pytest.fixture
def set_in_type() -> Callable[..., Made]:
    if not (house.PRINT_FONTS / "literata").is_dir():
        pytest.skip("node_modules is absent: no fonts to print with")
    return printed


@pytest.fixture
def opened() -> Iterator[Callable[[bytes], pdfplumber.PDF]]:
    books = []

    def open_(pdf: bytes) -> pdfplumber.PDF:
        books.append(pdfplumber.open(io.BytesIO(pdf)))
        return books[-1]

    yield open_
    for book in books:
        book.close()
