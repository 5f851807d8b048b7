"""Processes that are watched over: heard, started again when they fall, and ended in good order."""

import os
import subprocess
import sys
import time

import pytest

from tasks.supervisor import Child, Supervisor


@pytest.fixture
def heard():
    return []


@pytest.fixture
def supervisor(heard, tmp_path):
    supervisor = Supervisor(say=lambda name, line: heard.append((name, line)), folder=tmp_path)
    yield supervisor
    if not supervisor.stopping:
        supervisor.end(last="")


def child(name: str, script: str) -> Child:
    return Child(name, ["/bin/sh", "-c", script], os.environ)


def watch_until(supervisor, true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        supervisor.watch(0.05)
    assert true()


def test_every_line_is_heard_with_the_name_of_who_said_it(supervisor, heard):
    supervisor.add(child("one", "printf 'caf\\303\\251\\nhalf'; sleep 0.3; echo ' a line'; sleep 60"))

    watch_until(supervisor, lambda: len(heard) == 2)

    assert heard == [("one", "café"), ("one", "half a line")]


def test_who_falls_is_started_again_after_a_pause_that_grows(supervisor, heard):
    supervisor.add(child("one", "echo up; exit 3"))

    watch_until(supervisor, lambda: len(heard) >= 5)

    fell = "ended unexpectedly (exit status 3); starting again in {} s"
    assert [line for _, line in heard][:5] == ["up", fell.format(1), "up", fell.format(2), "up"]


def test_a_child_takes_its_own_children_along(supervisor, tmp_path):
    supervisor.add(child("one", "sleep 60 & echo $! > grandchild; wait"))
    watch_until(
        supervisor, lambda: (tmp_path / "grandchild").exists() and (tmp_path / "grandchild").read_text().strip()
    )

    supervisor.end(last="")

    grandchild = int((tmp_path / "grandchild").read_text())
    assert subprocess.run(
        ["ps", "-o", "stat=", "-p", str(grandchild)], capture_output=True, text=True
    ).stdout.strip() in (
        "",
        "Z",
    )


def test_who_does_not_stop_is_killed_and_the_last_one_goes_last(supervisor, heard):
    supervisor.add(child("bell", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"))
    supervisor.add(child("deaf", "trap '' TERM; echo up; while :; do sleep 0.05; done"))
    watch_until(supervisor, lambda: len(heard) == 2)

    started = time.monotonic()
    supervisor.end(last="bell", patience=0.5)

    assert time.monotonic() - started < 10
    assert heard[2:] == [("deaf", "does not stop; killed"), ("bell", "bye")]


def test_the_leash_is_not_lost_on_the_way():
    """A child whose parent is gone before it was tied to it does not start at all."""
    from tasks.supervisor import _LEASH

    done = subprocess.run([sys.executable, "-c", _LEASH, "1", "/bin/echo", "up"], capture_output=True, check=False)

    assert (done.returncode, done.stdout) == ((1, b"") if sys.platform == "linux" else (0, b"up\n"))
