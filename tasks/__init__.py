"""All that is done unasked."""

from tasks.celery import app

__all__ = ["app"]
