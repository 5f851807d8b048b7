"""Digests: planning the editions that are due, forgetting who never confirmed."""

from celery import shared_task
from django.utils import timezone

from coalition.digests import actions as digests
from coalition.mail import actions as mail


@shared_task(name="digests.plan")
def plan() -> None:
    digests.plan_due_editions(now=timezone.now())
    mail.beat(name="plan", now=timezone.now())


@shared_task(name="digests.forget_unconfirmed")
def forget_unconfirmed() -> None:
    digests.forget_unconfirmed_due(now=timezone.now())
