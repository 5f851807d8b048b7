"""Whatever is sent in gives rows or a sentence, never a stumble: broken, wicked and arbitrary files."""

import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.intake.files import MAX_ROWS, archive, read_table
from tests.coalition.intake import books

TABLE = [["naam", "gemeente", "lat"], ["Ter Kruis", "Ninove", "50.83"], ["De Wei", "Aalst", "50,94"]]
REAL = {
    "csv": "\n".join(";".join(row) for row in TABLE).encode(),
    "utf-16": "\n".join(";".join(row) for row in TABLE).encode("utf-16"),
    "xlsx": books.xlsx(TABLE),
    "ods": books.ods_table(TABLE),
    "geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": "Ter Kruis", "n": 1.5},
                    "geometry": {"type": "Point", "coordinates": [4.02, 50.83]},
                }
            ],
        }
    ).encode(),
}
SHEET = "xl/worksheets/sheet1.xml"
WORDS = [b"", b"9", b"-1", b'"', b"<c>", b"<row>", b"</c>", b"zz", b"99999999999", b"&#1;"]


def read_to_the_end(raw: bytes) -> int | str:
    """How many rows there are, or why they are refused; whatever is read can be kept in a database."""
    try:
        rows = list(read_table(raw))
    except Refusal as refusal:
        return refusal.sentence
    for row in rows:
        for name, words in row.cells.items():
            assert "\0" not in words + name
            (words + name).encode()
    return len(rows)


def swapped(raw: bytes, part: str, **changes: str) -> bytes:
    """The same spreadsheet with other words in one of its parts."""
    parts = books.unzipped(raw)
    text = parts[part].decode()
    for old, new in zip(changes["old"].split("|"), changes["new"].split("|"), strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    return books.zipped(parts | {part: text})


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_give_rows_or_a_sentence(raw):
    read_to_the_end(raw)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_arbitrary_text_gives_rows_or_a_sentence(text, encoding):
    read_to_the_end(text.encode(encoding, "surrogatepass"))


@pytest.mark.parametrize("kind", sorted(REAL))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_real_files_with_bytes_changed_cut_and_added_give_rows_or_a_sentence(kind, data):
    raw = bytearray(REAL[kind])
    for _time in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        raw[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))

    read_to_the_end(bytes(raw))


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("xlsx", SHEET),
        ("xlsx", "xl/workbook.xml"),
        ("xlsx", "xl/_rels/workbook.xml.rels"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("xlsx", "xl/styles.xml"),
        ("ods", "content.xml"),
    ],
)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_the_xml_inside_may_be_anything(kind, part, data):
    """The parts are changed before they are packed, so that the change is not found out by the packing."""
    parts = books.unzipped(REAL[kind])
    content = bytearray(parts[part])
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        word = data.draw(
            st.sampled_from([b"", b"9", b"-1", b'"', b"<c>", b"<row>", b"</c>", b"zz", b"99999999999", b"&#1;"])
        )
        content[at : at + data.draw(st.integers(0, 6))] = word

    read_to_the_end(books.zipped(parts | {part: bytes(content)}))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


features = st.fixed_dictionaries(
    {"type": st.just("Feature"), "geometry": json_values, "properties": json_values, "id": json_values}
)


@settings(max_examples=200, deadline=None)
@given(st.lists(json_values | features, max_size=4))
def test_arbitrary_features_give_rows_or_a_sentence(rows):
    read_to_the_end(json.dumps({"type": "FeatureCollection", "features": rows}).encode())


