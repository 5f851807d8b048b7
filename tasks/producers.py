"""Producers: following municipalities that merge."""

from celery import shared_task
from django.utils import timezone

from coalition.producers import actions as producers


@shared_task(name="producers.follow_mergers")
def follow_mergers() -> None:
    producers.follow_mergers_due(now=timezone.now())
