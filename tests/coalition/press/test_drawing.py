import re
from xml.etree import ElementTree

import pytest
from django.utils import translation

from coalition.base import geo
from coalition.press.drawing import Kind, Shape, map_svg
from tests.coalition.territory.files import square

MEMBER = Kind("member", "member", accent="leaf")
PLANNED = Kind("planned", "joins later", texture="hatched")
OBSERVER = Kind("observer", "observer", texture="dotted")
SVG = "{http://www.w3.org/2000/svg}"


def shape(name, west=4.0, kind=MEMBER, south=50.7, size=0.1):
    return Shape(name, kind, geo.area_from_geojson(square(west, south, size)))


def drawn(*shapes, **more):
    return ElementTree.fromstring(map_svg(shapes, title="Kaart", **more))  # noqa: S314  our own text


def texts(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def test_a_map_is_one_picture_with_a_title_and_a_description():
    svg = drawn(shape("Lennik"), description="One municipality.", prefix="kaart")

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "kaart-title kaart-desc"
    assert svg.find(f"{SVG}title").text == "Kaart"
    assert svg.find(f"{SVG}desc").text == "One municipality."


def test_each_kind_differs_by_texture_as_well_as_colour_and_stands_in_the_legend():
    svg = drawn(shape("Lennik"), shape("Ternat", 4.1, PLANNED), shape("Halle", 4.2, OBSERVER))

    fills = [path.get("fill") for path in svg.iter(f"{SVG}path") if "map-shape" in path.get("class", "")]
    assert sorted(fills) == ["#2f6b3c", "url(#map-observer)", "url(#map-planned)"]
    assert {pattern.get("id") for pattern in svg.iter(f"{SVG}pattern")} == {"map-planned", "map-observer"}
    assert texts(svg)[-3:] == ["member", "joins later", "observer"]


def test_schematic_boundaries_are_said_on_the_map_and_in_its_description():
    svg = drawn(shape("Lennik"), schematic=True)

    assert "Schematic boundaries" in texts(svg)
    assert "Schematic boundaries" in svg.find(f"{SVG}desc").text
    assert "Schematic" not in map_svg([shape("Lennik")], title="Kaart")


def test_hostile_names_stay_text():
    name = "<script>alert(1)</script>\" onload='x' & ]]>"

    source = map_svg([shape(name)], title=name, description=name)

    assert "<script" not in source
    assert texts(ElementTree.fromstring(source))[0] == name  # noqa: S314  our own text


def test_nothing_in_the_picture_runs_styles_or_fetches():
    source = map_svg([shape("Lennik"), shape("Ternat", 4.1, PLANNED)], title="Kaart")

    assert not re.search(r"style=|<style|<script|<image|href|on[a-z]+=", source)
    assert re.findall(r"https?://[^\"]+", source) == ["http://www.w3.org/2000/svg"]


def test_names_never_cover_each_other():
    crowd = [shape(f"Gemeente nummer {n}", 4.0 + n * 0.004, size=0.004) for n in range(40)]

    boxes = [
        (float(text.get("x")), float(text.get("y")), len(text.text) * 13 * 0.29)
        for text in drawn(*crowd).iter(f"{SVG}text")
        if text.get("class") == "map-name"
    ]

    assert boxes
    for number, (x, y, half) in enumerate(boxes):
        for other_x, other_y, other_half in boxes[number + 1 :]:
            assert abs(x - other_x) > half + other_half or abs(y - other_y) > 13


def test_the_same_facts_give_the_same_text_in_any_order():
    one, two = shape("Lennik"), shape("Ternat", 4.1)

    assert map_svg([one, two], title="Kaart") == map_svg([two, one], title="Kaart")


def test_nothing_to_draw_is_no_picture():
    assert map_svg([], title="Kaart") == ""


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_map_is_drawn_in_every_language(language):
    with translation.override(language):
        assert drawn(shape("Lennik"), schematic=True).get("role") == "img"
