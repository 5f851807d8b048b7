"""Producers as open data: what everybody may have, and nothing more."""

import csv
import gzip
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cms.feeds.producers import collection
from coalition.intake.files import read_table
from coalition.producers.importing import guess_columns
from coalition.producers.models import Producer
from coalition.producers.words import Contact
from tests.coalition.intake.books import unzipped
from tests.factories.pages import make_space
from tests.factories.producers import LabelFactory, ProducerFactory, ProductFactory, SalesChannelFactory

pytestmark = pytest.mark.django_db
MAP = "/kaart/producenten.geojson"
CSV, XLSX = (f"/open-data/pajotse-velden/producenten.{kind}" for kind in ("csv", "xlsx"))
SECRET = "geheim@hoeve.example"


@pytest.fixture
def coalition():
    return make_space("pajotse-velden").coalition


@pytest.fixture
def producer(coalition):
    producer = ProducerFactory(
        coalition=coalition, name="Hoeve Ter Kruis", slug="ter-kruis", latitude=50.7912345, longitude=4.1234567,
        email=SECRET, phone="0472 12 34 56", contact_name="Jan Geheim", street="Kerkstraat 12",
        website="https://terkruis.example", enterprise_number="0403019261", opening_hours="Sa 09:00-12:00",
    )  # fmt: skip
    ProductFactory(producer=producer)
    ProductFactory(producer=producer, name="Bloemkool", crop="bloemkool")
    ProductFactory(producer=producer, name="Onbeslist", category="honey", allergen_state="undecided")
    SalesChannelFactory(producer=producer)
    LabelFactory(producer=producer)
    LabelFactory(producer=producer, kind="in_conversion", expires_on=date(2020, 1, 1))
    return producer


def test_a_map_gets_names_places_and_what_is_sold_with_licence_and_day(client, producer):
    answer = client.get(MAP, {"coalitie": "pajotse-velden"})

    told = answer.json()
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert told["licence"].startswith("https://creativecommons.org/licenses/by/")
    assert date.fromisoformat(told["generated"])
    assert told["features"] == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [4.12, 50.79]},
            "properties": {
                "n": "Hoeve Ter Kruis", "s": "ter-kruis", "p": "Gooik", "m": producer.municipality.nis,
                "c": ["vegetables"], "k": ["farm_shop"], "l": ["organic"], "h": "Sa 09:00-12:00",
            },
        }
    ]  # fmt: skip


def test_the_place_is_exact_only_where_the_street_is_shown(client, producer):
    Producer.objects.update(shown=[Contact.ADDRESS])

    assert client.get(MAP).json()["features"][0]["geometry"]["coordinates"] == [4.12346, 50.79123]


@pytest.mark.parametrize("shown", [[], Contact.values])
def test_people_and_their_numbers_are_in_no_file_even_where_a_page_shows_them(client, producer, shown):
    Producer.objects.update(shown=shown)

    for door in (MAP, CSV, XLSX):
        content = client.get(door).content
        text = b"".join(unzipped(content).values()) if door == XLSX else content
        assert b"Ter Kruis" in text
        for private in (SECRET, "0472 12 34 56", "Jan Geheim"):
            assert private.encode() not in text
        assert (b"Kerkstraat 12" in text) == (bool(shown) and door != MAP)


def test_nobody_is_in_it_who_did_not_confirm_or_is_hidden(client, coalition, producer):
    for state in ("draft", "asked", "hidden"):
        ProducerFactory(coalition=coalition, state=state, name=f"Niet {state}")
    ProducerFactory(coalition=coalition, name="Niet aangegeven", processes=True)

    for door in (MAP, CSV):
        assert "Niet" not in client.get(door).content.decode()


def test_a_table_opens_in_a_belgian_spreadsheet(client, producer):
    Producer.objects.update(name="=cmd|' /C calc'!A0", source="© OpenStreetMap contributors, ODbL 1.0")

    answer = client.get(CSV, {"decimaal": "komma"})

    text = answer.content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert "attachment" in answer["Content-Disposition"]
    assert row[0] == "'=cmd|' /C calc'!A0"
    assert row[6:8] == ["50,79", "4,12"]
    assert row[-3:-1] == ["© OpenStreetMap contributors, ODbL 1.0", "CC BY 4.0"]
    assert "Prei" in row[9]
    assert "Onbeslist" not in row[9]


def test_a_workbook_holds_the_same_and_works_nothing_out(client, producer):
    Producer.objects.update(name="=1+1")

    raw = client.get(XLSX).content

    assert b"<f>" not in unzipped(raw)["xl/worksheets/sheet1.xml"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "=1+1"
    assert rows[1][6] == 50.79


def test_what_we_give_we_can_read_in_ourselves(client, producer):
    sheet = read_table(client.get(CSV).content)

    mapping = guess_columns(sheet.head)

    assert {"name", "postcode", "place", "latitude", "longitude"} <= set(mapping.values())


@pytest.mark.parametrize("slug", ["geen", "..", "PAJOTSE-velden"])
def test_a_coalition_that_is_not_there_has_no_data(client, coalition, slug):
    assert client.get(MAP, {"coalitie": slug}).status_code == 404
    assert client.get(f"/open-data/{slug}/producenten.csv").status_code == 404


def test_a_coalition_whose_page_is_withdrawn_has_none_either(client, producer):
    from cms.pages.coalitions import CoalitionPage

    CoalitionPage.objects.get(coalition__slug="pajotse-velden").unpublish()

    assert client.get(CSV).status_code == 404
    assert client.get(MAP).json()["features"] == []


@pytest.mark.parametrize("total", [1, 20])
def test_a_map_asks_as_much_for_one_as_for_many(coalition, total, django_assert_num_queries, now):
    for producer in ProducerFactory.create_batch(total, coalition=coalition):
        ProductFactory(producer=producer)

    with django_assert_num_queries(4):
        assert len(collection([coalition], now.date())["features"]) == total


def test_the_same_data_is_not_sent_twice(client, producer):
    first = client.get(MAP, HTTP_ACCEPT_ENCODING="gzip")

    again = client.get(MAP, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=first["ETag"])

    assert json.loads(gzip.decompress(first.content))["features"]
    assert again.status_code == 304


def test_the_doors_have_names():
    assert reverse("producers_geojson") == MAP
    assert reverse("producers_csv", args=["pajotse-velden"]) == CSV
    assert reverse("producers_xlsx", args=["pajotse-velden"]) == XLSX
