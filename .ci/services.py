"""For `.ci/run`: a database of its own on a PostgreSQL that answers, an empty Redis database, and counting tests."""

import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree import ElementTree

PLACES = [
    "postgres://root@127.0.0.1:5432",
    "postgres://postgres@127.0.0.1:5432",
    "postgres://postgres:postgres@127.0.0.1:5432",
]


def postgres(*where: str) -> str:
    """The address of a new, empty database, on the first server that lets us in; `where` is a file with its address."""
    import psycopg

    places = [Path(file).read_text().strip() for file in where] or PLACES
    for place in places:
        for _attempt in range(10 if where else 1):
            try:
                with psycopg.connect(f"{place}/postgres", connect_timeout=3, autocommit=True) as connection:
                    name = f"coalition_{uuid4().hex[:12]}"
                    connection.execute(f'CREATE DATABASE "{name}"')
                    return f"{place}/{name}"
            except psycopg.Error:
                time.sleep(1 if where else 0)
    sys.exit("no PostgreSQL lets us in")


def drop(url: str) -> None:
    """Remove the database that `postgres` made, and what the suite left beside it."""
    import psycopg

    place, _, name = url.rpartition("/")
    with psycopg.connect(f"{place}/postgres", connect_timeout=3, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{name}%"]).fetchall()
        for (found,) in rows:
            connection.execute(f'DROP DATABASE IF EXISTS "{found}" WITH (FORCE)')


def redis(place: str = "redis://127.0.0.1:6379") -> str:
    """The address of a Redis database in which there is nothing yet."""
    from redis import Redis, RedisError

    try:
        for number in range(15, 0, -1):
            if Redis.from_url(f"{place}/{number}", socket_timeout=3).dbsize() == 0:
                return f"{place}/{number}"
    except RedisError as error:
        sys.exit(f"no Redis at {urlsplit(place).hostname}: {type(error).__name__}")
    sys.exit("no empty Redis database")


def ran(report: str) -> int:
    """How many tests really ran, after the report of one suite."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    return sum(int(suite.get("tests")) - int(suite.get("skipped")) for suite in suites)


def compare(one: str, other: str) -> str:
    """Fails when nothing ran, or fewer tests in the second report than in the first."""
    first, second = ran(one), ran(other)
    if not first or second < first:
        sys.exit(f"{first} tests ran on SQLite, {second} on PostgreSQL")
    return f"{first} tests ran on SQLite, {second} on PostgreSQL"


if __name__ == "__main__":
    commands = {"postgres": postgres, "drop": drop, "redis": redis, "compare": compare}
    answer = commands[sys.argv[1]](*sys.argv[2:])
    if answer:
        sys.stdout.write(f"{answer}\n")
