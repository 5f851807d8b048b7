"""The rope between the bell and the broker: ask a worker to look now, and never wait for a broker that is away."""

import logging
import time

from tasks.celery import app

log = logging.getLogger(__name__)

# After a vain attempt nobody pays for the next ones; the clock finds the rows meanwhile.
SILENT_SECONDS = 30
EXPIRES_SECONDS = 55
# A worker may wait long for its broker; whoever rings has a reader behind him.
IMPATIENT = {"max_retries": 0, "socket_timeout": 1, "socket_connect_timeout": 1}
_silent_until = 0.0


def ring(name: str) -> None:
    """Send the task `name` to whoever works; trouble is logged, never raised, and followed by a while of silence."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        options = {**app.conf.broker_transport_options, **IMPATIENT}
        with app.connection_for_write(transport_options=options) as broker:
            app.send_task(name, connection=broker, retry=False, ignore_result=True, expires=EXPIRES_SECONDS)
    except Exception as error:  # noqa: BLE001  whatever is wrong with the broker, the row is safe
        _silent_until = time.monotonic() + SILENT_SECONDS
        log.warning("the broker is away (%s): %s waits for the clock", type(error).__name__, name)
