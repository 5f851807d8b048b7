from datetime import UTC, date, datetime, time

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from coalition.activity.models import Notice
from coalition.digests.models import DigestSchedule, Subscription
from tests.factories.membership import CoalitionFactory


class DigestScheduleFactory(DjangoModelFactory):
    class Meta:
        model = DigestSchedule

    coalition = SubFactory(CoalitionFactory)
    weekday = 2
    hour = time(20, 15)
    since = date(2026, 1, 1)


class SubscriptionFactory(DjangoModelFactory):
    """A reader who confirmed long ago."""

    class Meta:
        model = Subscription

    coalition = SubFactory(CoalitionFactory)
    email = Sequence(lambda n: f"lezer{n}@example.org")
    state = Subscription.State.CONFIRMED
    consent_version = "test"
    consent_text = "Ja."
    consent_page = "http://testserver/overzichtsmail/"
    asked_at = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)
    confirmed_at = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    key = Sequence(lambda n: f"page:{900000 + n}")
    coalition = SubFactory(CoalitionFactory)
    kind = "newspage"
    title = Sequence(lambda n: f"Bericht {n}")
    summary = "In het kort."
    url = Sequence(lambda n: f"/coalitie/nieuws/bericht-{n}/")
    first_published_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    changed_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
