"""A list of producers: looked at, written when somebody says yes, undone as a whole."""

from datetime import timedelta

import pytest
from django.db import transaction

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.intake.models import Batch, BatchFile, BatchRow, ColumnMapping
from coalition.producers import actions, queries
from coalition.producers.actions import imports
from coalition.producers.models import Listing, Producer, ProducerDraft
from tests.factories import MandateFactory, PersonFactory
from tests.factories.producers import PhotoFactory, ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db

LIST = """naam;straat;nr;postcode;gemeente;gsm;producten;openingsuren;bio;kbo
Hoeve Ter Kruis;Kerkstraat;12;9500;Geraardsbergen;0472 12 34 56;aardappelen, melk;Ma-Vr 9-12u;ja;0403.019.261
De Wei;Wei;3;B-9400;Ninove;472123456;raketten;;;0403.019.262
;Leegstraat;1;9400;Ninove;;;;;
hoeve ter kruis;Kerkstr.;12;9500;Geraardsbergen;;;;;
"""


@pytest.fixture
def coordinator():
    return MandateFactory()


def look(coordinator, now, text=LIST, name="hoeves.csv") -> Batch:
    raw = text.encode() if isinstance(text, str) else text
    return actions.start_import(
        coalition=coordinator.coalition, file_name=name, raw=raw, by=coordinator.person, now=now
    )


def read_in(coordinator, now, **kwargs) -> Batch:
    batch = look(coordinator, now, **kwargs)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    assert actions.run_import(batch=batch, clock=lambda: now)
    batch.refresh_from_db()
    return batch


def test_looking_writes_no_producer_and_says_what_stands_in_each_row(coordinator, now):
    batch = look(coordinator, now)

    rows = list(batch.rows.all())
    assert Producer.objects.count() == 0
    assert (batch.state, batch.counts["rows"], batch.counts["usable"]) == (Batch.State.PREVIEWED, 4, 3)
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [row.choice for row in rows] == ["new", "new", "skip", "skip"]
    assert [{field for field, _words in row.problems} for row in rows] == [
        set(), {"enterprise_number", "products"}, {"name"}, set(),
    ]  # fmt: skip
    assert rows[0].facts["street"] == "Kerkstraat 12"
    assert rows[0].facts["opening_hours"]
    assert [product["category"] for product in rows[0].facts["products"]] == ["potatoes", "dairy"]
    assert rows[0].facts["labels"][0]["kind"] == "organic"
    assert (rows[1].facts["postcode"], rows[1].facts["phone"]) == ("9400", "0472123456")
    assert rows[3].twin is None
    assert rows[3].twin_reason == "name"


def test_what_is_confirmed_becomes_drafts_that_nobody_sees(coordinator, now):
    batch = read_in(coordinator, now)

    producers = list(Producer.objects.order_by("name"))
    assert [producer.name for producer in producers] == ["De Wei", "Hoeve Ter Kruis"]
    assert {producer.state for producer in producers} == {Producer.State.DRAFT}
    assert not queries.public(now.date()).exists()
    assert (batch.state, batch.counts["made"], batch.counts["skipped"]) == (Batch.State.DONE, 2, 2)
    entry = Entry.objects.get(verb=Verb.PRODUCERS_IMPORTED)
    assert entry.by == coordinator.person
    # What other people's cells told is not kept beside what came of it.
    assert not BatchFile.objects.exists()
    assert list(batch.rows.values_list("facts", flat=True)) == [{}] * 4


def test_a_file_that_is_no_table_is_kept_in_the_ledger_as_refused(coordinator, now):
    with pytest.raises(Refusal):
        look(coordinator, now, text=b"%PDF-1.7", name="brochure.pdf")

    batch = Batch.objects.get()
    assert batch.state == Batch.State.REFUSED
    assert batch.problems.count() == 1


