"""Whoever watches over the machines is told the truth, and no more than that."""

import pytest
from django.db import connection
from django.test import override_settings

from cms.base import health

NO_CACHE_THERE = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://:a-secret-word@127.0.0.1:9",
    }
}


@pytest.fixture(autouse=True)
def newly_started(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


@pytest.mark.django_db
def test_a_living_process_says_so_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_means_database_migrations_and_cache(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok", "cache": "ok"})


@pytest.mark.django_db
def test_migrations_are_looked_up_once(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_a_missing_migration_is_named(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'coalition'")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrations"], answer.json()["database"]) == (503, "failed", "ok")


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_is_named_without_its_password(client):
    with override_settings(CACHES=NO_CACHE_THERE):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["cache"]) == (503, "failed")
    assert b"a-secret-word" not in answer.content


def test_a_database_that_does_not_answer_is_named(client):
    """Without the `django_db` mark every query is refused, as by a database that is gone."""
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"], answer.json()["migrations"]) == (503, "failed", "failed")


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["/healthz", "/readyz"])
def test_the_doors_only_answer_questions(client, door):
    assert client.post(door).status_code == 405
