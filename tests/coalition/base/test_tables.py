import csv
import io
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from coalition.base.tables import BYTE_ORDER_MARK, FORMULA, as_typed, cell, csv_table, xlsx_table
from tests.coalition.intake.books import unzipped


@pytest.mark.parametrize("word", ["=1+1", "+32 2", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"])
def test_a_cell_never_calculates(word):
    assert cell(word) == f"'{word}"


def test_moments_are_written_by_the_clock_of_brussels_and_nothing_is_nothing():
    assert cell(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "2026-07-01 14:00"
    assert cell(date(2026, 7, 1)) == "2026-07-01"
    assert cell(None) == ""


def test_a_table_is_read_back_as_it_was():
    rows = [("a;b", 'c"d'), ("regel\nregel", "€")]

    text = csv_table(["een", "twee"], rows)

    assert text.startswith(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=";"))
    assert read == [["een", "twee"], ["a;b", 'c"d'], ["regel\nregel", "€"]]


def test_a_number_is_no_formula_and_has_a_comma_where_that_is_asked():
    assert csv_table(["breedte"], [[-50.795]], comma=True).splitlines()[1] == "-50,795"
    assert cell(-3) == "-3"


@pytest.mark.parametrize("word", [*(f"{sign}cmd|' /C calc'!A0" for sign in FORMULA), "'t Schaap", "gewoon", "'"])
def test_what_was_written_is_read_back_as_it_was_typed(word):
    assert as_typed(cell(word)) == word


def test_a_workbook_keeps_numbers_and_words_apart_and_works_nothing_out():
    rows = [["=cmd|' /C calc'!A0", 1.5, date(2026, 7, 1), None], ["@SUM(A1)", -2, "https://hoeve.be", True]]

    raw = xlsx_table(["een", "twee", "drie", "vier"], rows, about="ODbL")

    sheet = unzipped(raw)["xl/worksheets/sheet1.xml"].decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    read = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert read == [
        ["een", "twee", "drie", "vier"],
        ["=cmd|' /C calc'!A0", 1.5, "2026-07-01", ""],
        ["@SUM(A1)", -2, "https://hoeve.be", "True"],
    ]
