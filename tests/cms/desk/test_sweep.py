"""On every address of the admin, whatever it is asked: nothing of another coalition is seen, nothing is changed."""

import re
import time
from collections.abc import Iterable
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.cms.desk.admin_doors import Door, Knock, doors, knocks, paths, unfilled
from tests.cms.desk.neighbours import BAIT, SECRET, Neighbours, changes, make_neighbours
from tests.cms.signing_in import sign_in

pytestmark = pytest.mark.django_db
ICONS = "/admin/sprite/"
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
AWAY = ("//evil.example", "http://evil.example", "https://evil.example")


class Writes:
    """Into which tables anything was written; what cascades is written by Django, table by table."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        written = WRITTEN.match(sql)
        if written:
            self.tables.add(written.group(1))
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
    client, leaks = sign_in(Client(raise_request_exception=False), world.people[who]), []
    for door in found:
        for asked in knocks(door, world, thorough=who == "coordinator"):
            leaks += _try(world, client, asked)
    return leaks


def _try(world: Neighbours, client: Client, asked: Knock) -> list[str]:
    writes, cookies = Writes(), client.cookies.copy()
    with transaction.atomic(), connection.execute_wrapper(writes):
        response = knock(client, asked)
        text = told(response)
        changed = changes(world, writes.tables) if writes.tables else []
        transaction.set_rollback(True)
    # One of the doors is the way out: the next one is tried by the same person all the same.
    client.cookies = SimpleCookie(cookies)
    wrong = []
    if SECRET in text:
        at = text.index(SECRET)
        wrong.append(f"tells …{text[max(0, at - 60) : at + 20]}…")
    if response.status_code >= 500:
        wrong.append(f"breaks ({response.status_code})")
    if response.get("Location", "").startswith(AWAY):
        wrong.append("leads away")
    if response.get("Content-Type", "").startswith("image/") and asked.path != ICONS:
        wrong.append("shows a picture")
    return [f"{asked}: {response.status_code} {what}" for what in [*wrong, *changed]]


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_neighbours()


@pytest.mark.parametrize("who", ["coordinator", "editor", "representative", "farmer"])
def test_nobody_finds_anything_of_another_coalition(world, who, capsys):
    begun = time.perf_counter()

    leaks = sweep(world, who, doors())

    with capsys.disabled():
        print(f"sweep as {who}: {time.perf_counter() - begun:.0f} s")  # noqa: T201
    assert not leaks, "\n".join(leaks[:30])


def test_the_secrets_are_there_for_who_may_know_them(world):
    """Without this, a sweep before closed doors would prove nothing."""
    found = {who: _secrets_seen_by(world, who) for who in ("superuser", "their coordinator")}

    assert found["superuser"] >= {
        "asker", "below", "coalition", "comment", "corner", "decision", "decisionurl", "document", "documentfile",
        "confirmed", "draft", "duration", "image", "invited", "lead", "live", "locked", "message", "person", "phone",
        "private", "producer", "reply", "subtitle", "tag", "task", "voice", "workflow",
    }  # fmt: skip
    assert found["their coordinator"] >= {
        "asker", "below", "coalition", "comment", "confirmed", "decision", "document", "draft", "duration", "image",
        "invited", "live", "message", "phone", "principles", "private", "producer", "tag", "voice",
    }  # fmt: skip


def _secrets_seen_by(world: Neighbours, who: str) -> set[str]:
    client = sign_in(Client(raise_request_exception=False), world.people[who])
    seen: set[str] = set()
    for door in (door for door in doors() if door.path != "admin/logout/"):
        for path in paths(door, world):
            seen.update(re.findall(f"{SECRET}([a-z]+)", told(client.get(path, {"term": BAIT}))))
            if "edit" not in path and "inspect" not in path:
                break
    return seen


def test_every_gap_in_every_address_is_filled(world):
    assert unfilled(doors(), world) == []


@pytest.fixture
def planted(settings):
    settings.ROOT_URLCONF = "tests.cms.desk.planted"


def test_a_viewset_without_the_scoped_base_is_found(world, planted):
    leaks = sweep(world, "coordinator", doors("admin/planted/records/"))

    assert any("tells" in leak for leak in leaks)
    assert any("changed or gone" in leak for leak in leaks)


def test_an_address_with_a_gap_that_nobody_filled_is_found(world, planted):
    assert unfilled(doors(), world) == ["admin/planted/unheard-of/{something_id}/"]
