"""The cache on a real server, and what becomes of pages when that server stops, comes back or was never there."""

import socket
import subprocess
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.core.cache import cache
from django.db import transaction

from coalition.base import freshness
from coalition.membership.actions import change_coalition
from tasks.management.commands.run import _bell_server
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db


class Server:
    """A Redis-compatible server of this test's own, on a free port, that can be stopped and started again."""

    def __init__(self, program: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.program, self.process = program, None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        for _attempt in range(100):
            try:
                client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(timeout=10)


@pytest.fixture
def server(settings) -> Iterator[Server]:
    program = _bell_server()
    if program is None:
        pytest.skip("no Redis-compatible server on this machine")
    found = Server(program)
    found.start()
    settings.CACHES = {
        "default": {
            "BACKEND": "coalition.base.forgiving.ForgivingRedisCache",
            "LOCATION": found.url,
            "KEY_PREFIX": uuid4().hex,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
    yield found
    found.stop()


@pytest.fixture
def at_once(monkeypatch):
    """Run what waits for a commit at once: a test's transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda what, robust=False, using=None: what())


def test_pages_are_kept_on_the_server_and_new_after_a_publish(client, server, at_once):
    space = make_space("pajotse-velden")
    client.get("/pajotse-velden/")

    assert client.get("/pajotse-velden/")["X-Cache"] == "hit"
    publish_news(space, title="Zomerprei")
    assert "Zomerprei" in client.get("/pajotse-velden/").content.decode()


def test_pages_are_made_anew_while_the_server_is_away(client, server, at_once):
    space = make_space("pajotse-velden")
    client.get("/pajotse-velden/")
    server.stop()

    publish_news(space, title="Zomerprei")

    assert "Zomerprei" in client.get("/pajotse-velden/").content.decode()
    assert client.get("/pajotse-velden/")["X-Cache"] == "miss"
    server.start()


def test_what_changed_while_the_server_could_not_be_reached_is_not_shown_old_afterwards(
    client, server, at_once, settings, now
):
    space = make_space("pajotse-velden")
    client.get("/pajotse-velden/")
    reachable = settings.CACHES["default"]["LOCATION"]

    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    change_coalition(coalition=space.coalition, by=None, now=now, subtitle="Nieuwe ondertitel")
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": reachable}}

    assert "Nieuwe ondertitel" in client.get("/pajotse-velden/").content.decode()


def test_without_a_server_the_cache_is_empty_and_says_what_it_could_not_write(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "coalition.base.forgiving.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }

    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a"]) == {}
    assert cache.set("a", 1) is None
    assert cache.set_many({"a": 1, "b": 2}) == ["a", "b"]
    assert cache.add("a", 1) is False
    assert cache.delete("a") is False
    assert cache.incr("a") == 1
    assert cache.has_key("a") is False
    assert freshness.remembered("a", lambda: "made") == "made"
