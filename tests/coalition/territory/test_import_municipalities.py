"""The command: a file in, a report out, all or nothing."""

import io

import pytest
from django.core.management import CommandError, call_command

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.intake.models import Batch
from coalition.territory.models import Municipality
from coalition.territory.queries import find
from tests.coalition.territory.files import AFTER, BEFORE, MERGERS, boundary_file, feature

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def _run(content, *options, mergers=None, name="gemeenten-2025.geojson"):
        (tmp_path / name).write_bytes(content)
        if mergers is not None:
            (tmp_path / "fusies.csv").write_bytes(mergers)
            options = [*options, "--mergers", str(tmp_path / "fusies.csv")]
        out = io.StringIO()
        call_command("import_municipalities", str(tmp_path / name), *options, stdout=out)
        return out.getvalue()

    return _run


def test_a_file_is_read_in_recorded_and_reported(run):
    report = run(AFTER, mergers=MERGERS)

    assert "Pajottegem (23106)" in report
    assert "5 changed, 0 unchanged" in report
    assert Batch.objects.get().state == Batch.State.DONE
    assert Entry.objects.get().verb == Verb.MUNICIPALITIES_IMPORTED


def test_a_second_time_nothing_changes_and_nothing_is_remembered(run):
    run(AFTER, mergers=MERGERS)

    assert "0 changed, 5 unchanged" in run(AFTER, mergers=MERGERS)
    assert Entry.objects.count() == 1


def test_the_day_may_be_said_or_stand_in_the_file_name(run, now):
    run(BEFORE, "--valid-from", "2019-01-01", name="oud.geojson")
    run(AFTER, "--valid-from", "2025-01-01", name="nieuw.geojson")

    assert find("Herne", now.date())[0].municipality.name_nl == "Pajottegem"


@pytest.mark.parametrize(
    ("content", "mergers", "sentence"),
    [
        (AFTER[:300], None, "stops halfway"),
        (
            boundary_file(feature("23104", "Lennik"), feature("2", "Twee")),
            None,
            "feature 2 .2, Twee.: “2” is not a NIS code",
        ),
        (AFTER, b"Herne (xxxxx),Pajottegem (23106)\nA,B", "fusies.csv row 1"),
        (AFTER.replace(b'"23104"', b'"23032"'), MERGERS, "It has merged, and still has a boundary"),
    ],
)
def test_a_broken_file_is_refused_with_nothing_written_but_the_ledger(run, content, mergers, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(content, mergers=mergers)

    assert not Municipality.objects.exists()
    assert not Entry.objects.exists()
    batch = Batch.objects.get()
    assert batch.state == Batch.State.REFUSED
    assert batch.problems.count() >= 1


def test_a_dry_run_reports_and_writes_only_that_it_looked(run):
    report = run(AFTER, "--dry-run", mergers=MERGERS)

    assert "Pajottegem (23106)" in report
    assert not Municipality.objects.exists()
    assert Batch.objects.get().state == Batch.State.PREVIEWED


def test_an_oversized_file_is_refused_unread(tmp_path):
    path = tmp_path / "groot.geojson"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(CommandError, match="larger than 30 MB"):
        call_command("import_municipalities", str(path))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_municipalities", str(tmp_path / "nergens.geojson"))


def test_the_real_editions_are_read_one_after_the_other(sample_data, now):
    folder = sample_data / "boundaries"
    out = io.StringIO()
    call_command("import_municipalities", str(folder / "flanders-2019.geojson"), stdout=out)
    for _time in range(2):
        call_command(
            "import_municipalities", str(folder / "flanders-2025.geojson"),
            mergers=folder / "fusies-2025.csv", source="Statbel", stdout=out,
        )  # fmt: skip

    current = Municipality.objects.on(now.date())
    assert current.count() == 304
    assert current.exclude(nis__startswith="21").count() == 285
    assert Municipality.objects.filter(successor__isnull=False).count() == 27
    assert Municipality.objects.get(nis="11002").valid_until is None
    assert Municipality.objects.get(nis="11007").successor.nis == "11002"
    assert not Municipality.objects.filter(name_nl__contains="(").exists()
    assert [m.municipality.name_nl for m in find("Herne", now.date())][0] == "Pajottegem"
    assert "0 changed, 331 unchanged" in out.getvalue()


@pytest.mark.parametrize("name", ["belgium-2019-bmesuere.topojson", "fusies-2025.csv", "REFNIS-2019-TU_COM_REFNIS.txt"])
def test_real_files_of_another_kind_are_refused(sample_data, name):
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_municipalities", str(sample_data / "boundaries" / name))

    assert not Municipality.objects.exists()