@pytest.mark.parametrize("kind", sorted(REAL))
def test_a_file_that_stops_anywhere_gives_rows_or_a_sentence(kind):
    raw = REAL[kind]
    for length in range(0, len(raw), max(len(raw) // 60, 1)):
        read_to_the_end(raw[:length])


def test_a_small_file_that_unpacks_to_a_very_big_one_is_refused_and_never_unpacked():
    parts = books.unzipped(REAL["xlsx"])
    bomb = books.zipped(parts | {SHEET: b"<worksheet><sheetData>" + b" " * 130_000_000})
    tracemalloc.start()
    try:
        with pytest.raises(Refusal):
            read_table(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_part_that_is_far_too_well_packed_is_refused():
    parts = books.unzipped(REAL["xlsx"])

    with pytest.raises(Refusal):
        read_table(books.zipped(parts | {"xl/media/image1.png": b"\0" * 5_000_000}))


def test_a_part_that_lies_about_its_length_is_refused():
    raw = bytearray(books.zipped(books.unzipped(REAL["xlsx"]) | {SHEET: b"<worksheet>" + b" " * 5_000}))
    true, told = (5_011).to_bytes(4, "little"), (90).to_bytes(4, "little")
    assert true in raw

    assert isinstance(read_to_the_end(bytes(raw).replace(true, told)), str)


def test_thousands_of_parts_are_refused():
    with pytest.raises(Refusal):
        read_table(books.zipped({f"xl/{n}.xml": "" for n in range(archive.MAX_PARTS + 1)}, zipfile.ZIP_STORED))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://localhost/x.dtd"> %a;]>',
    ],
)
def test_instructions_inside_a_spreadsheet_are_refused(doctype):
    with pytest.raises(Refusal, match="DOCTYPE"):
        read_table(books.ods('<table:table table:name="B"/>', before=doctype))
    with pytest.raises(Refusal, match="DOCTYPE"):
        read_table(swapped(REAL["xlsx"], SHEET, old="<worksheet", new=f"{doctype}<worksheet"))


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing():
    far = swapped(REAL["xlsx"], SHEET, old='r="A3"|<row r="3"', new='r="XFD1048576"|<row r="1048576"')
    tracemalloc.start()
    try:
        assert isinstance(read_to_the_end(far), str)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("times", ["1048576", "99999999"])
def test_a_row_that_is_repeated_a_million_times_is_refused_without_being_made(times):
    cells = books.ods_cell("a") + books.ods_cell("b")
    row = f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'

    with pytest.raises(Refusal, match=str(MAX_ROWS)):
        list(read_table(books.ods(f'<table:table table:name="B">{row}</table:table>')))


def test_a_cell_that_is_repeated_beyond_the_last_column_is_refused():
    cell = books.ods_cell("a").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')

    with pytest.raises(Refusal, match="200"):
        read_table(books.ods(f'<table:table table:name="B"><table:table-row>{cell}</table:table-row></table:table>'))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls"),
        (b"<!doctype html><html>", "web page"),
        (b'{"type": "Topology"}', "TopoJSON"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "empty"),
        (b'{"type": "FeatureCollection", "features": [{"a": NaN}]}', "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'naam;plaats\n"Ter Kruis;Ninove\nx;y\n', "Line 2"),
        ("naam;plaats\nCafé;".encode() + b"\xe9\n", "Line 2"),
        (b"naam;plaats\nx\x01\x02;y\n", "not text"),
        (b"a;" * 300, "200"),
        (b"naam;x\n" + b"a" * 6000 + b";b", "5000"),
        (b"naam;x\n" + b"a" * 200_000 + b";b", "Line 2"),
        (b"naam;x\n" + b"a;b\n" * (MAX_ROWS + 1), "50000"),
        (books.zipped({"word/document.xml": "<w/>"}), "not a spreadsheet"),
        (books.zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_a_refusal_says_what_is_wrong(raw, words):
    from django.utils.translation import override

    with override("en"), pytest.raises(Refusal, match=words):
        list(read_table(raw))


def test_the_format_of_a_workbook_with_a_password_is_told():
    paper = io.BytesIO(REAL["ods"])
    with zipfile.ZipFile(paper, "a") as file:
        file.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")

    with pytest.raises(Refusal, match="password|wachtwoord"):
        read_table(paper.getvalue())
