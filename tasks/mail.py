"""The postman's rounds."""

from celery import shared_task
from django.utils import timezone

from coalition.mail import actions as mail


@shared_task(name="mail.deliver")
def deliver() -> None:
    mail.deliver_due(clock=timezone.now)
