"""Fixtures for tests that need a working post office: trial kinds of letters, and a mail server to talk to."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from coalition.mail import kinds
from tests.tasks import trial
from tests.tasks.sink import Sink


@pytest.fixture(autouse=True)
def trial_kinds(settings: Settings) -> Iterator[None]:
    """Kinds of letters that belong to no room, for the time of a test."""
    before = dict(kinds._kinds)
    trial.register_kinds()
    settings.TEMPLATES = [
        {**engine, "DIRS": [*engine["DIRS"], trial.TEMPLATES]} if index == 0 else engine
        for index, engine in enumerate(settings.TEMPLATES)
    ]
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def use_smtp(settings: Settings) -> Callable[[int], None]:
    """Let this process send by SMTP to a port on this machine."""

    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 1

    return use


@pytest.fixture
def sink(use_smtp: Callable[[int], None]) -> Iterator[Sink]:
    """A mail server to which this process sends."""
    with Sink() as server:
        use_smtp(server.port)
        yield server
