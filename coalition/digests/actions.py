"""Subscribing, stopping, and planning what each reader is told."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.base.hashing import keyed_hash
from coalition.digests import consent, queries, rules, tokens
from coalition.digests.models import DigestSchedule, Edition, Issue, Subscription, Told
from coalition.mail import actions as mail
from coalition.mail.actions import Draft
from coalition.membership.models import Coalition

if TYPE_CHECKING:
    from coalition.people.models import Person

READERS_AT_ONCE = 500
# Somebody who presses the button twice, or for somebody else, does not fill a mailbox.
BETWEEN_REQUESTS = timedelta(minutes=10)


@transaction.atomic
def set_schedule(
    *, coalition: Coalition, weekday: int, hour: time, by: "Person | None", now: datetime
) -> DigestSchedule:
    """Choose on which weekday (1 Monday to 7) and hour (Brussels) a coalition's digest goes out."""
    if weekday not in DigestSchedule.Weekday.values:
        raise Refusal(_("Choose a day of the week."), field="weekday")
    schedule, _created = DigestSchedule.objects.update_or_create(
        coalition=coalition,
        defaults={"weekday": weekday, "hour": hour, "enabled": True},
        # Whose hour has passed today is not told at once what nobody asked for yet.
        create_defaults={"weekday": weekday, "hour": hour, "since": rules.first_day(hour, now)},
    )
    record(Verb.SCHEDULE_CHANGED, subject=coalition, by=by, about=coalition, now=now, weekday=weekday, hour=str(hour))
    return schedule


