import socket
import time

import pytest

from tasks import bell
from tasks.celery import app


@pytest.fixture
def broker(monkeypatch):
    """Let the rope lead to another broker, for one test."""

    def use(url: str) -> None:
        monkeypatch.setattr(bell, "_silent_until", 0.0)
        connection = app.connection_for_write
        monkeypatch.setattr(app, "connection_for_write", lambda **options: connection(url, **options))

    return use


def test_a_broker_that_is_away_costs_nothing_and_is_left_alone_for_a_while(broker, caplog):
    broker("redis://127.0.0.1:1/0")

    began = time.monotonic()
    for _ in range(20):
        bell.ring("mail.deliver")

    assert time.monotonic() - began < 1
    assert caplog.text.count("the broker is away") == 1


def test_a_broker_that_answers_nothing_costs_a_second_and_no_more(broker, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")

        began = time.monotonic()
        bell.ring("mail.deliver")
        bell.ring("mail.deliver")

        assert time.monotonic() - began < 1.5
    assert "the broker is away" in caplog.text


def test_a_ring_is_one_message_that_names_the_task(broker):
    broker("memory://rope")

    bell.ring("mail.deliver")

    with app.connection_for_read("memory://rope") as connection:
        message = connection.SimpleQueue("celery").get(timeout=1)
    assert message.headers["task"] == "mail.deliver"
    assert message.headers["expires"] is not None
