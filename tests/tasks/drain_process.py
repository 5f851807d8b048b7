"""A postman or a planner in a process of its own, told by environment variables; may be killed at a failpoint.

ROLE drain or plan; TEST_DATABASE, SMTP_PORT, CLOCK (ISO instant at which its clock stands), FAILPOINT (name:n, SIGKILL
at the n-th passage), COUNT (letters to plan), BATCH. Prints what it did as JSON.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition.settings.test")

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ.get("SMTP_PORT", "1"))
settings.EMAIL_TIMEOUT = 5
django.setup()

from coalition.mail import actions, carrier, ledger  # noqa: E402
from tests.tasks import trial  # noqa: E402

settings.TEMPLATES[0]["DIRS"].append(trial.TEMPLATES)
trial.register_kinds()
NOW = datetime.fromisoformat(os.environ["CLOCK"])

# Where a failpoint is: which function, and whether the process dies before or after it.
FAILPOINTS = {
    "after_claim": (ledger, "claim", "after"),
    "before_handoff": (ledger, "fence", "before"),
    "after_handoff": (ledger, "fence", "after"),
    "after_smtp": (carrier.SmtpCarrier, "hand_over", "after"),
    "after_sent": (ledger, "settle", "after"),
}


def arm(failpoint: str) -> None:
    name, _colon, passage = failpoint.partition(":")
    place, function, moment = FAILPOINTS[name]
    setattr(place, function, mortal(getattr(place, function), moment, int(passage)))


def mortal(function: Callable, moment: str, passage: int) -> Callable:
    passages = 0

    @wraps(function)
    def wrapped(*args: object, **kwargs: object) -> object:
        nonlocal passages
        passages += 1
        if moment == "before" and passages == passage:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if moment == "after" and passages == passage:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


def plan() -> dict:
    for number in range(0, int(os.environ["COUNT"]), 50):
        drafts = [actions.Draft(key=f"race:{n}", to=f"ok{n}@example.org", facts={}) for n in range(number, number + 50)]
        actions.post_many(kind="trial/digest", drafts=drafts, now=NOW)
    return {"planned": int(os.environ["COUNT"])}


def drain() -> dict:
    return dict(actions.deliver_due(clock=lambda: NOW, budget_seconds=60, batch=int(os.environ.get("BATCH", "50"))))


if __name__ == "__main__":
    if os.environ.get("FAILPOINT"):
        arm(os.environ["FAILPOINT"])
    sys.stdout.write(json.dumps(plan() if os.environ["ROLE"] == "plan" else drain()))
