"""One table, whatever it is saved as."""

import json
from datetime import date, datetime, time

import pytest
from python_calamine import CalamineWorkbook

from coalition.base.errors import Refusal
from coalition.intake.files import MAX_BYTES, read_table
from coalition.intake.files.shape import letters
from tests.coalition.intake import books

HEAD = ["naam", "gemeente", "prijs"]
ROWS = [["Hoeve Ter Kruis", "Geraardsbergen", "2,50"], ["Café “’t Schaap”; bio", "Ninove", "=1+1"]]
WANTED = [dict(zip(HEAD, row, strict=True)) for row in ROWS]


def as_csv(delimiter: str) -> str:
    lines = [HEAD, *ROWS]
    return "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)


def cells(raw: bytes) -> list[dict[str, str]]:
    return [row.cells for row in read_table(raw)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_every_alphabet_and_with_every_sign_between(delimiter, encoding):
    sheet = read_table(as_csv(delimiter).encode(encoding))

    assert (sheet.kind, list(sheet.head)) == ("csv", HEAD)
    assert [row.cells for row in sheet] == WANTED


def test_spreadsheets_give_the_same_rows_as_text():
    assert cells(books.xlsx([HEAD, *ROWS], strings_to_formulas=False)) == WANTED
    assert cells(books.ods_table([HEAD, *ROWS])) == WANTED


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path):
    path = tmp_path / "producenten.csv"
    path.write_bytes(books.xlsx([HEAD, *ROWS], strings_to_formulas=False))

    assert read_table(path).kind == "xlsx"


def test_a_sheet_can_be_walked_over_again():
    sheet = read_table(as_csv(";").encode())

    assert list(sheet) == list(sheet)


def test_rows_keep_the_numbers_that_the_sender_sees():
    assert [row.number for row in read_table(b'naam;plaats\n"a\nb";c\n;\nd;e\n')] == [2, 5]
    assert [row.number for row in read_table(books.xlsx([HEAD, [], [], ROWS[0]]))] == [4]


def test_a_title_above_the_head_is_not_the_head():
    assert cells(b"Onze hoeves in 2026\n\nnaam;gemeente\nTer Kruis;Ninove\n") == [
        {"naam": "Ter Kruis", "gemeente": "Ninove"}
    ]


def test_a_table_may_have_one_column():
    assert cells(b"naam\nTer Kruis\n") == [{"naam": "Ter Kruis"}]


def test_columns_without_a_name_and_with_the_same_name_are_told_apart():
    assert read_table(b"naam;;Naam;x\na;b;c;d").head == ("naam", "B", "Naam (2)", "x")
    assert [letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_row_that_is_too_long_says_so():
    rows = list(read_table(b"naam;plaats\na;b;c\n"))

    assert rows[0].cells == {"naam": "a", "plaats": "b"}
    assert len(rows[0].remarks) == 1


def test_excel_may_say_itself_which_sign_stands_between():
    assert cells(b"sep=,\nnaam,prijs;oud\na,1\n") == [{"naam": "a", "prijs;oud": "1"}]


def test_numbers_days_and_hours_are_written_as_people_read_them():
    formats = {(1, 2): "0000", (1, 3): "dd/mm/yyyy", (1, 4): "hh:mm", (1, 5): "d/m/yy h:mm", (1, 6): '0 "dagen"'}
    row = [12.0, 0.1 + 0.2, 950, date(2026, 3, 1), time(9, 5), datetime(2026, 3, 1, 9, 5), 3, True, 1e15, -0.5]  # noqa: DTZ001

    read = cells(books.xlsx([[f"k{n}" for n in range(10)], row], formats=formats))

    wanted = ["12", "0.3", "0950", "2026-03-01", "09:05", "2026-03-01 09:05", "3", "true", "1000000000000000", "-0.5"]
    assert list(read[0].values()) == wanted


def test_days_are_those_that_an_independent_reader_finds(tmp_path):
    days = [date(1900, 1, 1), date(1900, 3, 1), date(2024, 2, 29), date(2026, 12, 31)]
    for from_1904 in (False, True):
        kept = days[2:] if from_1904 else days
        raw = books.xlsx(
            [["dag", "x"], *([day, "x"] for day in kept)],
            formats={(n + 1, 0): "yyyy-mm-dd" for n in range(len(kept))},
            date_1904=from_1904,
        )
        path = tmp_path / "dagen.xlsx"
        path.write_bytes(raw)
        theirs = [row[0] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]]

        assert [row["dag"] for row in cells(raw)] == [str(day)[:10] for day in theirs]


