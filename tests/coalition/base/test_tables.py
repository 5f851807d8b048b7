import csv
import io
from datetime import UTC, date, datetime

import pytest

from coalition.base.tables import BYTE_ORDER_MARK, cell, csv_table


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
