"""Big lists are read in by a worker; what nobody confirmed is forgotten."""

from celery import shared_task
from django.utils import timezone

from coalition.intake import actions as intake
from coalition.producers import actions as producers


@shared_task(name="intake.run")
def run() -> None:
    producers.run_imports_due()


@shared_task(name="intake.forget")
def forget() -> None:
    intake.forget_due(now=timezone.now())
