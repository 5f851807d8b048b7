"""Which producers wait for whom, in one coalition or in several: for the lists of coordinators and their home."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from coalition.membership.models import Coalition
from coalition.producers import queries, rules
from coalition.producers.models import FarmerLink, Label, Listing, Photo, Producer, Product, SalesChannel
from coalition.producers.words import FoodAgencyLevel, Reach

State = Producer.State
# After so long without an answer a coordinator had better call.
PATIENCE = timedelta(days=14)
# How long before its last day a certificate is asked for again.
EXPIRES_SOON = timedelta(days=60)


def told(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """The same, each with whether it has products, channels, photos and a change that waits (`has_...`)."""
    of_each = {"producer": OuterRef("pk")}
    return producers.annotate(
        has_products=Exists(Product.objects.filter(**of_each)),
        has_channels=Exists(SalesChannel.objects.filter(**of_each)),
        has_photos=Exists(Photo.objects.filter(**of_each)),
        has_change=Exists(Producer.objects.filter(pk=OuterRef("pk"), draft__isnull=False)),
    )


def missing(producer: Producer) -> list[str]:
    """The empty parts of a profile that `told` gave."""
    return rules.missing_parts(
        producer, products=producer.has_products, channels=producer.has_channels, photos=producer.has_photos
    )


def incomplete(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """Those with an empty part, of producers that `told` gave; says in the database what `missing` says."""
    empty = Q(municipality__isnull=True) | Q(has_products=False) | Q(has_channels=False) | Q(has_photos=False)
    for part in rules.PARTS:
        if part != "municipality":
            empty |= Q(**{part: ""})
    return producers.filter(empty)


def unanswered(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """Those who were asked, or whose change waits for their yes."""
    return producers.filter(Q(state=State.ASKED) | Q(draft__isnull=False))


def asked_long_ago(producers: QuerySet[Producer], now: datetime) -> QuerySet[Producer]:
    """Those who were last asked more than two weeks ago and never answered."""
    lately = FarmerLink.objects.filter(producer=OuterRef("pk"), asked_at__gte=now - PATIENCE)
    return producers.filter(~Exists(lately), state=State.ASKED)


def to_call(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """Those who rather are called, and whose yes is still to be noted."""
    open_for_him = Q(state__in=(State.DRAFT, State.ASKED)) | Q(draft__isnull=False)
    return producers.filter(open_for_him, reach=Reach.PHONE)


def stale(producers: QuerySet[Producer], day: date) -> QuerySet[Producer]:
    """Those whose last yes is older than a year."""
    return queries.unconfirmed_for_a_year(producers, day)


def undeclared(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """Those who lack a declaration to the food agency; says in the database what `rules.lacks_food_agency` says."""
    level = Q(favv_level__in=(FoodAgencyLevel.NONE, FoodAgencyLevel.PRIMARY))
    return producers.filter(level & (Q(processes=True) | Q(sells_third_party=True))).exclude(state=State.HIDDEN)


def labels_to_renew(coalitions: Collection[Coalition], day: date) -> list[tuple[int, Label]]:
    """(Coalition id, label with its producer) of certificates that end within two months (two queries)."""
    labels = Label.objects.filter(expires_on__gte=day, expires_on__lte=day + EXPIRES_SOON)
    labels = labels.exclude(producer__state=State.HIDDEN).select_related("producer")
    listed = Prefetch("producer__listings", Listing.objects.filter(coalition__in=coalitions), to_attr="listed_by")
    rows = labels.filter(producer__listings__coalition__in=coalitions).distinct().prefetch_related(listed)
    return [
        (row.coalition_id, label) for label in rows.order_by("expires_on", "pk") for row in label.producer.listed_by
    ]


def calls_in(coalitions: Collection[Coalition]) -> list[tuple[int, Producer]]:
    """(Coalition id, producer) of those who wait for a call, by name (one query)."""
    wanted = to_call(Producer.objects.all()).values("pk")
    rows = Listing.objects.filter(coalition__in=coalitions, producer__in=wanted).select_related("producer")
    return [(row.coalition_id, row.producer) for row in rows.order_by("producer__name", "pk")]


def counts_in(coalitions: Collection[Coalition], producers: QuerySet[Producer]) -> Counter:
    """How many of `producers` each coalition lists, by its id (one query)."""
    rows = Listing.objects.filter(coalition__in=coalitions, producer__in=producers.values("pk"))
    return Counter(rows.values_list("coalition_id", flat=True))
