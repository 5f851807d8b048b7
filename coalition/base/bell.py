"""The bell between what is written and who works unasked: a row is due, somebody may wake up.

`tasks` plugs a ringer at start-up. Whoever leaves a row that is due calls `ring` with the name of the
task; the ringer is called after commit and its trouble is never the caller's: without a bell the clock
finds the row a minute later.
"""

import logging
from collections.abc import Callable

from django.db import transaction

log = logging.getLogger(__name__)

Ringer = Callable[[str], None]
_ringer: Ringer | None = None


def plug(ringer: Ringer | None) -> None:
    """Connect the bell to a ringer, or unplug it with None."""
    global _ringer
    _ringer = ringer


def ring(name: str) -> None:
    """Ask, once the current transaction is committed, for the task `name` to look now; never raises."""
    transaction.on_commit(lambda: _ring_now(name), robust=True)


def _ring_now(name: str) -> None:
    if _ringer is None:
        return
    try:
        _ringer(name)
    except Exception as error:  # noqa: BLE001  whatever is wrong with the broker, the row is safe
        log.warning("bell %s stayed silent: %s", name, type(error).__name__)