def test_only_a_coordinator_of_that_coalition_may_look_confirm_choose_and_undo(coordinator, now):
    neighbour = MandateFactory()
    batch = look(coordinator, now)
    deeds = [
        lambda: look(coordinator_as(neighbour.person, coordinator), now),
        lambda: actions.map_columns(batch=batch, mapping={"naam": "name"}, by=neighbour.person, now=now),
        lambda: actions.choose_rows(batch=batch, choices={1: "skip"}, by=neighbour.person, now=now),
        lambda: actions.confirm_import(batch=batch, by=neighbour.person, now=now),
        lambda: actions.discard_import(batch=batch, by=neighbour.person, now=now),
        lambda: actions.undo_import(batch=batch, by=PersonFactory(), now=now),
    ]

    for deed in deeds:
        with pytest.raises(Refusal), transaction.atomic():
            deed()

    assert Batch.objects.count() == 1
    assert not Producer.objects.exists()


def coordinator_as(person, mandate):
    mandate.person = person
    return mandate


def test_columns_are_remembered_for_the_next_file_with_the_same_head(coordinator, now):
    head = "wie;wat;waar"
    batch = look(coordinator, now, text=f"{head}\nTer Kruis;eieren;9500\n")
    assert batch.mapping == {}
    assert not batch.rows.get().is_usable

    actions.map_columns(
        batch=batch, mapping={"wie": "name", "wat": "products", "waar": "postcode", "weg": "email"},
        by=coordinator.person, now=now, source="Lijst van de dienst landbouw",
    )  # fmt: skip

    again = look(coordinator, now, text="waar;wie;wat\n9400;De Wei;kaas\n")
    assert again.mapping == {"waar": "postcode", "wie": "name", "wat": "products"}
    assert again.rows.get().facts["name"] == "De Wei"
    assert ColumnMapping.objects.count() == 1
    assert look(MandateFactory(), now, text=f"{head}\na;b;c\n").mapping == {}


def test_columns_without_a_name_among_them_are_refused(coordinator, now):
    batch = look(coordinator, now)

    with pytest.raises(Refusal) as refused:
        actions.map_columns(batch=batch, mapping={"gsm": "phone"}, by=coordinator.person, now=now)

    assert refused.value.field == "name"


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"enterprise_number": "0403019261", "name": "Iets anders"}, "number"),
        ({"name": "HOEVE TER KRUIS", "postcode": "9500", "latitude": None, "longitude": None}, "name"),
    ],
)
def test_who_is_known_here_already_is_found(coordinator, now, known, reason):
    producer = ProducerFactory(coalition=coordinator.coalition, **known)

    row = look(coordinator, now).rows.first()

    assert (row.twin, row.twin_reason, row.choice) == (producer.pk, reason, "skip")


def test_a_neighbour_with_nearly_the_same_name_at_the_same_door_is_found(coordinator, now):
    producer = ProducerFactory(
        coalition=coordinator.coalition,
        name="Hoeve ’t Schaap",
        latitude=50.79,
        longitude=4.12,
        postcode="",
        place="",
    )
    text = "naam;lat;lon\nHoeve 't Schaapje;50.7901;4.1201\nEen heel andere hoeve;50.7901;4.1201\n"
    text += "Hoeve 't Schaap;50.9;4.3\n"

    rows = list(look(coordinator, now, text=text).rows.all())

    assert [(row.twin, row.twin_reason) for row in rows] == [(producer.pk, "door"), (None, ""), (None, "")]


def test_drafts_of_other_coalitions_are_not_told(coordinator, now):
    ProducerFactory(
        coalition=MandateFactory().coalition, state=Producer.State.DRAFT, name="Hoeve Ter Kruis", postcode="9500"
    )

    assert look(coordinator, now).rows.first().twin is None


def test_a_row_may_fill_in_what_is_empty_here_and_changes_nothing_that_stands(coordinator, now):
    producer = ProducerFactory(
        coalition=coordinator.coalition, state=Producer.State.DRAFT, name="Hoeve Ter Kruis", postcode="9500",
        latitude=None, longitude=None, story="Van ons", phone="",
    )  # fmt: skip
    batch = look(coordinator, now)
    actions.choose_rows(batch=batch, choices={1: "update", 2: "skip"}, by=coordinator.person, now=now)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    later = now + timedelta(minutes=1)
    actions.run_import(batch=batch, clock=lambda: later)

    producer.refresh_from_db()
    assert (producer.story, producer.phone, producer.postcode) == ("Van ons", "0472 12 34 56", "9500")
    assert producer.products.count() == 2

    batch.refresh_from_db()
    actions.undo_import(batch=batch, by=coordinator.person, now=later)
    producer.refresh_from_db()
    assert (producer.phone, producer.products.count()) == ("", 0)


