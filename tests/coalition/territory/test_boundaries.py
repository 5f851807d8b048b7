import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.base.errors import Refusal
from coalition.territory import boundaries
from coalition.territory.boundaries import BrokenFile, edition_in, read_boundaries
from tests.coalition.territory.files import BEFORE, boundary_file, feature, square


def refused(content: bytes) -> list[str]:
    with pytest.raises(BrokenFile) as caught:
        read_boundaries(content)
    return [f"{fault.place}: {fault.sentence}" for fault in caught.value.faults]


def test_municipalities_are_read_with_code_names_and_predecessors():
    read = read_boundaries(
        boundary_file(feature("23106", "Pajottegem", name_fr=None, merged_from=["23032"], area_km2=1))
    )

    one = read.municipalities[0]
    assert (one.nis, one.name_nl, one.name_fr, one.merged_from) == ("23106", "Pajottegem", "", ("23032",))
    assert read.unread == ("area_km2",)


def test_columns_of_the_official_statbel_file_are_known_and_the_arrondissement_is_no_name():
    properties = {"CD_MUNTY_REFNIS": 23027, "TX_MUNTY_DESCR_NL": "Halle (Halle-Vilvoorde)", "TX_MUNTY_DESCR_FR": "Hal"}
    content = boundary_file({"type": "Feature", "properties": properties, "geometry": square(4.2)})

    one = read_boundaries(content).municipalities[0]

    assert (one.nis, one.name_nl, one.name_fr) == ("23027", "Halle", "Hal")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_may_be_in_any_usual_encoding(encoding):
    content = json.dumps(json.loads(boundary_file(feature("23009", "Biévène"))), ensure_ascii=False).encode(encoding)

    assert read_boundaries(content).municipalities[0].name_nl == "Biévène"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \n", "The file is empty."),
        (BEFORE[:400], "stops halfway"),
        (BEFORE[:-1], "stops halfway"),
        (b"<!DOCTYPE html><p>Sign in</p>", "web page"),
        (b"Galmaarden;23023", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"\xff\xd8\xff\xe0 a photo", "not text"),
        (b"[1, 2]", "not a GeoJSON FeatureCollection"),
        (b'{"type": "Topology", "arcs": []}', "TopoJSON"),
        (b'{"type": "FeatureCollection", "features": {}}', "not a GeoJSON FeatureCollection"),
        (boundary_file(), "holds no municipality"),
    ],
)
def test_a_file_that_is_no_boundary_file_is_refused_with_the_reason(content, sentence):
    assert sentence in refused(content)[0]


@pytest.mark.parametrize(
    ("broken", "place", "sentence"),
    [
        (feature("2303", "Herne"), "feature 2 (2303, Herne)", "is not a NIS code"),
        (feature(23.5, "Herne"), "feature 2 (Herne)", "is not a NIS code"),
        (feature(None, "Herne"), "feature 2 (Herne)", "has no NIS code"),
        (feature("23032", ""), "feature 2 (23032)", "has no name"),
        (feature("23032", "x" * 121), "feature 2 (23032", "has no name of 1 to 120"),
        (feature("23032", "Her\u202ene"), "feature 2 (23032", "has no name"),
        (feature("23032", "Herne", merged_from="23023"), "feature 2 (23032, Herne)", "merged_from"),
        (feature("23032", "Herne", geometry={"type": "Point"}), "feature 2 (23032, Herne)", "must be a Polygon"),
        ("Herne", "feature 2", "not a GeoJSON Feature"),
        ({"type": "Feature", "properties": None, "geometry": None}, "feature 2", "has no NIS code"),
    ],
)
def test_a_broken_feature_is_named_by_number_code_and_name(broken, place, sentence):
    told = refused(boundary_file(feature("23104", "Lennik"), broken))

    assert len(told) == 1
    assert told[0].startswith(place)
    assert sentence in told[0]


def test_every_fault_is_told_at_once():
    swapped = square(4.0)
    swapped["coordinates"][0] = [[lat, lon] for lon, lat in swapped["coordinates"][0]]

    told = refused(
        boundary_file(feature("23104", "Lennik"), feature("2", "Twee"), feature("23032", "Herne", geometry=swapped))
    )

    assert [line.split(":")[0] for line in told] == ["feature 2 (2, Twee)", "feature 3 (23032, Herne)"]


def test_a_code_that_stands_twice_is_refused():
    told = refused(boundary_file(feature("23032", "Herne"), feature("23032", "Herne bis")))

    assert told == ["Herne bis: The NIS code 23032 stands in the file more than once."]


def test_an_oversized_file_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(boundaries.json, "loads", lambda text: pytest.fail("parsed"))

    assert "larger than 30 MB" in refused(b" " * 100_000_000)[0]


def test_the_year_of_an_edition_may_stand_in_the_file_name():
    assert edition_in("flanders-2025-light.geojson") == date(2025, 1, 1)
    assert edition_in("gemeenten.geojson") is None
    assert edition_in("van-2019-tot-2025.geojson") is None
    assert edition_in("export-120251.json") is None


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
_geometries = st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPolygon"]), "coordinates": _values})
_features = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "properties": _values
        | st.fixed_dictionaries(
            {"nis": st.just("23032") | _values, "name_nl": st.just("Herne") | _values, "merged_from": _values}
        ),
        "geometry": _geometries | _values | st.just(square(4.0)),
    }
)


@given(st.lists(_features | _values, max_size=4))
def test_whatever_json_comes_the_reader_answers_or_refuses(features):
    with suppress(Refusal):
        read_boundaries(boundary_file(*features))


@given(st.binary(max_size=200) | st.integers(0, len(BEFORE)).map(lambda end: BEFORE[:end]))
def test_whatever_bytes_come_the_reader_answers_or_refuses(content):
    with suppress(Refusal):
        read_boundaries(content)
