"""What the dashboard tells, looked up once for all scopes: the same queries for one coalition and for ten."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from cms.desk.dashboard import producers
from cms.desk.dashboard.scopes import Scope
from cms.desk.digests import next_digest
from coalition.base.dates import local_day
from coalition.digests.queries import weeks_begun
from coalition.membership import waiting
from coalition.membership.models import Agreement, Invitation, JoinRequest, Membership

UNTOUCHED = timedelta(days=365)


@dataclass(frozen=True)
class OldPage:
    """A live page that nobody has saved for a year."""

    pk: int
    title: str
    touched: datetime


@dataclass(frozen=True)
class Facts:
    """By the id of the coalition; pages by the path of the space or corner they stand in."""

    now: datetime
    day: date
    memberships: dict[int, list[Membership]]
    spoken_for: set[tuple[int, int]]
    requests: dict[int, list[JoinRequest]]
    invitations: dict[int, list[Invitation]]
    agreements: dict[int, Agreement]
    old_pages: dict[str, list[OldPage]]
    next_digests: dict[int, datetime]
    producers: producers.ProducerFacts


def look_up(scopes: list[Scope]) -> Facts:
    """All that the desks of these scopes tell (at most thirteen queries)."""
    now = timezone.now()
    day = local_day(now)
    coalitions = list({scope.coalition.pk: scope.coalition for scope in scopes}.values())
    begun = weeks_begun(now - timedelta(weeks=2))
    digests = {coalition.pk: next_digest(coalition, begun, now) for coalition in coalitions}
    return Facts(
        now=now,
        day=day,
        memberships=waiting.memberships_in(coalitions),
        spoken_for=waiting.spoken_for(coalitions, day),
        requests=waiting.requests_in(coalitions),
        invitations=waiting.invitations_in(coalitions, now),
        agreements=waiting.agreements_in(coalitions),
        old_pages=_old_pages({path for scope in scopes for path in scope.paths}, now - UNTOUCHED),
        next_digests={pk: due for pk, due in digests.items() if due is not None},
        producers=producers.look_up(coalitions, now, day),
    )


def _old_pages(paths: Iterable[str], before: datetime) -> dict[str, list[OldPage]]:
    paths = tuple(paths)
    if not paths:
        return {}
    inside = Q()
    for path in paths:
        inside |= Q(path__startswith=path)
    touched = Coalesce("latest_revision_created_at", "last_published_at", "first_published_at")
    rows = Page.objects.live().filter(inside).annotate(touched=touched).filter(touched__lt=before)
    found = defaultdict(list)
    for pk, title, path, when in rows.order_by("touched", "pk").values_list("pk", "title", "path", "touched"):
        # No scope stands inside another: spaces and corners are beside each other.
        found[next(root for root in paths if path.startswith(root))].append(OldPage(pk, title, when))
    return dict(found)