def test_what_a_farmer_confirmed_waits_for_his_yes(coordinator, now):
    producer = ProducerFactory(
        coalition=coordinator.coalition, name="Hoeve Ter Kruis", enterprise_number="0403019261", phone=""
    )
    ProductFactory(producer=producer)
    batch = look(coordinator, now)
    actions.choose_rows(batch=batch, choices={1: "update"}, by=coordinator.person, now=now)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    actions.run_import(batch=batch, clock=lambda: now)

    producer.refresh_from_db()
    assert producer.phone == ""
    assert ProducerDraft.objects.get(producer=producer).facts["phone"] == "0472 12 34 56"

    batch.refresh_from_db()
    actions.undo_import(batch=batch, by=coordinator.person, now=now)
    assert not ProducerDraft.objects.exists()


def test_choices_that_a_row_does_not_have_are_refused(coordinator, now):
    batch = look(coordinator, now)

    for choices in ({3: "new"}, {1: "update"}, {1: "drop"}):
        with pytest.raises(Refusal), transaction.atomic():
            actions.choose_rows(batch=batch, choices=choices, by=coordinator.person, now=now)


def test_who_is_stopped_halfway_is_followed_without_doubles(coordinator, now, monkeypatch):
    monkeypatch.setattr(imports, "PIECE", 2)
    text = "naam;postcode\n" + "".join(f"Hoeve {n};9500\n" for n in range(7))
    batch = look(coordinator, now, text=text)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    write, written = imports._write, []

    def stumble(batch, row, *args):
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(row)
        write(batch, row, *args)

    monkeypatch.setattr(imports, "_write", stumble)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        actions.run_import(batch=batch, clock=lambda: now)
    monkeypatch.setattr(imports, "_write", write)

    assert not actions.run_imports_due(clock=lambda: now + timedelta(seconds=30)) or Producer.objects.count() == 7
    actions.run_imports_due(clock=lambda: now + timedelta(minutes=5))

    batch.refresh_from_db()
    assert batch.state == Batch.State.DONE
    assert sorted(Producer.objects.values_list("name", flat=True)) == [f"Hoeve {n}" for n in range(7)]
    assert Entry.objects.filter(verb=Verb.PRODUCERS_IMPORTED).count() == 1


def test_of_two_workers_one_has_the_batch(coordinator, now):
    batch = look(coordinator, now)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    Batch.objects.filter(pk=batch.pk).update(lease_until=now + timedelta(minutes=1))

    assert not actions.run_import(batch=batch, clock=lambda: now)
    assert actions.run_imports_due(clock=lambda: now) == 0
    assert not Producer.objects.exists()


def test_a_batch_is_confirmed_once(coordinator, now):
    batch = look(coordinator, now)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)

    for deed in (actions.confirm_import, actions.discard_import):
        with pytest.raises(Refusal), transaction.atomic():
            deed(batch=batch, by=coordinator.person, now=now)


def test_undoing_takes_back_what_nobody_touched_and_keeps_the_rest(coordinator, now):
    text = "naam;postcode\n" + "".join(f"Hoeve {n};9500\n" for n in range(5))
    batch = read_in(coordinator, now, text=text)
    zero, one, two, _three, _four = Producer.objects.order_by("name")
    later = now + timedelta(hours=1)
    actions.change_producer(
        producer=zero, coalition=batch.coalition, facts={"name": "Hoeve Nul"}, by=coordinator.person, now=later
    )
    Producer.objects.filter(pk=one.pk).update(state=Producer.State.ASKED)
    PhotoFactory(producer=two)

    counts = actions.undo_import(batch=batch, by=coordinator.person, now=later)

    assert counts == {"deleted": 2, "restored": 0, "kept": 3}
    assert set(Producer.objects.all()) == {zero, one, two}
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE
    assert Entry.objects.filter(verb=Verb.IMPORT_UNDONE).count() == 1
    with pytest.raises(Refusal):
        actions.undo_import(batch=batch, by=coordinator.person, now=later)


