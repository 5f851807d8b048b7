"""On every address of the admin, whatever it is asked: nothing of another coalition is seen, nothing is changed."""

import time
from collections.abc import Iterable

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.cms.desk.admin_doors import Door, Knock, doors, knocks, unfilled
from tests.cms.desk.neighbours import SECRET, Neighbours, changes, make_neighbours
from tests.cms.signing_in import sign_in

pytestmark = pytest.mark.django_db
AWAY = ("//evil.example", "http://evil.example", "https://evil.example")


class Writes:
    """Whether anything but a visit was written."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "session" not in sql.split("WHERE")[0][:60]:
            self.any = True
        return execute(sql, params, many, context)


def knock(client: Client, asked: Knock) -> HttpResponse:
    headers = {"X-Requested-With": "XMLHttpRequest"} if asked.ajax else {}
    if asked.head:
        return client.head(asked.path, headers=headers)
    if asked.body is None:
        return client.get(asked.path, asked.query, headers=headers)
    return client.post(asked.path, asked.body, query_params=asked.query, headers=headers)


def told(response: HttpResponse) -> str:
    """All that an answer says: its body, where it leads, and what will be said on the next page."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    request = getattr(response, "wsgi_request", None)
    waiting = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    said = " ".join(str(message) for message in waiting)
    return f"{body.decode('utf-8', 'replace')} {response.get('Location', '')} {said}".lower()


def sweep(world: Neighbours, who: str, found: Iterable[Door]) -> list[str]:
    """What `who` found of the neighbours or did to them: an empty list when all is well."""
    client = Client()
    client.raise_request_exception = False
    sign_in(client, world.people[who])
    leaks = []
    for door in found:
        for asked in knocks(door, world):
            leaks += _try(world, client, asked)
    return leaks


def _try(world: Neighbours, client: Client, asked: Knock) -> list[str]:
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        response = knock(client, asked)
        text = told(response)
        changed = changes(world) if writes.any else []
        transaction.set_rollback(True)
    wrong = []
    if SECRET in text:
        at = text.index(SECRET)
        wrong.append(f"tells …{text[max(0, at - 60) : at + 20]}…")
    if response.status_code >= 500:
        wrong.append(f"breaks ({response.status_code})")
    if response.get("Location", "").startswith(AWAY):
        wrong.append("leads away")
    if response.get("Content-Type", "").startswith("image/"):
        wrong.append("shows a picture")
    return [f"{asked}: {response.status_code} {what}" for what in [*wrong, *changed]]


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_neighbours()


@pytest.mark.parametrize("who", ["coordinator", "editor", "representative", "farmer"])
def test_nobody_finds_anything_of_another_coalition(world, who):
    begun = time.perf_counter()
    leaks = sweep(world, who, doors())
    print(f"sweep as {who}: {time.perf_counter() - begun:.1f} s")  # noqa: T201

    import os

    os.environ.get("SWEEP_OUT") and open(os.environ["SWEEP_OUT"] + who, "w").write("\n".join(leaks))
    assert leaks == []


def test_every_gap_in_every_address_is_filled(world):
    assert unfilled(doors(), world) == []
