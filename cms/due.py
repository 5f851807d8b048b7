"""What the clock may ask of pages; the only door of `cms` that `tasks` may open."""

from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from cms import printing
from cms.corners import open_corners
from cms.publishing import obstacles
from cms.spaces import open_directories, sync_founders_grant, sync_grants
from coalition.membership.queries import coalitions


def keep_corners(*, now: datetime) -> int:
    """Open what a member or a space should have, and let rights follow memberships; returns how much was mended."""
    opened = open_corners(now=now) + open_directories() + len(sync_founders_grant())
    return opened + sum(len(sync_grants(coalition=coalition, now=now)) for coalition in coalitions())


def renew_brochures(*, now: datetime) -> int:
    """Ask the press for every brochure whose facts changed; returns how many files were asked for."""
    return printing.renew_brochures(now=now)


def publish_scheduled(*, now: datetime) -> int:
    """Publish pages whose moment has come and withdraw those whose time is over; returns how many changed.

    Each page is a transaction of its own: one that fails does not stop the others, and is tried again next time.
    """
    changed = 0
    for pk in Revision.page_revisions.filter(approved_go_live_at__lte=now).values_list("pk", flat=True):
        changed += _publish(pk, now)
    for pk in Page.objects.live().filter(expire_at__lte=now).values_list("pk", flat=True):
        changed += _withdraw(pk, now)
    return changed


@transaction.atomic
def _publish(pk: int, now: datetime) -> int:
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return 0
    if obstacles(revision.as_object()):
        # It stays due: once nothing stands in the way any more, it is published.
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1


@transaction.atomic
def _withdraw(pk: int, now: datetime) -> int:
    page = Page.objects.select_for_update(of=("self",)).live().filter(pk=pk, expire_at__lte=now).first()
    if page is None:
        return 0
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1
