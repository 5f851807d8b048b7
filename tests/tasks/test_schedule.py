from importlib import import_module

from tasks import schedule
from tasks.celery import app


def test_every_entry_of_the_clock_is_a_task_of_that_name():
    for entry in schedule.CLOCK:
        module, _dot, function = entry.function.rpartition(".")
        assert getattr(import_module(module), function).name == entry.name


def test_beat_rings_every_entry_in_plain_intervals_and_in_utc():
    assert set(app.conf.beat_schedule) == {entry.name for entry in schedule.CLOCK}
    assert all(isinstance(entry["schedule"], float) for entry in app.conf.beat_schedule.values())
    assert all(0 < entry["options"]["expires"] < entry["schedule"] for entry in app.conf.beat_schedule.values())
    assert app.conf.timezone == "UTC"
    assert app.conf.result_backend is None


def test_a_worker_knows_every_task_of_the_clock():
    app.loader.import_default_modules()

    assert {entry.name for entry in schedule.CLOCK} <= set(app.tasks)


def test_the_bell_of_the_post_office_names_a_task():
    from coalition.mail.actions import BELL

    assert BELL in {entry.name for entry in schedule.CLOCK}
