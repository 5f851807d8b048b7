"""Reading in a list of 5,000 producers: seconds to look at it and to write it, memory on top of that for 500 rows;
then the same producers as GeoJSON: milliseconds and kilobytes.

`python -m tests.bench imports` makes a clean SQLite database of its own; on PostgreSQL too where DATABASE_URL names a
server (the measurement makes and drops a test database there).
"""

import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS, FEW = 5_000, 500
MOST_SECONDS, MOST_MILLISECONDS, MOST_KILOBYTES = 30.0, 150.0, 250.0
# What a run with ten times the rows may take on top: the file itself, and pieces of it.
MOST_MEGABYTES = 60.0
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HEAD = "naam;straat;nr;postcode;gemeente;lat;lon;gsm;e-mail;producten;openingsuren;verkoop;bio\r\n"
OFFER = ("aardappelen, melk", "eitjes, kaas, prei", "aardbeien, appelsap", "rundvlees", "honing, walnoten")


def run() -> dict:
    """One row for each database that is there."""
    env = dict(os.environ)
    server = env.pop("DATABASE_URL", "")
    rows = []
    with tempfile.TemporaryDirectory(prefix="imports-") as scratch:
        ways = {"SQLite": f"sqlite:///{Path(scratch) / 'bench.sqlite3'}"}
        if server.startswith("postgres"):
            ways["PostgreSQL"] = server
        for name, url in ways.items():
            here = env | {"DATABASE_URL": url, "VAR_DIR": scratch}
            few = _measured(here, FEW)
            many = _measured(here, ROWS)
            rows.append({"database": name} | many | {"MB more than for 500": many["MB"] - few["MB"]})
    failures = [f"{row['database']}: {words}" for row in rows for words in _broken(row)]
    return {"title": f"Import of {ROWS} rows, and the same as GeoJSON", "rows": rows, "failures": failures}


def _broken(row: dict) -> list[str]:
    promises = {
        "seconds": MOST_SECONDS, "GeoJSON ms": MOST_MILLISECONDS, "GeoJSON kB": MOST_KILOBYTES,
        "MB more than for 500": MOST_MEGABYTES,
    }  # fmt: skip
    return [f"{name} is {row[name]:.1f}, over {most:.0f}" for name, most in promises.items() if row[name] > most]


def _measured(env: dict[str, str], rows: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.imports", str(rows)], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def table(rows: int) -> bytes:
    """A list as a town hall keeps it, the same in every run."""
    lines = (
        f"Hoeve {n};Dorpsstraat;{n % 200 + 1};{1500 + n % 500};Dorp {n % 90};{50.6 + n % 70 * 0.012:.5f};"
        f"{3.8 + n // 70 * 0.012:.5f};047{n:07};h{n}@hoeve.example;{OFFER[n % 5]};Ma-Vr 9-12u, za 9-17u;"
        f"hoevewinkel;{'ja' if n % 4 == 0 else ''}\r\n"
        for n in range(rows)
    )
    return (HEAD + "".join(lines)).encode("utf-8-sig")


def _in_this_process(rows: int) -> dict:
    """Make a test database, read in, give out, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _read_in(rows) | _give_out()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _read_in(rows: int) -> dict:
    from coalition.intake.models import Batch
    from coalition.producers import actions
    from coalition.producers.models import Producer
    from tests.factories import CoalitionFactory

    coalition = CoalitionFactory(slug="bench")
    begun = time.perf_counter()
    batch = actions.start_import(coalition=coalition, file_name="hoeves.csv", raw=table(rows), by=None, now=NOW)
    looked = time.perf_counter()
    actions.confirm_import(batch=batch, by=None, now=NOW)
    actions.run_import(batch=batch)
    done = time.perf_counter()
    batch.refresh_from_db()
    if batch.state != Batch.State.DONE or Producer.objects.count() != rows:
        raise RuntimeError(f"{Producer.objects.count()} of {rows}: {batch.counts}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"looked at, s": looked - begun, "written, s": done - looked, "seconds": done - begun, "MB": peak}


def _give_out() -> dict:
    from cms.feeds.producers import collection
    from coalition.membership.models import Coalition
    from coalition.producers.models import Listing, Producer, Product

    Producer.objects.update(state="confirmed", confirmed_at=NOW)
    Product.objects.update(allergen_state="none")
    Listing.objects.update(as_guest=True, reason="bench")
    coalitions = list(Coalition.objects.all())
    took, content = [], b""
    for _time in range(7):
        begun = time.perf_counter()
        content = json.dumps(collection(coalitions, date(2026, 11, 24)), ensure_ascii=False).encode()
        took.append((time.perf_counter() - begun) * 1000)
    return {"GeoJSON ms": statistics.median(took), "GeoJSON kB": len(gzip.compress(content, 6)) / 1000}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")
    print(json.dumps(_in_this_process(int(sys.argv[1]))))
