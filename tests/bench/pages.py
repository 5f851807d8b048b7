"""Pages: queries and milliseconds, cold and from the cache, beside a plain `wagtail start` site with the same content.

Both sites run in the same server (granian, one process, one blocking thread) on their own SQLite files, in this run;
requests alternate between them, so that what else the machine does hits both alike.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 200 if os.environ.get("BENCH") == "full" else 60
NEWS = "/pajotse-velden/nieuws/samen-een-boerenmarkt/"
PAGES = {"front page": "/", "coalition page": "/pajotse-velden/", "news page": NEWS}
ONCE = count()

# The same words and the same picture as the demonstration's news page, as a newcomer to Wagtail would build it.
PLAIN_MODELS = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

class HomePage(Page):
    lead = models.TextField(blank=True)
    body = RichTextField(blank=True)
    picture = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    content_panels = Page.content_panels + [FieldPanel("lead"), FieldPanel("body"), FieldPanel("picture")]
"""
PLAIN_TEMPLATE = """
{% extends "base.html" %}{% load wagtailcore_tags wagtailimages_tags %}
{% block content %}<h1>{{ page.title }}</h1><p>{{ page.lead }}</p>
{% image page.picture width-800 %}{{ page.body|richtext }}{% endblock %}
"""
PLAIN_FILL = """
from django.core.files import File
from home.models import HomePage
from wagtail.images.models import Image
picture = Image.objects.create(title="Veld", file=File(open(PICTURE, "rb"), "veld.jpg"))
page = HomePage.objects.get()
page.title, page.lead, page.body, page.picture = TITLE, LEAD, BODY, picture
page.save_revision().publish()
"""


def run() -> dict:
    """Rows with queries and median milliseconds; failures name promises that were not kept."""
    with tempfile.TemporaryDirectory(prefix="pages-") as scratch:
        ours, plain = _prepare_ours(Path(scratch)), _prepare_plain(Path(scratch))
        queries = _count_queries(ours)
        with _serve(ours) as our_port, _serve(plain) as plain_port:
            rows = _measure(our_port, plain_port)
    for row in rows:
        row |= queries.get(row["page"], {})
    return {"title": f"Pages, median of {REQUESTS} requests each", "rows": rows, "failures": _failures(rows)}


def _measure(ours: int, plain: int) -> list[dict]:
    ways = {f"{name}, cold": (ours, path, True) for name, path in PAGES.items()}
    ways |= {f"{name}, cached": (ours, path, False) for name, path in PAGES.items()}
    ways["plain wagtail start page"] = (plain, "/", False)
    spent: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, int] = {}
    for number in range(REQUESTS + 5):
        for name, (port, path, anew) in ways.items():
            # A parameter of its own passes by the page cache.
            seconds, sizes[name] = _get(port, f"{path}?anew={next(ONCE)}" if anew else path)
            if number >= 5:
                spent[name].append(seconds * 1000)
    base = statistics.median(spent["plain wagtail start page"])
    return [
        {
            "page": name,
            "ms": round(statistics.median(times), 2),
            "of plain": round(statistics.median(times) / base, 2),
            "bytes": sizes[name],
        }
        for name, times in spent.items()
    ]


def _failures(rows: list[dict]) -> list[str]:
    failures = []
    for row in rows:
        if row["page"].endswith("cold") and row["queries"] > 12:
            failures.append(f"{row['page']}: {row['queries']} queries, promised 12")
        if row["page"].endswith("cached") and row["queries"] > 0:
            failures.append(f"{row['page']}: {row['queries']} queries, promised none")
        if row["page"] == "news page, cold" and row["of plain"] >= 1:
            failures.append(f"a cold news page takes {row['of plain']} of the plain page's time, promised less than 1")
    return failures


def _get(port: int, path: str) -> tuple[float, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Host": "localhost"})
    response = connection.getresponse()
    body = response.read()
    spent = time.perf_counter() - start
    connection.close()
    assert response.status == 200, (path, response.status)
    return spent, len(body)


# --- the two sites


def _prepare_ours(scratch: Path) -> dict:
    env = _clean() | {"VAR_DIR": str(scratch / "ours"), "DJANGO_SETTINGS_MODULE": "coalition.settings.development"}
    site = {"folder": ROOT, "env": env, "target": "coalition.wsgi:application"}
    for words in (["migrate"], ["collectstatic", "--noinput"], ["demo"]):
        _manage(site, *words)
    return site


def _prepare_plain(scratch: Path) -> dict:
    folder = scratch / "plain"
    folder.mkdir()
    env = _clean() | {"DJANGO_SETTINGS_MODULE": "plainsite.settings.base", "SECRET_KEY": "bench"}
    _run([sys.executable, "-m", "django", "--version"], folder, env)
    _run([str(Path(sys.executable).parent / "wagtail"), "start", "plainsite", "."], folder, _clean())
    settings = folder / "plainsite" / "settings" / "base.py"
    settings.write_text(f"{settings.read_text()}\nSECRET_KEY = 'bench'\nALLOWED_HOSTS = ['*']\nDEBUG = False\n")
    (folder / "home" / "models.py").write_text(textwrap.dedent(PLAIN_MODELS))
    (folder / "home" / "templates" / "home" / "home_page.html").write_text(PLAIN_TEMPLATE)
    site = {"folder": folder, "env": env, "target": "plainsite.wsgi:application"}
    for words in (["makemigrations", "home"], ["migrate"], ["collectstatic", "--noinput"]):
        _manage(site, *words)
    _manage(site, "shell", "-c", _filling(scratch))
    return site


def _filling(scratch: Path) -> str:
    """Lines that fill the plain page with the demonstration's news."""
    from cms.management.demonstration.pages import NEWS as ITEMS

    item = next(entry for entry in ITEMS if entry[1] in NEWS)
    body = "".join(value if kind == "text" else f"<p>{value['quote']}</p>" for kind, value in item[-1])
    picture = next((scratch / "ours" / "media" / "original_images").glob("*.jpg"))
    words = {"TITLE": item[2], "LEAD": item[3], "BODY": body, "PICTURE": str(picture)}
    return "\n".join(f"{name} = {value!r}" for name, value in words.items()) + PLAIN_FILL


COUNT = """
import json
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from coalition.base import freshness
client, found = Client(HTTP_HOST="localhost"), {}
for name, path in PAGES.items():
    client.get(path)
    freshness._renew("everywhere")
    for way in ("cold", "cached"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        found[f"{name}, {way}"] = {"queries": len(captured)}
print(json.dumps(found))
"""


def _count_queries(site: dict) -> dict[str, dict[str, int]]:
    import json

    return json.loads(_manage(site, "shell", "--no-imports", "-c", f"PAGES = {PAGES!r}\n{COUNT}").splitlines()[-1])


@contextmanager
def _serve(site: dict) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "1",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "--no-ws", "--log-level", "warning", site["target"]],
        cwd=site["folder"], env=site["env"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    for _attempt in range(200):
        try:
            _get(port, "/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


def _manage(site: dict, *words: str) -> str:
    return _run([sys.executable, "manage.py", *words], site["folder"], site["env"])


def _run(command: list[str], folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])}: {done.stderr[-2000:]}")
    return done.stdout
