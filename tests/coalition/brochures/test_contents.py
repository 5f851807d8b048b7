import json

import pytest

from coalition.brochures import paper
from coalition.brochures.contents import CropRow, MapDrawing
from coalition.brochures.paper import split_story
from tests.factories.brochures import brochure, photo, producer


def test_a_brochure_is_plain_facts_that_can_be_written_as_json():
    facts = paper.facts(brochure(2), form="a4")

    assert json.loads(json.dumps(facts)) == json.loads(json.dumps(paper.facts(brochure(2), form="a4")))
    assert facts["day"] == "24 november 2026"
    assert [one["where"] for one in facts["producers"]] == ["Gooik, Pajottegem"] * 2
    assert facts["codes"][0] == "https://example.org/brochure/"
    assert len(facts["codes"]) == 3


def test_the_date_is_written_in_the_language_of_the_brochure():
    assert paper.facts(brochure(language="fr"), form="a4")["day"] == "24 novembre 2026"


@pytest.mark.parametrize(("facts", "where"), [
    ({"place": "Lennik", "municipality": "Lennik"}, "Lennik"),
    ({"distance": 3.44}, "Gooik, Pajottegem · 3,4 km"),
    ({"place": "", "municipality": ""}, ""),
])  # fmt: skip
def test_where_a_producer_is(facts, where):
    shown = producer(1, **facts)

    assert paper.facts(brochure(producers=(shown,)), form="a4")["producers"][0]["where"] == where


def test_photos_are_named_by_their_producer():
    book = brochure(producers=(producer(1), producer(2, picture=photo())), cover=photo())
    facts = paper.facts(book, form="a4")

    assert set(facts["pictures"]) == {"p2.jpg", "cover.jpg"}
    assert facts["pictures"]["p2.jpg"]["of"] == "Hoeve Zeven Schoven 2"
    assert [one["photo_file"] for one in facts["producers"]] == ["", "p2.jpg"]


def test_a_crop_has_twelve_months_of_known_states():
    with pytest.raises(ValueError, match="twelve months"):
        CropRow("Prei", ("fresh",) * 11)
    with pytest.raises(ValueError, match="twelve months"):
        CropRow("Prei", ("frozen",) * 12)


@pytest.mark.parametrize("svg", [
    '<svg viewBox="0 0 1 1"><image href="file:///etc/passwd"/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>',
    '<svg viewBox="0 0 1 1"><path fill="url(https://example.org/x)"/></svg>',
    "<svg/>",
])  # fmt: skip
def test_a_drawing_that_was_not_made_here_is_an_error(svg):
    with pytest.raises(ValueError, match="drawing"):
        paper.facts(brochure(map=MapDrawing(svg, "kaart")), form="a4")


@pytest.mark.parametrize(("story", "length", "opening", "rest"), [
    ("", 100, [], []),
    ("Kort.\n\nEn goed.", 100, ["Kort.", "En goed."], []),
    ("Eerste zin. Tweede zin is te lang.", 20, ["Eerste zin."], ["Tweede zin is te lang."]),
    ("woord " * 10, 20, ["woord woord woord"], ["woord woord woord woord woord woord woord"]),
    ("x" * 40, 20, ["x" * 20], ["x" * 20]),
    ("Eerst dit.\nDan " + "een eind " * 9, 60, ["Eerst dit."], ["Dan" + " een eind" * 9]),
])  # fmt: skip
def test_a_story_is_cut_behind_a_sentence(story, length, opening, rest):
    assert split_story(story, length) == (opening, rest)


def test_no_word_of_a_story_is_lost():
    story = ("Een zin over de oogst. " * 30 + "\n") * 5

    opening, rest = split_story(story, 700)

    assert " ".join([*opening, *rest]).split() == story.split()
