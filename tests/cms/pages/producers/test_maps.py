import re

import pytest
from django.template.loader import render_to_string

from cms.pages.places import with_pins
from coalition.press.drawing import Kind, Pin, Shape, ground
from coalition.territory.actions import sketch_boundaries

pytestmark = pytest.mark.django_db
DIRECTORY = "/pajotse-velden/producenten/"


def test_the_numbers_on_the_map_are_those_of_the_list(make, read, pajottegem):
    sketch_boundaries(municipalities=[pajottegem], source="schets")
    make("Appelhof", latitude=50.76, longitude=4.05)
    make("Zonnehoeve", latitude=50.75, longitude=4.04)

    html = read(DIRECTORY)

    assert re.findall(r'id="p-[^"]*" data-pin="(\d+)"', html) == ["1", "2"]
    svg = re.search(r'<svg[^>]*class="map-svg".*?</svg>', html, re.DOTALL).group()
    assert sorted(re.findall(r"<g class=\"map-pin-drawn\">.*?<text[^>]*>(\d+)</text>", svg)) == ["1", "2"]


def test_without_boundaries_there_is_a_list_and_no_map(make, read):
    make("Appelhof")

    html = read(DIRECTORY)

    assert "map-svg" not in html
    assert "Appelhof" in html


def test_the_page_of_words_has_no_map(make, read, pajottegem):
    sketch_boundaries(municipalities=[pajottegem], source="schets")
    make("Appelhof", latitude=50.76, longitude=4.05)

    assert "map-svg" in read("/kaart/")
    assert "map-svg" not in read("/kaart/lijst/")


def test_a_pin_beside_the_sheet_is_left_out_and_its_mark_is_escaped(pajottegem):
    from coalition.base import geo

    sketch_boundaries(municipalities=[pajottegem], source="schets")
    sheet = ground([Shape("P", Kind("k", ""), geo.from_text(pajottegem.outline))], title="T", legend=False)

    inside, outside = Pin("<1>", 4.0476, 50.7572), Pin("2", 3.0, 51.0)

    assert "&lt;1&gt;" in sheet.with_pins([inside])
    assert sheet.with_pins([outside]) == sheet.with_pins()


def test_no_map_stays_no_map():
    assert with_pins(None, (Pin("1", 4.0, 50.8),)) is None
    assert render_to_string("cms/parts/map.html", {"map": None}).strip() == ""
