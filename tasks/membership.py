"""Groups follow mandates, also on the day on which one begins or ends."""

from celery import shared_task
from django.utils import timezone

from coalition.membership import actions


@shared_task(name="membership.sync_groups")
def sync_groups() -> None:
    actions.sync_groups_due(now=timezone.now())


@shared_task(name="membership.carry_mergers")
def carry_mergers() -> None:
    actions.carry_mergers_due(now=timezone.now())
