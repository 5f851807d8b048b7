"""Search over 10,000 public pages: rows in the index, time to build it, and milliseconds for fifty questions.

`python -m tests.bench search` makes a clean SQLite database of its own; on PostgreSQL where DATABASE_URL names a server
(the measurement makes and drops a test database there). BENCH=full takes 10,000 pages, else 2,000.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = 10_000 if os.environ.get("BENCH") == "full" else 2_000
WORDS_PER_PAGE = 180
BATCH = 200
MOST_QUERIES = 12
BEGINNINGS = (
    "boeren markt kaas appel melk graan groen hoeve veld fruit brood bier zuivel ei vlees land".split()  # noqa: SIM905
)
ENDS = "markt gids winkel punt ronde kaart dag week plan raad werking straat hof boer kramer feest route lijst".split()  # noqa: SIM905
COMMON = "de het een van en in op te met voor is aan bij ook naar uit om zijn wij onze".split()  # noqa: SIM905
QUESTIONS = [
    "markt", "boerenmarkt", "kaas", "makrt", "boerenmrakt", "de markt", "markt kaas", "hoeve", "fruitroute", "zuivel",
    "appel melk", "dorpsfeest", "vlees", "brood bier", "streekgids", "groenweek", "graan", "landraad", "veldwerking",
    "eidag", "de", "een van de", "zzzzz", "kramer", "route",
]  # fmt: skip


def run() -> dict:
    """One row for each database that is there."""
    env = dict(os.environ)
    server = env.pop("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="search-") as scratch:
        ways = {"SQLite": f"sqlite:///{Path(scratch) / 'bench.sqlite3'}"}
        if server.startswith("postgres"):
            ways["PostgreSQL"] = server
        rows = [_measured(name, env | {"DATABASE_URL": url, "VAR_DIR": scratch}) for name, url in ways.items()]
    failures = [f"{row['database']}: {row['queries']} queries" for row in rows if row["queries"] > MOST_QUERIES]
    return {"title": f"Search over {PAGES} pages, median of {2 * len(QUESTIONS)} questions", "rows": rows,
            "failures": failures}  # fmt: skip


def _measured(name: str, env: dict[str, str]) -> dict:
    import json

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.search"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return {"database": name} | json.loads(done.stdout.splitlines()[-1])


def _in_this_process() -> dict:
    """Make a test database, fill it, ask, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _build() | _ask()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _build() -> dict:
    from django.db import connection

    from coalition.search.actions import keep_documents
    from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence, SearchWord

    chance = random.Random(7)
    facts = [_facts(number, chance) for number in range(1, PAGES + 1)]
    start = time.perf_counter()
    for at in range(0, PAGES, BATCH):
        keep_documents(facts[at : at + BATCH])
    spent = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    models = {"pages": SearchDocument, "words": SearchWord, "ways": SearchKey, "occurrences": SearchOccurrence}
    return {name: model.objects.count() for name, model in models.items()} | {"build s": round(spent, 1)}


def _facts(number: int, chance: random.Random):
    from coalition.search.actions import Facts

    title = f"{_word(chance).capitalize()} in {_name(chance)}"
    text = " ".join(_word(chance) for _ in range(WORDS_PER_PAGE))
    return Facts(
        number=number, kind=chance.choice(["news", "news", "page"]), coalition_id=None, subject="", title=title,
        lead=" ".join(_word(chance) for _ in range(15)), text=text, url=f"/p/{number}/", language="nl",
        published_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
    )  # fmt: skip


def _word(chance: random.Random) -> str:
    """Words as in a Dutch text: many small ones, some compounds, a name now and then."""
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(COMMON)
    return _name(chance) if kind > 0.9 else chance.choice(BEGINNINGS) + chance.choice(["", *ENDS])


def _name(chance: random.Random) -> str:
    """One of some 40,000 made-up names, the low ones often."""
    number, letters = int(chance.paretovariate(0.35)) % 40_000, "bdefgklmnoprstuv"
    return "".join(letters[(number >> shift) % 16] + "aeio"[(number >> shift) % 4] for shift in (0, 4, 8, 12))


def _ask() -> dict:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from coalition.search.queries import search

    alone, whole, queries = [], [], 0
    client = Client()
    client.get("/zoeken/", {"q": "markt"})
    for words in QUESTIONS * 2:
        start = time.perf_counter()
        search(words, language="nl")
        alone.append((time.perf_counter() - start) * 1000)
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            assert client.get("/zoeken/", {"q": words}).status_code == 200
            whole.append((time.perf_counter() - start) * 1000)
        queries = max(queries, len(captured))
    return {
        "ms index": round(statistics.median(alone), 1),
        "ms worst": round(max(alone), 1),
        "ms page": round(statistics.median(whole), 1),
        "queries": queries,
    }


if __name__ == "__main__":
    import json

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")
    print(json.dumps(_in_this_process()))