def test_open_document_keeps_leading_zeros_repeats_and_its_own_days():
    row = (
        '<table:table-cell office:value-type="float" office:value="950"><text:p>0950</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-03-01T00:00:00"><text:p>1/3</text:p>'
        '</table:table-cell><table:table-cell office:value-type="time" office:time-value="PT09H05M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>a<text:s/>b</text:p>'
        "<office:annotation><text:p>let op</text:p></office:annotation><text:p>c</text:p></table:table-cell>"
    )
    head = "".join(map(books.ods_cell, ["post", "dag", "uur", "bio", "x", "y"]))
    raw = books.ods(
        f'<table:table table:name="B"><table:table-row>{head}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="2">{row}</table:table-row></table:table>'
    )

    wanted = {"post": "0950", "dag": "2026-03-01", "uur": "09:05", "bio": "true", "x": "a b\nc", "y": "a b\nc"}
    assert [(row.number, row.cells) for row in read_table(raw)] == [(2, wanted), (3, wanted)]


def test_of_several_sheets_the_first_with_something_in_it_is_read_and_that_is_said():
    table = f"<table:table-row>{books.ods_cell('a')}{books.ods_cell('b')}</table:table-row>"
    raw = books.ods(
        '<table:table table:name="leeg"/>'
        + "".join(f'<table:table table:name="{name}">{table}{table}</table:table>' for name in ("een", "twee"))
    )

    sheet = read_table(raw)

    assert len(list(sheet)) == 1
    assert "een" in sheet.notes[0]


def feature(coordinates, **properties) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": coordinates}}


def collection(*features) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_features_become_rows_with_their_place():
    raw = collection(
        feature(
            [3.9, 50.77], name="Ter Kruis", **{"addr:postcode": 9500, "payment": {"cash": True}, "sells": ["a", "b"]}
        ),
        feature([4, 50.9, 12.5], name="De Wei", huis=12.0),
    )

    assert cells(raw) == [
        {
            "name": "Ter Kruis", "addr:postcode": "9500", "payment.cash": "true", "sells": "a;b",
            "latitude": "50.77", "longitude": "3.9",
        },
        {"name": "De Wei", "huis": "12", "latitude": "50.9", "longitude": "4"},
    ]  # fmt: skip


def test_a_feature_without_a_point_is_a_row_that_says_so():
    line = {"type": "Feature", "properties": {"name": "x"}, "geometry": {"type": "LineString", "coordinates": []}}

    rows = list(read_table(collection(line, {"type": "Feature", "geometry": None, "properties": None}, 7)))

    assert [(len(row.cells), len(row.remarks)) for row in rows] == [(1, 1), (0, 0), (0, 1)]


def test_the_real_places_of_flanders_are_read(sample_data):
    rows = list(read_table(sample_data / "farmshops" / "osm-flanders-east-2026-01.geojson"))

    assert len(rows) == 414
    assert all({"id", "latitude", "longitude"} <= row.cells.keys() and not row.remarks for row in rows)


def test_a_real_table_in_another_alphabet_of_columns_is_read(sample_data):
    sheet = read_table(sample_data / "markets" / "usda-farmers-markets.csv")

    assert len(sheet.head) > 10
    assert sum(1 for _row in sheet) > 500


def test_signs_that_nothing_can_hold_are_left_out():
    assert cells(collection(feature([4, 51], name="a\u0000b\ud800\u0007c")))[0]["name"] == "abc"
    assert cells(books.xlsx([["a", "b"], ["x_x0000_y", "_x0041_"]]))[0]["a"]


def test_a_file_that_is_too_big_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(Refusal, match="20"):
        read_table(path)