def test_a_confirmed_producer_of_elsewhere_is_listed_and_not_written_twice(coordinator, now):
    producer = ProducerFactory(coalition=MandateFactory().coalition, enterprise_number="0403019261")
    batch = look(coordinator, now)
    actions.choose_rows(batch=batch, choices={1: "update"}, by=coordinator.person, now=now)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)
    actions.run_import(batch=batch, clock=lambda: now)

    assert Listing.objects.filter(producer=producer, coalition=coordinator.coalition).exists()
    assert not ProducerDraft.objects.exists()
    batch.refresh_from_db()
    actions.undo_import(batch=batch, by=coordinator.person, now=now)
    assert not Listing.objects.filter(producer=producer, coalition=coordinator.coalition).exists()


def test_the_same_file_again_finds_everybody_known(coordinator, now):
    read_in(coordinator, now)

    again = look(coordinator, now)

    assert again.counts["known"] == 3
    assert set(again.rows.values_list("choice", flat=True)) == {"skip"}
    with pytest.raises(Refusal), transaction.atomic():
        actions.confirm_import(batch=again, by=coordinator.person, now=now)


def test_wicked_cells_stay_words(coordinator, now):
    text = "naam;omschrijving;lat;lon;website\n=cmd|' /C calc'!A0;'=1+1;4.1;50.8;javascript:alert(1)\n"

    row = look(coordinator, now, text=text).rows.get()

    assert row.facts["name"] == "=cmd|' /C calc'!A0"
    assert row.facts["story"] == "=1+1"
    assert (row.facts["latitude"], row.facts["website"]) == (None, "")
    assert {field for field, _words in row.problems} == {"latitude", "website"}


def test_what_nobody_confirmed_is_forgotten(coordinator, now):
    from coalition.intake.actions import forget_due

    batch = look(coordinator, now)

    assert forget_due(now=now + timedelta(days=13)) == 0
    assert forget_due(now=now + timedelta(days=15)) == 1
    assert not BatchRow.objects.exists()
    with pytest.raises(Refusal), transaction.atomic():
        actions.confirm_import(batch=batch, by=coordinator.person, now=now)


def test_the_real_places_are_read_in_with_an_honest_list_of_problems(coordinator, now, sample_data):
    raw = (sample_data / "farmshops" / "osm-flanders-east-2026-01.geojson").read_bytes()

    batch = read_in(coordinator, now, text=raw, name="osm.geojson")

    counts = batch.counts
    assert counts["rows"] == 414
    assert counts["made"] == Producer.objects.count() > 300
    assert counts["made"] + counts["skipped"] == 414
    assert counts.get("failed") == 0
    assert "ODbL" in batch.source
    assert all(producer.latitude and producer.source for producer in Producer.objects.all())
    assert not queries.public(now.date()).exists()


def test_who_is_erased_stands_in_no_row_and_no_file(coordinator, now):
    from coalition.intake import held
    from coalition.people.holdings import Subject

    text = "naam;mail;iets\nTer Kruis;jan@kruis.example;\nDe Wei;;vraag jan@kruis.example\nEik;an@eik.example;\n"
    batch = look(coordinator, now, text=text)
    subject = Subject(addresses=("jan@kruis.example",), person=None)
    assert [item.title for item in held._show(subject)] == ["hoeves.csv"]

    held._erase(subject, now)

    assert not BatchFile.objects.exists()
    assert [row.choice for row in batch.rows.all()] == ["skip", "new", "new"]
    assert not held._show(subject)
    actions.confirm_import(batch=batch, by=coordinator.person, now=now)


def test_a_row_that_the_database_will_not_have_is_told_and_stops_no_other(coordinator, now, monkeypatch):
    from django.db import IntegrityError

    draft = imports.draft_producer

    def stumble(**kwargs):
        if kwargs["facts"]["name"] == "De Wei":
            raise IntegrityError("no")
        return draft(**kwargs)

    monkeypatch.setattr(imports, "draft_producer", stumble)

    batch = read_in(coordinator, now)

    assert (batch.state, batch.counts["made"], batch.counts["failed"]) == (Batch.State.DONE, 1, 1)
    assert "De Wei" in batch.problems.get().place
