"""Letters per second: our postman beside a bare smtplib loop, against a server that takes 20 ms for each letter.

`python -m tests.bench letters` makes a clean SQLite database of its own; BENCH=full sends more.
Everything that is measured runs in processes of its own, the mail server in this one. Each measurement is made twice,
both ways in turn, and the better one counts: what else the machine does is not what is asked.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.tasks.sink import Sink

LETTERS = 2000 if os.environ.get("BENCH") == "full" else 400
ROUNDS = 2
DELAY = 0.020
# Together with the paper about 10 kB, as a digest is.
WORDS = "Aardbeien uit Gooik, 4,50 euro per bakje, op zondag 7 maart.\n" * 40
ROOT = Path(__file__).resolve().parents[2]


PROMISED = {"one worker beside one bare loop": 0.8, "two workers beside one": 1.8}


def run(letters: int = LETTERS) -> dict:
    """Letters per second, ratios and the overhead in milliseconds; a ratio below its promise is a failure."""
    with tempfile.TemporaryDirectory(prefix="letters-") as folder:
        _run(folder, "prepare")
        measured = [_round(folder, letters) for _ in range(ROUNDS)]
    rates = {name: max(found[name] for found in measured) for name in measured[0]}
    one, two = "1 at 20 ms", "2 at 20 ms"
    ratios = {
        "one worker beside one bare loop": rates[f"postman, {one}"] / rates[f"smtplib, {one}"],
        "two workers beside one": rates[f"postman, {two}"] / rates[f"postman, {one}"],
    }
    overhead = 1000 / rates["postman, 1 at 0 ms"] - 1000 / rates["smtplib, 1 at 0 ms"]
    rows = [{"what": f"{name}, letters per second", "measured": value} for name, value in rates.items()]
    rows += [{"what": name, "measured": value, "promised": PROMISED[name]} for name, value in ratios.items()]
    rows.append({"what": "overhead per letter in ms (a goal)", "measured": overhead, "promised": 4.0})
    return {
        "title": f"Letters: {letters} each, the better of {ROUNDS} rounds",
        "rows": rows,
        "failures": [
            f"{name}: {value:.2f}, promised {PROMISED[name]}"
            for name, value in ratios.items()
            if value < PROMISED[name]
        ],
    }


def _round(folder: str, letters: int) -> dict[str, float]:
    return {
        f"{who}, {workers} at {delay * 1000:.0f} ms": _measure(folder, who, workers, delay, letters)
        for delay, workers in ((DELAY, 1), (DELAY, 2), (0, 1))
        for who in ("smtplib", "postman")
    }


def _measure(folder: str, who: str, workers: int, delay: float, letters: int) -> float:
    """Letters per second of `workers` processes together, from the word go to the last letter."""
    if who == "postman":
        _run(folder, "write", letters)
    with Sink(delay=delay) as sink:
        share = letters // workers
        processes = [_start(folder, who, share, sink.port) for _ in range(workers)]
        for process in processes:
            process.stdout.readline()
        began = time.perf_counter()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            if process.wait(timeout=600):
                raise RuntimeError(f"{who} ended with {process.returncode}")
        seconds = time.perf_counter() - began
    if len(set(sink.log)) != share * workers or len(sink.log) != share * workers:
        raise RuntimeError(f"{who}: {len(sink.log)} letters arrived instead of {share * workers}")
    return len(sink.log) / seconds


def _start(folder: str, *role: object) -> subprocess.Popen:
    return subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-m", "tests.bench.letters", *map(str, role)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "coalition.settings.development",
            "VAR_DIR": folder,
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "EMAIL_URL": "",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _run(folder: str, *role: object) -> None:
    process = _start(folder, *role)
    process.communicate()
    if process.returncode:
        raise RuntimeError(f"{role} ended with {process.returncode}")


def _set_up() -> None:
    import django
    from django.conf import settings

    django.setup()
    from tests.tasks import trial

    settings.TEMPLATES[0]["DIRS"].append(trial.TEMPLATES)
    trial.register_kinds()


def prepare() -> None:
    """A clean database."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def write(letters: int) -> None:
    """As many letters as are asked for, due now; all with words of the same length."""
    from uuid import uuid4

    from django.utils import timezone

    from coalition.mail.actions import Draft, post_many

    drafts = [
        Draft(key=uuid4().hex, to=f"ok{n}@example.org", facts={"place": WORDS, "number": n}) for n in range(letters)
    ]
    post_many(kind="trial/digest", drafts=drafts, now=timezone.now())


def postman(letters: int, port: int) -> None:
    """Our way: claim, make, fence, hand over, settle."""
    from django.conf import settings
    from django.utils import timezone

    from coalition.mail.actions import deliver_due

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    # A worker lives long: that its first letter opens templates and catalogues is not counted, as with the bare loop.
    _one_letter()
    _wait_for_go()
    deliver_due(clock=timezone.now, budget_seconds=500)


def smtplib(letters: int, port: int) -> None:
    """The bare way: one connection, and the same letter made once, under another name each time."""
    import smtplib as library
    from uuid import uuid4

    content = _one_letter()
    _wait_for_go()
    with library.SMTP("127.0.0.1", port) as server:
        for _ in range(letters):
            named = content.replace(b"<name@", f"<{uuid4().hex}@".encode())
            server.sendmail("post@example.org", ["ok@example.org"], named)


def _one_letter() -> bytes:
    from django.utils import timezone

    from coalition.mail import carrier, render
    from coalition.mail.models import Letter
    from tests.tasks import trial

    written = timezone.now()
    letter = Letter(kind="trial/digest", to="ok@example.org", message_id="<name@example.org>", created_at=written)
    return carrier.pack(render.compose(letter, trial.words({"place": WORDS}))).content


def _wait_for_go() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    _set_up()
    roles = {"prepare": prepare, "write": write, "postman": postman, "smtplib": smtplib}
    roles[sys.argv[1]](*map(int, sys.argv[2:]))
