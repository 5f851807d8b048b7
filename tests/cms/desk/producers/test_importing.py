"""The desk of lists: send in, look, say what is what, say yes, undo; of one's own coalitions only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.activity.models import Entry
from coalition.intake.models import Batch, BatchRow
from coalition.producers import actions
from coalition.producers.actions import imports
from coalition.producers.models import Producer
from tests.cms.desk.producers.test_standards import typed
from tests.factories.producers import ProducerFactory

pytestmark = pytest.mark.django_db
LISTS = "/admin/producenten/lijsten/"
LIST = "naam;postcode;kbo;iets\nTer Kruis;9500;0403.019.262;x\nDe Wei;9400;0403.019.261;y\n;9400;;\n"


def file(text: str | bytes = LIST, name: str = "hoeves.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def send(desk, **kwargs) -> str:
    answer = desk.post(LISTS, {"file": file(**kwargs)})
    assert answer.status_code == 302
    return answer.url


def test_a_list_is_sent_in_looked_at_and_read_in(desk, ours, coordinator):
    ProducerFactory(coalition=ours, enterprise_number="0403019261", name="Al bekend")
    page = send(desk)

    shown = desk.get(page)
    assert shown.status_code == 200
    words = shown.content.decode()
    assert "Al bekend" in words
    assert "0403.019.262" in words
    assert Producer.objects.count() == 1

    assert desk.post(page, {"deed": "confirm"}).status_code == 302
    assert set(Producer.objects.values_list("name", "state")) == {("Al bekend", "confirmed"), ("Ter Kruis", "draft")}
    assert desk.get(page).context["batch"].state == Batch.State.DONE
    assert Entry.objects.get(verb="producers.imported").by == coordinator

    desk.post(page, {"deed": "undo"})
    assert Producer.objects.count() == 1
    assert desk.get(page).status_code == 200
    assert desk.get(LISTS).status_code == 200


def test_columns_are_chosen_and_the_rows_read_again(desk):
    page = send(desk)

    desk.post(
        page, {"deed": "columns", "column-0": "name", "column-1": "postcode", "column-3": "place", "source": "Ik"}
    )

    batch = Batch.objects.get()
    assert batch.mapping == {"naam": "name", "postcode": "postcode", "iets": "place"}
    assert batch.source == "Ik"
    assert BatchRow.objects.get(position=1).facts["place"] == "x"
    refused = desk.post(page, {"deed": "columns", "column-1": "postcode"})
    assert refused.status_code == 422


def test_choices_are_kept_one_by_one_and_for_all_known(desk, ours):
    ProducerFactory(coalition=ours, enterprise_number="0403019261", name="Al bekend")
    page = send(desk)

    desk.post(page, {"deed": "rows", "row-1": "skip", "row-x": "new", "row-99999999": "new"})
    desk.post(page, {"deed": "known", "choice": "update"})

    assert list(BatchRow.objects.values_list("choice", flat=True)) == ["skip", "update", "skip"]
    assert desk.post(page, {"deed": "rows", "row-3": "new"}).status_code == 422
    assert desk.post(page, {"deed": "known", "choice": "drop"}).status_code == 422
    assert [row.position for row in desk.get(f"{page}?only=known").context["page"]] == [2]
    assert [row.position for row in desk.get(f"{page}?only=problems").context["page"]] == [1, 3]


def test_a_big_list_is_left_to_a_worker_and_its_page_looks_again(desk, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 1)
    page = send(desk)

    desk.post(page, {"deed": "confirm"})

    waiting = desk.get(page)
    assert waiting["Refresh"]
    assert b"<progress" in waiting.content
    assert not Producer.objects.exists()
    actions.run_imports_due()
    assert not desk.get(page).has_header("Refresh")
    assert Producer.objects.count() == 2


def test_a_list_is_thrown_away(desk):
    page = send(desk)

    assert desk.post(page, {"deed": "discard"}).url == LISTS

    assert not Batch.objects.exists()
    assert desk.get(page).status_code == 404


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"\xff\xd8\xff", b"naam;x\n"])
def test_what_is_no_list_is_refused_beside_the_field(desk, raw):
    answer = desk.post(LISTS, {"file": file(raw)} if raw else {})

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors
    assert not BatchRow.objects.exists()


def test_a_list_of_a_neighbour_does_not_exist(desk, theirs, now):
    batch = actions.start_import(coalition=theirs, file_name="geheim.csv", raw=LIST.encode(), by=None, now=now)
    page = f"{LISTS}{batch.pk}/"

    assert desk.get(page).status_code == 404
    for deed in ("columns", "rows", "known", "confirm", "discard", "undo"):
        assert desk.post(page, {"deed": deed}).status_code == 404
    assert "geheim.csv" not in desk.get(LISTS).content.decode()
    assert desk.get(f"{LISTS}?coalition={theirs.pk}").status_code == 404
    assert desk.post(LISTS, {"file": file(), "coalition": theirs.pk}).status_code == 404
    assert Batch.objects.count() == 1


def test_a_deed_that_is_none_does_not_exist(desk):
    assert desk.post(send(desk), {"deed": "drop"}).status_code == 404
    assert typed(desk.get(LISTS).context["form"]) == {}


@pytest.mark.parametrize("total", [1, 30])
def test_looking_at_a_list_asks_as_much_for_one_row_as_for_many(desk, total, django_assert_max_num_queries):
    page = send(desk, text="naam;postcode\n" + "".join(f"Hoeve {n};9500\n" for n in range(total)))
    desk.get(page)

    with django_assert_max_num_queries(26):
        desk.get(page)


def test_wicked_words_in_cells_are_shown_as_words(desk):
    page = send(desk, text="naam;postcode\n<script>alert(1)</script>;9500\n")

    assert b"<script>alert(1)" not in desk.get(page).content