@transaction.atomic
def ask(*, coalition: Coalition, email: str, agreed: bool, page: str, now: datetime) -> None:
    """Somebody asks for the digest: he gets a letter with a link, and nothing else until he uses it.

    Says nothing about whether the address was known: the same happens on the screen in every case.
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(_("This is not an e-mail address."), field="email") from error
    if not agreed:
        raise Refusal(_("Tick the box if you want the digest."), field="agreed")
    subscription = queries.subscriptions_at([email]).select_for_update().filter(coalition=coalition).first()
    if subscription is None:
        subscription = Subscription(coalition=coalition, email=email, round=0)
    elif subscription.state == Subscription.State.CONFIRMED:
        _post(subscription, "digests/already", f"{now:%Y%m%d}", now)
        return
    elif subscription.state == Subscription.State.ASKED and now - subscription.asked_at < BETWEEN_REQUESTS:
        return
    subscription.state = Subscription.State.ASKED
    # Whoever was forgotten and comes back is written down again.
    subscription.email, subscription.email_hash, subscription.forgotten_at = subscription.email or email, "", None
    subscription.round += 1
    subscription.asked_at = now
    subscription.ended_at, subscription.ended_via, subscription.confirmed_at = None, "", None
    subscription.consent_version = consent.VERSION
    subscription.consent_text = consent.TEXT % {"coalition": coalition.name}
    subscription.consent_page = page[:500]
    subscription.save()
    record(
        Verb.SUBSCRIPTION_ASKED,
        subject=subscription,
        about=coalition,
        now=now,
        consent=consent.VERSION,
        round=subscription.round,
    )
    _post(subscription, "digests/confirm", str(subscription.round), now)


def _post(subscription: Subscription, kind: str, once: str, now: datetime) -> None:
    mail.post(
        kind=kind,
        key=f"{kind}:{subscription.pk}:{once}",
        to=subscription.email,
        facts={"subscription": str(subscription.pk), "round": subscription.round},
        coalition=subscription.coalition,
        expires_at=now + timedelta(days=rules.CONFIRMATION_DAYS),
        now=now,
    )


@transaction.atomic
def confirm(*, token: str, now: datetime) -> Subscription:
    """The owner of the address says yes; the proof is complete. Saying yes twice changes nothing."""
    subscription = subscription_to_confirm(token=token)
    subscription = Subscription.objects.select_for_update().select_related("coalition").get(pk=subscription.pk)
    if subscription.state != Subscription.State.CONFIRMED:
        subscription.state = Subscription.State.CONFIRMED
        subscription.confirmed_at = now
        subscription.save(update_fields=["state", "confirmed_at"])
        record(Verb.SUBSCRIPTION_CONFIRMED, subject=subscription, about=subscription.coalition, now=now)
    return subscription


def subscription_to_confirm(*, token: str) -> Subscription:
    """The subscription that a confirmation link names; refuses a forged, expired, replaced or stopped one."""
    named = tokens.read_confirm(token)
    subscription = None
    if named is not None:
        subscription = Subscription.objects.filter(pk=named[0], round=named[1]).select_related("coalition").first()
    if subscription is None or subscription.state == Subscription.State.ENDED:
        raise Refusal(_("This link no longer works. Ask for the digest again and you get a new one."))
    return subscription


@transaction.atomic
def stop(*, subscription_id: UUID, via: str, now: datetime) -> Subscription | None:
    """End a subscription, at once and for good; stopping twice changes nothing. None when there is no such row."""
    subscription = (
        Subscription.objects.select_for_update(of=("self",))
        .select_related("coalition")
        .filter(pk=subscription_id)
        .first()
    )
    if subscription is not None and subscription.state != Subscription.State.ENDED:
        subscription.state = Subscription.State.ENDED
        subscription.ended_at, subscription.ended_via = now, via
        subscription.save(update_fields=["state", "ended_at", "ended_via"])
        record(Verb.SUBSCRIPTION_ENDED, subject=subscription, about=subscription.coalition, now=now, via=via)
    return subscription


@transaction.atomic
def forget_unconfirmed_due(*, now: datetime) -> int:
    """Delete requests that were not confirmed within a week (L-2.9); returns how many."""
    old = queries.unconfirmed_before(now - timedelta(days=rules.CONFIRMATION_DAYS))
    return old.delete()[1].get("coalition.Subscription", 0)


@transaction.atomic
def forget_reader(*, subscription: Subscription, via: str, now: datetime) -> None:
    """End a subscription and let go of its address and of all that was told; the proof of consent and a hash stay."""
    if subscription.forgotten_at is not None:
        return
    stop(subscription_id=subscription.pk, via=via, now=now)
    Issue.objects.filter(subscription=subscription).delete()
    who = keyed_hash(subscription.email)
    # Two rows of one reader cannot both be his hash; the newer proof stays.
    Subscription.objects.filter(coalition=subscription.coalition_id, email_hash=who).delete()
    Subscription.objects.filter(pk=subscription.pk).update(email="", email_hash=who, forgotten_at=now)


@transaction.atomic
def forget_ended_due(*, now: datetime, batch: int = READERS_AT_ONCE) -> int:
    """Let go of the addresses of subscriptions that ended long ago; at most `batch`, returns how many."""
    old = now - timedelta(days=settings.RETENTION_DAYS["ended_subscriptions"])
    ended = list(queries.ended_before(old).select_for_update()[:batch])
    for subscription in ended:
        forget_reader(subscription=subscription, via="retention", now=now)
    return len(ended)


def plan_due_editions(*, now: datetime) -> int:
    """Plan every edition that has fallen due: one letter for each reader with news; returns the letters written.

    Only the latest due edition of a coalition is planned: after a long silence everybody gets one digest, because
    what is told is what has not been told, not what happened since last time. Can be run by several planners at
    once and be killed at any moment: each batch of readers is one transaction.
    """
    written = 0
    for schedule in queries.schedules():
        due = rules.latest_due(schedule, now)
        if due is None:
            continue
        edition, _created = Edition.objects.get_or_create(
            coalition=schedule.coalition, key=due[0], defaults={"due_at": due[1]}
        )
        if edition.state == Edition.State.OPEN:
            written += _plan(edition, now)
    return written


def _plan(edition: Edition, now: datetime) -> int:
    if rules.is_too_late(edition.due_at, now) and edition.planned_until is None:
        _pass_by(edition, now)
        return 0
    release_untold(coalition=edition.coalition)
    written = 0
    while (batch := _plan_batch(edition, now)) is not None:
        written += batch
    return written


@transaction.atomic
def _pass_by(edition: Edition, now: datetime) -> None:
    changed = Edition.objects.filter(pk=edition.pk, state=Edition.State.OPEN).update(state=Edition.State.MISSED)
    if changed:
        record(Verb.EDITION_MISSED, subject=edition, about=edition.coalition, now=now)


@transaction.atomic
def release_untold(*, coalition: Coalition) -> int:
    """What a letter that reached nobody was to tell, has not been told."""
    return Told.objects.filter(subscription__coalition=coalition, issue__letter__state__in=queries.RELEASING).delete()[
        0
    ]


@transaction.atomic
def _plan_batch(edition: Edition, now: datetime) -> int | None:
    """Plan the next readers; returns the letters written, None when the edition is done."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("coalition").get(pk=edition.pk)
    if edition.state != Edition.State.OPEN:
        return None
    readers = queries.readers_after(edition, edition.planned_until, READERS_AT_ONCE)
    if not readers:
        edition.state, edition.planned_at = Edition.State.PLANNED, now
        edition.save(update_fields=["state", "planned_at"])
        record(Verb.EDITION_PLANNED, subject=edition, about=edition.coalition, now=now)
        return None
    news = queries.not_yet_told(readers, queries.news_of(edition))
    written = _write(edition, readers, news, now)
    edition.planned_until = readers[-1].pk
    edition.save(update_fields=["planned_until"])
    return written


def _write(edition: Edition, readers: list[Subscription], news: dict, now: datetime) -> int:
    drafts = [
        Draft(key=f"digest:{reader.pk}:{edition.key}", to=reader.email, facts={})
        for reader in readers
        if news[reader.pk]
    ]
    letters = mail.post_many(
        kind="digests/edition",
        drafts=drafts,
        coalition=edition.coalition,
        due_at=edition.due_at,
        expires_at=edition.due_at + rules.WORTH,
        now=now,
    )
    issues = Issue.objects.bulk_create(
        Issue(edition=edition, subscription=reader, letter=letters.get(f"digest:{reader.pk}:{edition.key}"))
        for reader in readers
    )
    Told.objects.bulk_create(
        Told(subscription_id=issue.subscription_id, notice=notice, significant=notice.significant, issue=issue)
        for issue in issues
        for notice in news[issue.subscription_id]
    )
    return len(drafts)
