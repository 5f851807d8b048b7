"""Every contract bites: what each one forbids is planted in a copy of the house, and must be found."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import tree

PYPROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
BANS = list(PYPROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"])
ROOMS = CONTRACTS["grammar"]["containers"]

PLANTED = [
    ("roof", "cms/base/planted.py", "from tasks import apps"),
    ("roof", "tasks/planted.py", "from cms.pages import home"),
    ("roof", "coalition/base/planted.py", "from cms import apps"),
    ("floors", "coalition/base/planted.py", "from coalition.people import models"),
    ("floors", "coalition/membership/planted.py", "from coalition.digests import models"),
    ("floors", "coalition/evidence/planted.py", "from coalition.membership import actions"),
    ("floors", "coalition/activity/planted.py", "from coalition.mail import models"),
    ("floors", "coalition/people/planted.py", "from coalition.territory import models"),
    ("floors", "coalition/attic/__init__.py", ""),
    ("strangers", "coalition/mail/planted.py", "from celery import shared_task"),
    ("strangers", "coalition/membership/planted.py", "from wagtail.models import Page"),
    ("readers", "cms/pages/planted.py", "from coalition.membership import actions"),
    ("readers", "cms/blocks/planted.py", "from coalition.activity.actions import record"),
    ("readers", "cms/feeds/planted.py", "from coalition.activity import actions"),
    ("geometry", "coalition/territory/planted.py", "import shapely"),
    ("geometry", "cms/pages/planted.py", "from shapely.geometry import Point"),
    ("geometry", "coalition/base/planted.py", "import numpy"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The code of the house, where nobody lives."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    for floor in ("coalition", "cms", "tasks"):
        unneeded = shutil.ignore_patterns("__pycache__", "static", "*.mo")
        shutil.copytree(tree.ROOT / floor, folder / floor, ignore=unneeded)
    return folder


@pytest.fixture
def plant(copy):
    """Write a file into the copy for the length of one test; a file that exists gets the line at its end."""
    undo = []

    def write(name: str, line: str) -> None:
        path = copy / name
        before = path.read_text() if path.exists() else None
        undo.append((path, before))
        path.parent.mkdir(exist_ok=True)
        path.write_text((before or "") + line + "\n")

    yield write
    for path, before in undo:
        if before is not None:
            path.write_text(before)
        elif path.name == "__init__.py":
            shutil.rmtree(path.parent)
        else:
            path.unlink()


def lint_imports(folder: Path, contract: str | None = None) -> tuple[int, str]:
    chosen = ["--contract", contract] if contract else []
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", *chosen]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def ruff(folder: Path, name: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_house_keeps_its_contracts(copy):
    status, report = lint_imports(copy)

    assert status == 0, report
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in report


@pytest.mark.parametrize(("contract", "name", "line"), PLANTED, ids=lambda value: str(value).replace(" ", "_"))
def test_a_planted_violation_is_found(copy, plant, contract, name, line):
    plant(name, line)

    status, report = lint_imports(copy, contract)

    assert status == 1, report
    assert f"{CONTRACTS[contract]['name']} BROKEN" in report
    assert name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in report


@pytest.mark.parametrize("room", ROOMS)
def test_the_grammar_bites_in_every_room(copy, plant, room):
    folder = room.replace(".", "/")
    for lower in ("rules", "actions"):
        if not (copy / folder / f"{lower}.py").exists():
            plant(f"{folder}/{lower}.py", "")
    plant(f"{folder}/rules.py", f"from {room} import actions")

    status, report = lint_imports(copy, "grammar")

    assert status == 1, report
    assert f"{room}.rules is not allowed to import {room}.actions" in report


def test_every_contract_has_a_planted_violation():
    assert {contract for contract, _, _ in PLANTED} | {"grammar"} == set(CONTRACTS)


def test_every_room_with_a_grammar_is_held_to_it():
    words = ("rules.py", "models.py", "queries.py", "actions.py")
    rooms = {path.parent for path in tree.of(".py", under="coalition") if path.name in words and len(path.parts) == 3}

    assert {".".join(room.parts) for room in rooms} - {"coalition.base"} <= set(ROOMS)


def test_tasks_may_ask_of_pages_what_is_due(copy, plant):
    plant("tasks/planted.py", "from cms import due")
    if not (copy / "cms/due.py").exists():
        plant("cms/due.py", "")

    status, report = lint_imports(copy, "roof")

    assert status == 0, report


@pytest.mark.parametrize("ban", BANS)
def test_what_coalition_may_not_know_is_found(copy, plant, ban):
    package, _, name = ban.rpartition(".")
    plant("coalition/membership/planted.py", f"from {package} import {name}\nimport {ban}")

    status, report = ruff(copy, "coalition")

    assert status == 1
    assert report.count("TID251") == 2
    assert ban in report


def test_cms_may_know_the_web(copy, plant):
    plant("cms/base/planted.py", "from django.http import HttpRequest")

    assert ruff(copy, ".")[0] == 0
