"""What a cell of somebody's list tells."""

import pytest

from coalition.producers.importing import Twins, guess_columns, likeliest_first, read_row
from coalition.producers.importing.columns import FIELDS, GUESSES, clean_mapping, head_sha256
from coalition.producers.importing.offers import category_of, channel_of, crop_of
from coalition.producers.importing.spoken_hours import in_codes


def test_columns_of_three_languages_and_of_openstreetmap_are_known():
    head = [
        "Naam hoeve",
        "NAAM",
        "E-mailadres",
        "Code postal",
        "addr:housenumber",
        "contact:phone",
        "KBO-nummer",
        "iets",
    ]

    assert guess_columns(head) == {
        "NAAM": "name", "E-mailadres": "email", "Code postal": "postcode", "addr:housenumber": "house_number",
        "contact:phone": "phone", "KBO-nummer": "enterprise_number",
    }  # fmt: skip
    assert set(GUESSES.values()) == set(FIELDS)


def test_a_mapping_knows_only_columns_of_the_file_and_fields_of_a_profile():
    assert clean_mapping(["a", "b", "c"], {"a": "name", "b": "state", "x": "email"}) == {"a": "name"}


def test_the_plainest_column_goes_before_another_that_means_the_same():
    mapping = likeliest_first(guess_columns(["operator", "municipality", "addr:city", "name"]))

    read = read_row({"operator": "NV", "municipality": "Gooik", "addr:city": "Leerbeek", "name": "De Wei"}, mapping)

    assert (read.facts["name"], read.facts["place"]) == ("De Wei", "Leerbeek")
    assert read_row({"operator": "De Wei nv"}, mapping).facts["name"] == "De Wei nv"


def test_a_head_is_the_same_in_whatever_order_and_case():
    assert head_sha256(["Naam", "E-mail"]) == head_sha256(["e mail", "NAAM"])
    assert head_sha256(["naam"]) != head_sha256(["naam", "e-mail"])


@pytest.mark.parametrize(
    ("address", "street", "postcode", "place"),
    [
        ("Kerkstraat 12, 9500 Geraardsbergen", "Kerkstraat 12", "9500", "Geraardsbergen"),
        ("Kerkstraat 12 bus 3 B-9500 Sint-Maria-Lierde, België", "Kerkstraat 12 bus 3", "9500", "Sint-Maria-Lierde"),
        ("Ergens op de heide", "Ergens op de heide", "", ""),
    ],
)
def test_a_whole_address_is_taken_apart(address, street, postcode, place):
    facts = read_row({"n": "x", "a": address}, {"n": "name", "a": "address"}).facts

    assert (facts["street"], facts["postcode"], facts["place"]) == (street, postcode, place)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("eitjes", "eggs"), ("Hoevemelk", "dairy"), ("melk", "dairy"), ("goat cheese", "dairy"),
        ("strawberries", "fruit"),
        ("peren", "fruit"), ("Aardappelen", "potatoes"), ("pommes de terre", "potatoes"), ("prei", "vegetables"),
        ("honing", "honey"), ("appelsap", "preserves"), ("raketten", ""), ("food", ""), ("kippenvlees", "meat"),
    ],
)  # fmt: skip
def test_a_product_is_put_in_its_category_when_its_name_tells(words, category):
    assert category_of(words) == category


def test_crops_are_known_in_one_and_in_many():
    assert [crop_of(word) for word in ("appel", "appelen", "appels", "pears", "Fraises", "aardbeien", "melk")] == [
        "appel", "appel", "appel", "peer", "aardbei", "aardbei", "",
    ]  # fmt: skip


def test_ways_of_selling_are_known_by_many_names():
    assert [channel_of(word) for word in ("Hoevewinkel", "farm", "vending_machine", "zelfpluk", "webshop")] == [
        "farm_shop", "farm_shop", "vending_machine", "pick_your_own", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Ma-Vr 9-12u", "Mo-Fr 09:00-12:00"),
        ("ma-vr 9u-12u en 13u30-18u, zo gesloten", "Mo-Fr 09:00-12:00,13:30-18:00; Su off"),
        ("maandag t.e.m. vrijdag: 9.00 - 12.00", "Mo-Fr 09:00-12:00"),
        ("woensdag en zaterdag van 10 tot 18 uur", "We,Sa 10:00-18:00"),
        ("lundi au vendredi 9h-12h, samedi 10h30-17h", "Mo-Fr 09:00-12:00; Sa 10:30-17:00"),
        ("vr 13-18u za 9-16u", "Fr 13:00-18:00; Sa 09:00-16:00"),
        ("ma-vr 8:30-12:00 / 13:00-18:00", "Mo-Fr 08:30-12:00,13:00-18:00"),
        ("24/7", "24/7"),
        ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("als de vlag buiten hangt", "als de vlag buiten hangt"),
    ],
)
def test_hours_as_people_write_them_are_understood_or_left_alone(words, codes):
    assert in_codes(words) == codes


def test_hours_that_nobody_understands_are_kept_as_a_remark_and_told():
    read = read_row({"n": "x", "u": "als de vlag buiten hangt"}, {"n": "name", "u": "opening_hours"})

    assert (read.facts["opening_hours"], read.facts["hours_note"]) == ("", "als de vlag buiten hangt")
    assert [field for field, _words in read.problems] == ["opening_hours"]


def test_month_13_wrong_digits_and_swapped_places_are_told_beside_their_field():
    cells = {
        "n": "x",
        "k": "0403.019.262",
        "v": "2.123.456.780",
        "y": "4.1",
        "x": "50.8",
        "u": "2026 13 01 10:00-12:00",
    }
    mapping = {
        "n": "name", "k": "enterprise_number", "v": "establishment_number", "y": "latitude", "x": "longitude",
        "u": "opening_hours",
    }  # fmt: skip

    read = read_row(cells, mapping)

    assert {field for field, _words in read.problems} == set(mapping.values()) - {"name", "longitude"}
    assert read.usable


def test_lambert_metres_become_the_place():
    facts = read_row({"n": "x", "x": "136000", "y": "170000"}, {"n": "name", "x": "longitude", "y": "latitude"}).facts

    assert facts["latitude"] == pytest.approx(50.84, abs=0.01)
    assert facts["longitude"] == pytest.approx(4.17, abs=0.02)


def test_a_machine_without_a_name_goes_by_what_it_is_and_where():
    mapping = {"w": "channels", "p": "place", "y": "latitude", "x": "longitude"}
    here = {"w": "vending_machine", "p": "Geel", "y": "51.16", "x": "4.99"}

    read = read_row(here, mapping)

    assert (read.usable, read.facts["name"], read.is_nameless) == (True, "Automaat in Geel", True)
    assert [field for field, _words in read.problems] == ["name"]
    assert not read_row({"p": "Geel"}, mapping).usable
    assert not read_row(here | {"w": "marketplace"}, mapping).usable


def test_two_machines_without_a_name_in_one_village_are_two():
    mapping = {"w": "channels", "p": "place", "y": "latitude", "x": "longitude"}
    one = read_row({"w": "vending_machine", "p": "Geel", "y": "51.16", "x": "4.99"}, mapping)
    other = read_row({"w": "vending_machine", "p": "Geel", "y": "51.17", "x": "4.97"}, mapping)
    twins = Twins()
    twins.add_row(1, one.facts, "")

    assert twins.find(other.facts, "", is_nameless=True) is None
    assert twins.find(one.facts, "", is_nameless=True).reason == "door"
