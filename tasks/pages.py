"""Pages that were written for later, corners, and brochures whose facts changed."""

from celery import shared_task
from django.utils import timezone

from cms import due


@shared_task(name="pages.publish_scheduled")
def publish_scheduled() -> None:
    due.publish_scheduled(now=timezone.now())


@shared_task(name="pages.keep_corners")
def keep_corners() -> None:
    due.keep_corners(now=timezone.now())


@shared_task(name="pages.renew_brochures")
def renew_brochures() -> None:
    due.renew_brochures(now=timezone.now())
