"""The clock on one page: what is done unasked, and how often.

Celery beat and `manage.py tick` both read this table. Intervals only, in UTC: which hour it is in Brussels is worked
out by whoever is called, from rows that say when they are due. Everything here may run twice, or at once, unharmed.
"""

from dataclasses import dataclass
from importlib import import_module

MINUTE = 60
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Entry:
    """`name` of the task, the function that does it, and the seconds between two runs."""

    name: str
    function: str
    every: int

    def run(self) -> None:
        """Do it here and now."""
        module, _dot, function = self.function.rpartition(".")
        getattr(import_module(module), function)()


CLOCK = (
    Entry("pages.publish_scheduled", "tasks.pages.publish_scheduled", MINUTE),
    Entry("digests.plan", "tasks.digests.plan", MINUTE),
    Entry("mail.deliver", "tasks.mail.deliver", MINUTE),
    Entry("prints.set", "tasks.prints.set_sheets", MINUTE),
    Entry("pages.renew_brochures", "tasks.pages.renew_brochures", 5 * MINUTE),
    Entry("membership.sync_groups", "tasks.membership.sync_groups", 15 * MINUTE),
    Entry("evidence.forget", "tasks.evidence.forget", HOUR),
    Entry("membership.carry_mergers", "tasks.membership.carry_mergers", HOUR),
    Entry("producers.follow_mergers", "tasks.producers.follow_mergers", HOUR),
    Entry("intake.run", "tasks.intake.run", MINUTE),
    Entry("intake.forget", "tasks.intake.forget", HOUR),
    Entry("pages.keep_corners", "tasks.pages.keep_corners", 15 * MINUTE),
    Entry("rights.forget", "tasks.rights.forget", HOUR),
    Entry("prints.clear", "tasks.prints.clear_sheets", HOUR),
    Entry("digests.forget_unconfirmed", "tasks.digests.forget_unconfirmed", HOUR),
)


def modules() -> tuple[str, ...]:
    """The modules whose tasks a worker must know."""
    return tuple(sorted({entry.function.rpartition(".")[0] for entry in CLOCK}))


def for_beat() -> dict[str, dict]:
    """The table as Celery beat wants it; a ring that nobody heard until the next one is worth nothing."""
    return {
        entry.name: {"task": entry.name, "schedule": float(entry.every), "options": {"expires": entry.every - 5}}
        for entry in CLOCK
    }
