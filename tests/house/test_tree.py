"""Small files, finished work, nothing of the machine it was made on, and a database that fits the models."""

import re

import pytest
from django.core.management import call_command

from tests.house import tree

LONGEST = 400
# This folder names what it looks for, so it is not looked at.
LOOKERS = "tests/house"
UNFINISHED = re.compile("TODO|FIXME|XXX|NotImplementedError|placeholder impl|pragma: no cover|mark.xfail")
MACHINE_PATH = re.compile(r"(?<![\w.}$-])/(work|farm|root|home)/[a-z]")
WORDS = (".py", ".html", ".css", ".js", ".md", ".toml", ".yml", ".txt", ".json", ".po", ".example", "")


def too_long(text: str) -> bool:
    return len(text.splitlines()) > LONGEST


def test_no_file_is_longer_than_a_sitting():
    written = [path for path in tree.of(".py", ".html", ".css", ".js") if "migrations" not in path.parts]

    assert [str(path) for path in written if too_long(tree.text(path))] == []
    assert too_long("line\n" * (LONGEST + 1))
    assert not too_long("line\n" * LONGEST)


def test_nothing_is_left_unfinished():
    code = [path for path in tree.of(".py", ".html", ".css", ".js", ".typ") if not path.is_relative_to(LOOKERS)]

    assert len(code) > 100
    assert [str(path) for path in code if UNFINISHED.search(tree.text(path))] == []
    assert UNFINISHED.search("# TODO: later")


def test_no_path_of_anybodys_machine_is_written_down():
    files = [path for path in tree.files() if path.suffix in WORDS and not path.is_relative_to(LOOKERS)]

    assert [str(path) for path in files if MACHINE_PATH.search(tree.text(path))] == []
    assert MACHINE_PATH.search("open('/root/notes')")
    assert not MACHINE_PATH.search("https://example.org/home/page")


def test_no_package_is_fetched_from_a_named_host():
    pins = ["requirements.txt", "requirements-dev.txt", "package-lock.json"]

    for name in pins:
        assert not re.search(r'index-url|find-links|"resolved"', (tree.ROOT / name).read_text()), name


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out


def test_no_room_is_called_what_has_no_name():
    nameless = {"utils.py", "helpers.py", "misc.py", "common_utils.py", "views.py"}

    assert [str(path) for path in tree.of(".py") if path.name in nameless] == []
