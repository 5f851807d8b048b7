"""Who reads a digest, and what each reader has not been told yet."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from coalition.activity.models import Notice
from coalition.base.hashing import keyed_hash
from coalition.digests.models import DigestSchedule, Edition, Issue, Subscription, Told
from coalition.digests.rules import CUT_OFF
from coalition.mail.models import Letter

# News older than this is no news for anybody; it also bounds what one batch of readers holds in memory.
HORIZON = timedelta(weeks=26)

# Letters in these states reached nobody, so what they were to tell has not been told.
RELEASING = (Letter.State.FAILED, Letter.State.EXPIRED, Letter.State.SUPPRESSED, Letter.State.CANCELLED)


def schedules() -> QuerySet[DigestSchedule]:
    """The schedules of all coalitions that send digests."""
    return DigestSchedule.objects.filter(enabled=True).select_related("coalition")


def weeks_begun(since: datetime) -> set[tuple[int, str]]:
    """Coalition and week of every edition that fell due after `since`: that week has had its digest (one query)."""
    return set(Edition.objects.filter(due_at__gt=since).values_list("coalition_id", "key"))


def readers_after(edition: Edition, last: UUID | None, limit: int) -> list[Subscription]:
    """The next readers of an edition in the order of their ids: confirmed before it fell due."""
    readers = Subscription.objects.filter(
        coalition=edition.coalition_id, state=Subscription.State.CONFIRMED, confirmed_at__lte=edition.due_at
    )
    if last is not None:
        readers = readers.filter(pk__gt=last)
    return list(readers.only("id", "email", "confirmed_at").order_by("pk")[:limit])


def news_of(edition: Edition) -> list[Notice]:
    """The public pages that an edition may tell of, newest change first; translations are told beside them."""
    return list(
        Notice.objects.filter(
            coalition=edition.coalition_id,
            visible=True,
            translation_of="",
            changed_at__lte=edition.due_at - CUT_OFF,
            changed_at__gt=edition.due_at - HORIZON,
        ).order_by("-changed_at", "-pk")
    )


def not_yet_told(readers: Iterable[Subscription], news: list[Notice]) -> dict[UUID, list[Notice]]:
    """For each reader the news since he subscribed that no letter has told him (one query)."""
    readers = list(readers)
    told: dict[UUID, set[tuple[int, int]]] = defaultdict(set)
    rows = Told.objects.filter(subscription__in=[r.pk for r in readers], notice__in=[n.pk for n in news])
    for subscription, notice, significant in rows.values_list("subscription_id", "notice_id", "significant"):
        told[subscription].add((notice, significant))
    return {
        reader.pk: [
            n for n in news if n.changed_at > reader.confirmed_at and (n.pk, n.significant) not in told[reader.pk]
        ]
        for reader in readers
    }


def issue_of(letter: Letter) -> Issue:
    """The copy that a letter carries, with its reader, edition and coalition (one query)."""
    return Issue.objects.select_related("subscription", "edition__coalition").get(letter=letter)


def still_to_tell(issue: Issue) -> list[Notice]:
    """What a copy tells, as far as it is still public at this moment; newest change first."""
    return list(Notice.objects.filter(told__issue=issue, visible=True).order_by("-changed_at", "-pk"))


def unconfirmed_before(moment: datetime) -> QuerySet[Subscription]:
    """Requests that nobody confirmed and that were made before `moment`."""
    return Subscription.objects.filter(state=Subscription.State.ASKED, asked_at__lt=moment)


def subscriptions_at(addresses: Iterable[str]) -> QuerySet[Subscription]:
    """The subscriptions of these addresses, in any case of letters, forgotten ones too."""
    found = Q(pk__in=[])
    for address in addresses:
        found |= Q(email__iexact=address) | Q(email_hash=keyed_hash(address))
    return Subscription.objects.filter(found)


def ended_before(moment: datetime) -> QuerySet[Subscription]:
    """Subscriptions that ended before `moment` and whose address is still known."""
    return Subscription.objects.filter(
        state=Subscription.State.ENDED, forgotten_at__isnull=True, ended_at__lt=moment
    ).order_by("ended_at")


def consents(coalition_ids: Iterable[int]) -> QuerySet[Subscription]:
    """The register of consent: who said yes to which words, when and where, and who took it back; newest first."""
    return (
        Subscription.objects.filter(coalition__in=list(coalition_ids))
        .select_related("coalition")
        .order_by("-asked_at", "pk")
    )
