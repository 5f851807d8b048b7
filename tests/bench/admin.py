"""The admin of a large coalition and of one of a tenth of its size: queries and milliseconds, for a coordinator.

Each size has a process and a SQLite file of its own. The number of queries must not grow with the coalition.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = {
    "small": {"municipalities": 6, "pages": 50, "people": 30},
    "large": {"municipalities": 60, "pages": 500, "people": 300},
}
VISITS = 15 if os.environ.get("BENCH") == "full" else 5


def run(sizes: dict[str, dict[str, int]] = SIZES) -> dict:
    """One row per page of the admin; a page that asks more of the large coalition is a failure."""
    found = {name: _in_a_process_of_its_own(size) for name, size in sizes.items()}
    small, large = (found[name] for name in sizes)
    rows = [
        {
            "page": page,
            "queries small": small[page]["queries"],
            "queries": large[page]["queries"],
            "ms small": small[page]["ms"],
            "ms": large[page]["ms"],
        }
        for page in large
    ]
    words = ", ".join(f"{number} {what}" for what, number in list(sizes.values())[-1].items())
    return {
        "title": f"Admin, for a coordinator: {words}; beside a tenth of that, median of {VISITS} visits",
        "rows": rows,
        "failures": [
            f"{row['page']}: {row['queries']} queries, {row['queries small']} in a coalition of a tenth of the size"
            for row in rows
            if row["queries"] > row["queries small"]
        ],
    }


def _in_a_process_of_its_own(size: dict[str, int]) -> dict[str, dict]:
    with tempfile.TemporaryDirectory(prefix="admin-") as folder:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        env |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "coalition.settings.development", "LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "tests.bench.admin", json.dumps(size)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout.splitlines()[-1])


def measure(size: dict[str, int]) -> dict[str, dict]:
    """Fill an empty database and visit every page of the admin that counts."""
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from coalition.membership.actions import give_mandate
    from coalition.membership.models import Mandate
    from tests.cms.signing_in import sign_in
    from tests.factories import PersonFactory
    from tests.factories.pages import make_space
    from tests.factories.spaces import populate, write_in_corners, write_news

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now, person, items = timezone.now(), PersonFactory.build(), size["pages"] * 3 // 5
    with transaction.atomic():
        space = make_space()
        populate(space, municipalities=size["municipalities"], people=size["people"], now=now)
        news = write_news(space, items)
        write_in_corners(size["pages"] - items)
        person.save()
        give_mandate(person=person, coalition=space.coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    client = sign_in(Client(HTTP_HOST="localhost"), person)
    return {name: _visit(client, path) for name, path in pages_of(space, news).items()}


def pages_of(space, news) -> dict[str, str]:
    """The addresses that a coordinator opens all day: home, explorer, search, and every list of records there is."""
    from django.urls import reverse

    from cms.pages.municipalities import MunicipalityIndexPage

    pages = {
        "home": reverse("wagtailadmin_home"),
        "explorer, coalition": reverse("wagtailadmin_explore", args=[space.pk]),
        "explorer, news": reverse("wagtailadmin_explore", args=[news.pk]),
        "explorer, corners": reverse("wagtailadmin_explore", args=[MunicipalityIndexPage.objects.get().pk]),
        "search": reverse("wagtailadmin_pages:search") + "?q=nieuws",
        "municipalities": reverse("joining_desk", args=[space.coalition.slug]),
    }
    return pages | lists_of_records()


def lists_of_records() -> dict[str, str]:
    """Every list of records of ours in the admin, by name, as many as there are today."""
    from django.urls import URLPattern, get_resolver, reverse

    found = {}

    def walk(patterns, spaces: tuple[str, ...]) -> None:
        for pattern in patterns:
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, spaces + ((pattern.namespace,) if pattern.namespace else ()))
                continue
            view = getattr(pattern.callback, "view_class", None)
            model = getattr(pattern.callback, "view_initkwargs", {}).get("model") or getattr(view, "model", None)
            ours = getattr(getattr(model, "_meta", None), "app_label", "") == "coalition"
            if ours and pattern.name == "index" and spaces and "users" not in spaces[-1]:
                found[f"list of {model._meta.verbose_name_plural}"] = reverse(":".join((*spaces, "index")))

    walk(get_resolver().url_patterns, ())
    return found


def _visit(client, path: str) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get(path).status_code == 200, path
    spent = []
    for _visit_number in range(VISITS):
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            client.get(path)
            spent.append((time.perf_counter() - began) * 1000)
    return {"queries": len(captured), "ms": round(statistics.median(spent), 1)}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure(json.loads(sys.argv[1]))))
