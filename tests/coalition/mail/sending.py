"""One round of the postman at a given moment."""

from datetime import datetime

from coalition.mail import actions


def deliver(now: datetime) -> dict[str, int]:
    return dict(actions.deliver_due(clock=lambda: now))
