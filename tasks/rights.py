"""What is held longer than it may be, is let go of."""

from celery import shared_task
from django.utils import timezone

from coalition.rights import actions


@shared_task(name="rights.forget")
def forget() -> None:
    actions.forget_due(now=timezone.now())
