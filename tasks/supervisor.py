"""One terminal for many processes: starts them, prefixes what they say, starts again what falls, ends them all.

No child outlives the parent: on Linux the kernel ends them even when the parent is killed, and each child leads a
process group of its own, so that its own children go with it.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Run by the child before it becomes what it shall be: prctl(PR_SET_PDEATHSIG, SIGTERM) survives exec.
_LEASH = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 15)
    if os.getppid() != int(sys.argv[1]):
        sys.exit(1)
os.execvp(sys.argv[2], sys.argv[2:])
"""
_LONGEST_PAUSE = 30.0
_LONG_ENOUGH = 30.0


@dataclass
class Child:
    """One process that should stay; `start_at` is when it is to be started (again), or None."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float | None = None
    falls: int = 0
    unfinished_line: bytes = b""


@dataclass
class Supervisor:
    """Children are started in `folder`; `say(name, line)` gets every line they say and every word about them."""

    say: Callable[[str, str], None]
    folder: Path
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def __post_init__(self) -> None:
        self.selector = selectors.DefaultSelector()

    def add(self, child: Child) -> None:
        """Start one more process now."""
        self.children.append(child)
        self._start(child)

    def listen_for_the_end(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal mean: stop in good order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def watch(self, seconds: float = 0.2) -> None:
        """Pass on what is said for `seconds`, and start again what has fallen."""
        for key, _ in self.selector.select(seconds):
            self._hear(key.data)
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._fell(child)
            if child.start_at is not None and time.monotonic() >= child.start_at and not self.stopping:
                self._start(child)

    def end(self, *, last: str, patience: float = 8.0) -> None:
        """Ask all children to stop, `last` after the others (they may still need it); then kill by id what remains."""
        deadline = time.monotonic() + patience
        self._ask([child for child in self.children if child.name != last], deadline)
        self._ask([child for child in self.children if child.name == last], deadline + 2)
        self.selector.close()

    def _start(self, child: Child) -> None:
        child.start_at = None
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603  commands of our own making
            [sys.executable, "-I", "-S", "-c", _LEASH, str(os.getpid()), *child.command],
            env=dict(child.env),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches the supervisor alone, which then ends all in good order.
            start_new_session=True,
        )
        self.selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _hear(self, child: Child) -> bool:
        data = os.read(child.process.stdout.fileno(), 65536)
        if not data:
            self.selector.unregister(child.process.stdout)
            return False
        *lines, child.unfinished_line = (child.unfinished_line + data).split(b"\n")
        for line in lines:
            self.say(child.name, line.decode(errors="replace"))
        return True

    def _hear_the_rest(self, child: Child) -> None:
        """What was said before the end; a grandchild may hold the pipe open, so nothing is waited for."""
        os.set_blocking(child.process.stdout.fileno(), False)
        try:
            while child.process.stdout in self.selector.get_map() and self._hear(child):
                pass
        except BlockingIOError:
            self.selector.unregister(child.process.stdout)
        if child.unfinished_line:
            self.say(child.name, child.unfinished_line.decode(errors="replace"))
            child.unfinished_line = b""
        child.process.stdout.close()

    def _fell(self, child: Child) -> None:
        code, process = child.process.returncode, child.process
        self._hear_the_rest(child)
        _kill_group(process.pid)
        child.process = None
        if self.stopping:
            return
        child.falls = 1 if time.monotonic() - child.started_at > _LONG_ENOUGH else child.falls + 1
        pause = min(2.0 ** (child.falls - 1), _LONGEST_PAUSE)
        child.start_at = time.monotonic() + pause
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        self.say(child.name, f"ended unexpectedly ({how}); starting again in {pause:.0f} s")

    def _ask(self, children: list[Child], deadline: float) -> None:
        self.stopping = True
        for child in children:
            if child.process is not None:
                child.process.terminate()
        while any(child.process for child in children) and time.monotonic() < deadline:
            self.watch(0.05)
        for child in children:
            if child.process is not None:
                self.say(child.name, "does not stop; killed")
                _kill_group(child.process.pid)
                child.process.wait()
                self._fell(child)


def _kill_group(leader: int) -> None:
    """Kill whatever is left of the process group that `leader` led."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
