"""The printer's rounds."""

from celery import shared_task
from django.utils import timezone

from coalition.press import actions as press


@shared_task(name="prints.set")
def set_sheets() -> None:
    press.set_sheets_due(clock=timezone.now)


@shared_task(name="prints.clear")
def clear_sheets() -> None:
    press.clear_sheets_due(now=timezone.now())
