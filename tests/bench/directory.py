"""The directory of 5,000 producers: queries and milliseconds for each way of asking, one row for each way.

`python -m tests.bench directory` makes a clean SQLite database of its own; on PostgreSQL too where DATABASE_URL names a
server (the measurement makes and drops a test database there).
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
PRODUCERS = 5_000
TIMES = 9
MOST_QUERIES, MOST_MS = 10, 80
QUESTIONS = {
    "nothing asked": "x=1",
    "a place": "q=1755",
    "a product": "q=eieren",
    "a category": "soort=eggs",
    "open now": "open=1",
    "open on Sunday": "zondag=1",
    "in season now": "seizoen=1",
    "a place, eggs, open now": "q=Gooik&soort=eggs&open=1",
    "everything at once": "q=1755&soort=vegetables&verkoop=farm_shop&label=organic&open=1&zondag=1&seizoen=1",
    "the last page": "p=167&x=1",
}
ADDRESSES = {"coalition": "/pajotse-velden/producenten/", "all": "/producenten/"}
HOURS = (
    "Tu-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00", "24/7", "We,Fr 14:00-18:30; Sa 10:00-17:00", "Mo-Su 07:00-21:00",
    "", "Sa-Su 10:00-18:00", "Mo-Fr 08:00-18:00", "Mo-Sa 10:00-18:00", "Fr-Su 11:00-22:00",
    "Apr-Oct: Mo-Sa 10:00-18:00",
)  # fmt: skip
PRODUCTS = (
    ("Prei", "vegetables", "prei"), ("Eieren", "eggs", ""), ("Melk", "dairy", ""), ("Appels", "fruit", "appel"),
    ("Witloof", "vegetables", "witloof"), ("Honing", "honey", ""), ("Brood", "bread", ""), ("Bier", "drinks", ""),
)  # fmt: skip


def run() -> dict:
    """The slowest median of each way of asking, on each database that is there."""
    env = dict(os.environ)
    server = env.pop("DATABASE_URL", "")
    rows = []
    with tempfile.TemporaryDirectory(prefix="directory-") as scratch:
        ways = {"SQLite": f"sqlite:///{Path(scratch) / 'bench.sqlite3'}"}
        if server.startswith("postgres"):
            ways["PostgreSQL"] = server
        for name, url in ways.items():
            rows += _measured(name, env | {"DATABASE_URL": url, "VAR_DIR": scratch})
    failures = [
        f"{row['database']}, {row['asked']}: {row['queries']} queries, {row['ms']} ms"
        for row in rows
        if row["queries"] > MOST_QUERIES or row["ms"] > MOST_MS
    ]
    return {"title": f"The directory of {PRODUCERS} producers, median of {TIMES}", "rows": rows, "failures": failures}


def _measured(name: str, env: dict[str, str]) -> list[dict]:
    import json

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.directory"], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [{"database": name} | row for row in json.loads(done.stdout.splitlines()[-1])]


def _in_this_process() -> list[dict]:
    """Make a test database, fill it, ask, drop it."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _build()
        return _ask()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def _build() -> None:
    from django.db import connection

    from coalition.producers.models import Label, Listing, OpenSpan, Product, SalesChannel
    from tests.factories import MembershipFactory, MunicipalityFactory
    from tests.factories.pages import make_space
    from tests.factories.territory import LocalityFactory

    chance = random.Random(7)
    space = make_space("pajotse-velden", name="Pajotse Velden")
    places = [
        MunicipalityFactory(latitude=50.6 + chance.random() / 2, longitude=3.6 + chance.random()) for _ in range(40)
    ]
    for place in places:
        MembershipFactory(coalition=space.coalition, municipality=place)
    LocalityFactory(municipality=places[0], name="Gooik", postcode="1755")
    producers = _producers(chance, places)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    Listing.objects.bulk_create(
        Listing(producer=one, coalition=space.coalition, added_at=now) for one in producers
    )  # fmt: skip
    Product.objects.bulk_create(
        Product(producer=one, name=name, category=category, crop=crop, allergen_state="none", price_cents=250,
                price_unit="kg", position=position)
        for one in producers
        for position, (name, category, crop) in enumerate(chance.sample(PRODUCTS, 4))
    )  # fmt: skip
    SalesChannel.objects.bulk_create(SalesChannel(producer=one, kind="farm_shop") for one in producers)
    Label.objects.bulk_create(
        Label(producer=one, kind="organic", certificate="B-1", expires_on=now.date() + timedelta(days=900))
        for one in producers[::4]
    )
    OpenSpan.objects.bulk_create(_spans(producers))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _producers(chance: random.Random, places: list) -> list:
    from coalition.producers import hours
    from coalition.producers.models import Producer

    tables = {text: hours.weekly(text) if text else [] for text in HOURS}
    now = datetime(2026, 11, 1, tzinfo=UTC)
    rows = []
    for number in range(PRODUCERS):
        place, text = chance.choice(places), HOURS[number % len(HOURS)]
        rows.append(
            Producer(
                name=f"Hoeve {chance.randrange(9999)} {number}", slug=f"hoeve-{number}", state="confirmed",
                confirmed_at=now, created_at=now, changed_at=now, municipality=place, place=place.name_nl,
                postcode=str(1500 + number % 400), latitude=place.latitude + chance.random() / 20,
                longitude=place.longitude + chance.random() / 20, opening_hours=text,
                hours_depend=tables[text] is None, story="Sinds 1974. " * 40,
                offer_text="Eieren en prei" if number % 3 else "Melk",
            )
        )  # fmt: skip
    return Producer.objects.bulk_create(rows)


def _spans(producers: list):
    from coalition.producers import hours
    from coalition.producers.models import OpenSpan

    for one in producers:
        for begins, ends in (hours.weekly(one.opening_hours) or []) if one.opening_hours else []:
            yield OpenSpan(producer=one, begins=begins, ends=ends)


def _ask() -> list[dict]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, rows = Client(), []
    for asked, words in QUESTIONS.items():
        worst = {"asked": asked, "queries": 0, "ms": 0.0, "bytes": 0}
        for address in ADDRESSES.values():
            url, spent = f"{address}?{words}", []
            for _ in range(TIMES + 2):
                with CaptureQueriesContext(connection) as captured:
                    start = time.perf_counter()
                    answer = client.get(url)
                    spent.append((time.perf_counter() - start) * 1000)
                assert answer.status_code == 200, url
            worst["queries"] = max(worst["queries"], len(captured))
            worst["ms"] = max(worst["ms"], round(statistics.median(spent[2:]), 1))
            worst["bytes"] = max(worst["bytes"], len(answer.content))
        rows.append(worst)
    return rows


if __name__ == "__main__":
    import json

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")
    print(json.dumps(_in_this_process()))
