"""What was seen of sign-ins with ACM/IDM is forgotten after a year."""

from celery import shared_task
from django.utils import timezone

from coalition.evidence import actions


@shared_task(name="evidence.forget")
def forget() -> None:
    actions.forget_due(now=timezone.now())
