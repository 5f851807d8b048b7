import pytest

from coalition.base.blotting import BLOT, blot, eraser
from coalition.intake.models import Problem
from tests.factories.intake import BatchFactory


@pytest.mark.parametrize(
    "text",
    ["Mail an@example.org.", "<an@example.org>", "AN@Example.org", "mailto:an@example.org?subject=x", "an@example.org"],
)
def test_an_address_goes_wherever_it_stands(text):
    assert "example.org" not in eraser(["an@example.org"])(text).lower()


@pytest.mark.parametrize(
    "text", ["jan@example.org", "van.an@example.org", "an@example.org.be", "an@example.orgel", "info@an-example.org"]
)
def test_a_longer_address_is_somebody_elses(text):
    assert eraser(["an@example.org"])(text) == text


def test_it_goes_from_whatever_json_holds_and_nothing_else_changes():
    value = {"to": "an@example.org", "list": [{"deep": "voor an@example.org"}, 3, None, True], "n": 1.5}

    assert eraser(["an@example.org"])(value) == {
        "to": BLOT,
        "list": [{"deep": f"voor {BLOT}"}, 3, None, True],
        "n": 1.5,
    }


def test_no_words_blot_nothing():
    assert eraser([""])("alles blijft") == "alles blijft"


@pytest.mark.django_db
def test_only_rows_that_say_it_change():
    batch = BatchFactory(file_name="an@example.org.csv", counts={"né": "Renée Aerts", "n": 1})
    Problem.objects.create(batch=batch, place="1", sentence="an@example.org staat er al")
    Problem.objects.create(batch=batch, place="2", sentence="jan@example.org staat er al")

    assert blot(Problem.objects.all(), ["place", "sentence"], ["an@example.org"]) == 1
    assert blot(type(batch).objects.all(), ["file_name", "counts"], ["an@example.org", "Renée Aerts"]) == 1

    sentences = Problem.objects.order_by("place").values_list("sentence", flat=True)
    assert list(sentences) == [f"{BLOT} staat er al", "jan@example.org staat er al"]
    batch.refresh_from_db()
    assert batch.file_name == f"{BLOT}.csv"
    assert batch.counts == {"né": BLOT, "n": 1}
