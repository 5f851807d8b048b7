"""The coordinator's own table: drafts and telephone numbers too, of his own coalition only."""

import csv
import io

import pytest

from coalition.intake.files import read_table
from coalition.producers.importing import guess_columns
from tests.factories.producers import ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db
TABLE = "/admin/producenten/tabel/"


def test_all_producers_come_with_all_that_is_known(desk, ours):
    draft = ProducerFactory(coalition=ours, state="draft", name="=Ontwerp", phone="0472 12 34 56", shown=["website"])
    ProductFactory(producer=draft, name="Prei")

    answer = desk.get(f"{TABLE}csv/")

    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert "no-store" in answer["Cache-Control"]
    assert (row[0], row[6], row[9], row[-1]) == ("'=Ontwerp", "50,79", "0472 12 34 56", "Prei")
    assert len(head) == len(row)
    read = read_table(desk.get(f"{TABLE}xlsx/").content)
    assert next(iter(read)).cells[read.head[0]] == "=Ontwerp"
    assert {"name", "phone", "email", "latitude"} <= set(guess_columns(read.head).values())


def test_a_neighbours_producers_are_not_in_it_and_his_table_does_not_exist(desk, ours, theirs):
    ProducerFactory(coalition=theirs, name="Van de buren", phone="0499")

    assert "Van de buren" not in desk.get(f"{TABLE}csv/").content.decode()
    assert desk.get(f"{TABLE}csv/?coalition={theirs.pk}").status_code == 404
    assert desk.get(f"{TABLE}doc/").status_code == 404
