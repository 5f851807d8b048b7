"""A whole house for a real browser: web, worker, clock, broker and mail folder, as `make run` starts them."""

import email
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "var" / "screens"


@dataclass
class House:
    """The running house: where it is, what it wrote, and a way to give it a command."""

    url: str
    var: Path
    env: dict[str, str]

    def manage(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "manage.py"), *words], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def python(self, lines: str) -> str:
        """Run lines of Python beside the house, on its database."""
        return self.manage("shell", "--no-imports", "-c", lines).strip()

    def letters(self, to: str) -> list[email.message.EmailMessage]:
        """The letters that arrived at an address, oldest first."""
        folder = self.var / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns) if folder.is_dir() else []
        letters = [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [letter for letter in letters if to in letter["To"]]

    def letter(self, to: str, subject: str, *, within: float = 100) -> email.message.EmailMessage:
        """Wait for the newest letter to an address whose subject holds these words."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = [letter for letter in self.letters(to) if subject in letter["Subject"]]
            if found:
                return found[-1]
            time.sleep(0.3)
        subjects = [letter["Subject"] for letter in self.letters(to)]
        raise AssertionError(f"no letter «{subject}» to {to} in {within} s, only {subjects}")


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[House]:
    var = tmp_path_factory.mktemp("house")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"DJANGO_SETTINGS_MODULE": "coalition.settings.development", "VAR_DIR": str(var), "PUBLIC_URL": url}
    found = House(url, var, env)
    found.manage("migrate", "--verbosity", "0")
    found.manage("collectstatic", "--noinput", "--verbosity", "0")
    found.manage("demo")
    log = (var / "house.log").open("w")
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "run", "--port", str(port)],
        env=env, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _wait_until_ready(url, process, var / "house.log")
        yield found
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)


def _wait_until_ready(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the house is not ready: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "no Chromium here: install the package chromium"
    return {
        "executable_path": chromium,
        "headless": True,
        "args": [
            "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-quic",
            "--proxy-server=direct://",
            # Whatever the pages ask of anybody else fails, and is heard of below.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }  # fmt: skip


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator:
    """Open a browser of one's own: `visit(width=390, dark=True, javascript=False)` gives a page.

    When the test ends, no page has asked anything of a third party, broken the content policy or raised an error.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, width: int = 1280, height: int = 900, dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=house.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="nl-BE",
            timezone_id="Europe/Brussels",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _listen(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: _note_foreign(request.url, house.url, page.url, complaints))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    # Pages that are meant to refuse answer with 4xx, which Chromium writes on the console.
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(f"{message.location.get('url', '')}: {message.text}")


def _note_foreign(url: str, ours: str, page: str, complaints: list[str]) -> None:
    if not url.startswith((ours, "data:", "blob:", "about:")):
        complaints.append(f"{page} asked {url}")


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe(page: Page) -> list[str]:
    """What axe-core finds wrong on the page as it stands, one line for each finding and element."""
    # Evaluated from outside: the content policy of the page forbids a script tag, and shall.
    page.evaluate(AXE.read_text())
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, iframes: false})", RULES)
    return [f"{finding['id']}: {node['html'][:160]}" for finding in result["violations"] for node in finding["nodes"]]
