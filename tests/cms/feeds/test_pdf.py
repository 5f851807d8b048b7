import pytest
from django.core.files.base import ContentFile

from coalition.press.models import shelf
from coalition.press.rules import State
from tests.factories.press import ASKED, SheetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    name = shelf().save("2026/11/sheet.pdf", ContentFile(b"%PDF-1.7 words"))
    return SheetFactory(state=State.DONE, made_at=ASKED, file=name)


def test_whoever_has_the_address_reads_the_sheet(client, sheet):
    answer = client.get(sheet.get_absolute_url())

    assert b"".join(answer.streaming_content) == b"%PDF-1.7 words"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="streekgids-a4.pdf"'
    assert "private" in answer["Cache-Control"]


def test_another_name_leads_to_its_own(client, sheet):
    answer = client.get(sheet.get_absolute_url().replace("streekgids", "iets"))

    assert (answer.status_code, answer["Location"]) == (301, sheet.get_absolute_url())


def test_a_sheet_that_waits_or_is_not_there_is_not_found(client, sheet):
    waiting = SheetFactory()

    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert client.get("/drukwerk/guessed/streekgids-a4.pdf").status_code == 404
    assert client.get(f"/media/{sheet.file.name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(client, sheet):
    shelf().delete(sheet.file.name)

    assert client.get(sheet.get_absolute_url()).status_code == 404


def test_a_sheet_is_only_read(client, sheet):
    assert client.post(sheet.get_absolute_url()).status_code == 405
