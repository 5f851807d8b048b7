"""`manage.py import_producers`: a report, and with --confirm the drafts."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from coalition.intake.models import Batch
from coalition.producers.models import Producer
from tests.factories import CoalitionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "hoeves.csv"
    path.write_text("wie;postcode;kbo\nTer Kruis;9500;0403.019.262\nDe Wei;9400;\n", encoding="utf-8")
    return path


def run(*args) -> str:
    paper = StringIO()
    call_command("import_producers", *args, stdout=paper)
    return paper.getvalue()


def test_without_confirm_there_is_a_report_and_nothing_is_written(file):
    coalition = CoalitionFactory()

    told = run(file, "--coalition", coalition.slug, "--column", "wie=name")

    assert "wie: name" in told
    assert "Ter Kruis: enterprise_number" in told
    assert not Producer.objects.exists()
    assert not Batch.objects.exists()


def test_with_confirm_drafts_are_written_with_their_source(file):
    coalition = CoalitionFactory()

    run(file, "--coalition", coalition.slug, "--column", "wie=name", "--source", "Dienst landbouw", "--confirm")

    assert set(Producer.objects.values_list("name", "source", "state")) == {
        ("Ter Kruis", "Dienst landbouw", "draft"),
        ("De Wei", "Dienst landbouw", "draft"),
    }
    assert Batch.objects.get().state == Batch.State.DONE


def test_trouble_ends_with_a_reason(file, tmp_path):
    coalition = CoalitionFactory()
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))

    for path, slug, words in [
        (file, "nergens", "nergens"),
        (tmp_path / "weg.csv", coalition.slug, "weg.csv"),
        (picture, coalition.slug, "PNG"),
    ]:
        with pytest.raises(CommandError, match=words):
            run(path, "--coalition", slug)

    assert not Producer.objects.exists()
