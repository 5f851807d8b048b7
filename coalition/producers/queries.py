"""Who is found where: producers a reader may see, what stands behind each, and who waits for whom."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from coalition.base.dates import local_day
from coalition.membership.models import Coalition, Membership
from coalition.membership.rules import Standing
from coalition.producers import rules
from coalition.producers.models import (
    Closure,
    Declaration,
    FarmerLink,
    FieldConsent,
    Label,
    Listing,
    OpenSpan,
    Photo,
    Principles,
    Producer,
    Product,
    SalesChannel,
    Season,
)
from coalition.producers.words import NEEDS_CERTIFICATE, AllergenState, Contact, FoodAgencyLevel

State = Producer.State
# Heavy columns that no list needs.
HEAVY = ("municipality__boundary", "municipality__outline")


def listed(coalition: Coalition | None, day: date) -> QuerySet[Listing]:
    """The listings that hold on `day`: of a member's producers, and of guests."""
    rows = Listing.objects.all() if coalition is None else Listing.objects.filter(coalition=coalition)
    return rows.filter(Q(as_guest=True) | Exists(_membership(day)))


def kept(coalitions: Iterable[Coalition | int], day: date) -> QuerySet[Producer]:
    """The producers that these coalitions look after: a member's, and whoever they were the first to list.

    A guest of theirs is looked after by others, who alone read and write what he did not agree to show.
    """
    own = _looking_after(day).filter(coalition__in=coalitions)
    return Producer.objects.filter(pk__in=own.values("producer"))


def keepers(producer: Producer, day: date) -> set[int]:
    """The ids of the coalitions that look after a producer on `day` (one query)."""
    return set(_looking_after(day).filter(producer=producer).values_list("coalition", flat=True))


def _looking_after(day: date) -> QuerySet[Listing]:
    earlier = Listing.objects.filter(producer=OuterRef("producer"), pk__lt=OuterRef("pk"))
    return Listing.objects.filter(Q(as_guest=False) & Exists(_membership(day)) | ~Exists(earlier))


def _membership(day: date) -> QuerySet[Membership]:
    """The membership, on `day`, of the municipality of a listing's producer in the listing's coalition."""
    return Membership.objects.filter(
        standing=Standing.MEMBER,
        coalition=OuterRef("coalition"),
        municipality=OuterRef("producer__municipality"),
    ).on(day)


def public(day: date, coalition: Coalition | None = None, *, among: Iterable[int] | None = None) -> QuerySet[Producer]:
    """The producers whom readers see on `day`, in `coalition`, in coalitions with these ids (`among`), or anywhere.

    Confirmed by themselves, declared to the food agency where they must be (L-9.2), listed by a coalition in which
    their municipality is a member that day or as a guest. Says in the database what `rules.lacks_food_agency` says.
    """
    undeclared = Q(favv_level__in=(FoodAgencyLevel.NONE, FoodAgencyLevel.PRIMARY))
    lacking = undeclared & (Q(processes=True) | Q(sells_third_party=True))
    found = Producer.objects.filter(state=State.CONFIRMED).exclude(lacking)
    listings = listed(coalition, day)
    if among is not None:
        listings = listings.filter(coalition__in=list(among))
    return found.filter(pk__in=listings.values("producer"))


def public_products(rows: QuerySet[Product] | None = None) -> QuerySet[Product]:
    """Products whose allergens are decided (L-11.1)."""
    rows = Product.objects.all() if rows is None else rows
    return rows.exclude(allergen_state=AllergenState.UNDECIDED)


def valid_labels(day: date) -> QuerySet[Label]:
    """Labels that may be shown on `day`; says in the database what `rules.is_label_valid` says."""
    holds = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
    certified = ~Q(certificate="") & Q(expires_on__isnull=False)
    return Label.objects.filter(holds).filter(~Q(kind__in=NEEDS_CERTIFICATE) | certified)


def with_offer(producers: QuerySet[Producer], day: date) -> QuerySet[Producer]:
    """The same producers with all that a list or a page shows of each, in a constant number of queries (six)."""
    return (
        producers.select_related("municipality")
        .defer(*HEAVY)
        .prefetch_related(
            Prefetch("products", public_products()),
            "channels",
            Prefetch("labels", valid_labels(day)),
            Prefetch("closures", Closure.objects.filter(last_day__gte=day)),
            Prefetch("photos", Photo.objects.filter(confirmed_at__isnull=False)),
        )
    )


def open_at(producers: QuerySet[Producer], minute: int, day: date, *, also: Iterable[int] = ()) -> QuerySet[Producer]:
    """Those whose fixed weekly hours hold `minute` of the week (Monday 0.00 is 0) and who are not closed on `day`.

    Producers whose hours depend on dates (`hours_depend`) are worked out one by one: who of them is open is given by
    id in `also`.
    """
    spans = OpenSpan.objects.filter(
        Q(begins__lte=minute, ends__gt=minute) | Q(begins__lte=minute + 10080, ends__gt=minute + 10080),
        producer=OuterRef("pk"),
    )
    fixed = Q(Exists(spans), hours_depend=False)
    return producers.filter(fixed | Q(pk__in=list(also))).exclude(pk__in=closed_on(day))


def open_between(
    producers: QuerySet[Producer], begins: int, ends: int, *, also: Iterable[int] = ()
) -> QuerySet[Producer]:
    """Those with fixed weekly hours somewhere between two minutes of the week (Sunday is 8640 to 10080).

    Who else is open then, by the date, is given by id in `also`.
    """
    spans = OpenSpan.objects.filter(
        Q(begins__lt=ends, ends__gt=begins) | Q(ends__gt=begins + 10080), producer=OuterRef("pk")
    )
    return producers.filter(Q(Exists(spans), hours_depend=False) | Q(pk__in=list(also)))


def hours_to_work_out() -> list[tuple[int, str]]:
    """The confirmed producers of whom it depends on the day when they are open: ids and hours (one query)."""
    rows = Producer.objects.filter(state=State.CONFIRMED, hours_depend=True).exclude(opening_hours="")
    return list(rows.order_by().values_list("pk", "opening_hours"))


def closures_of(ids: Iterable[int], day: date) -> dict[int, list[tuple[date, date, str]]]:
    """When these producers are closed from `day` on: first day, last day and reason (one query)."""
    found: dict[int, list[tuple[date, date, str]]] = {}
    rows = Closure.objects.filter(producer__in=list(ids), last_day__gte=day)
    for producer, *closure in rows.values_list("producer", "first_day", "last_day", "reason"):
        found.setdefault(producer, []).append(tuple(closure))
    return found


def saying(producers: QuerySet[Producer], words: Iterable[str]) -> QuerySet[Producer]:
    """Those whose name, place, postcode or offer has words that begin with each of these (folded) words."""
    for word in words:
        producers = producers.filter(search_text__contains=f" {word}")
    return producers


def listed_saying(words: Iterable[str], day: date) -> QuerySet[Listing]:
    """Where readers find who has words that begin so: a row for each coalition, by name of producer and coalition."""
    rows = listed(None, day).filter(producer__in=saying(public(day), words).values("pk"))
    rows = rows.select_related("producer").order_by("producer__name", "producer", "coalition__name")
    return rows.only("coalition", "producer__name", "producer__slug", "producer__place", "producer__offer_text")


def places_of(producers: QuerySet[Producer]) -> list[tuple]:
    """Where each is: id, name, longitude, latitude and village; where he has no point, that of his municipality."""
    rows = producers.order_by().values_list(
        "pk", "name", "longitude", "latitude", "place", "municipality__longitude", "municipality__latitude"
    )
    return [
        (pk, name, *((east, north) if east is not None else around), place)
        for pk, name, east, north, place, *around in rows
    ]


def with_summary(producers: QuerySet[Producer], day: date) -> QuerySet[Producer]:
    """The same producers with what a list says of each, in a constant number of queries (five)."""
    return (
        producers.select_related("municipality")
        .defer(*HEAVY, "story", "search_text", "offer_text")
        .prefetch_related(
            Prefetch("products", public_products()),
            "channels",
            Prefetch("labels", valid_labels(day)),
            Prefetch("closures", Closure.objects.filter(last_day__gte=day)),
        )
    )


def with_products(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """The same producers with what they make, for a short list (two queries)."""
    rows = producers.select_related("municipality").defer(*HEAVY, "story", "search_text", "offer_text")
    return rows.prefetch_related(Prefetch("products", public_products()))


def where_listed(ids: Iterable[int], day: date, among: Iterable[int]) -> dict[int, Coalition]:
    """For each of these producers the coalition, of those `among`, in which readers find him; the first by name."""
    rows = listed(None, day).filter(producer__in=list(ids), coalition__in=list(among))
    found: dict[int, Coalition] = {}
    for row in rows.select_related("coalition").order_by("coalition__name"):
        found.setdefault(row.producer_id, row.coalition)
    return found


def crops_of(producers: QuerySet[Producer]) -> dict[str, int]:
    """How many of these producers show each crop of the season calendar (one query)."""
    rows = public_products().filter(producer__in=producers.values("pk")).exclude(crop="")
    counted = rows.order_by().values("crop").annotate(makers=Count("producer", distinct=True))
    return dict(counted.values_list("crop", "makers"))


def closed_on(day: date) -> QuerySet:
    """The ids of producers who are closed on `day` whatever their hours say."""
    return Closure.objects.filter(first_day__lte=day, last_day__gte=day).values("producer")


def making(
    producers: QuerySet[Producer], *, category: str = "", crops: Iterable[str] | None = None
) -> QuerySet[Producer]:
    """Those who show a product of a category, or one of some crops."""
    products = public_products(Product.objects.filter(producer=OuterRef("pk")))
    if category:
        products = products.filter(category=category)
    if crops is not None:
        products = products.filter(crop__in=list(crops))
    return producers.filter(Exists(products))


def selling_by(producers: QuerySet[Producer], kind: str) -> QuerySet[Producer]:
    """Those from whom one buys in a certain way."""
    return producers.filter(Exists(SalesChannel.objects.filter(producer=OuterRef("pk"), kind=kind)))


def bearing(producers: QuerySet[Producer], kind: str, day: date) -> QuerySet[Producer]:
    """Those who bear a label on `day`."""
    return producers.filter(Exists(valid_labels(day).filter(producer=OuterRef("pk"), kind=kind)))


def of_coalition(coalition: Coalition) -> QuerySet[Producer]:
    """All producers that a coalition lists, drafts included: for its coordinator."""
    return (
        Producer.objects.filter(listings__coalition=coalition).select_related("municipality").defer(*HEAVY).distinct()
    )


def counted(producers: QuerySet[Producer]) -> QuerySet[Producer]:
    """The same with how many products, channels and photos each has (`product_count`, ...), for completeness."""
    return producers.annotate(
        product_count=Count("products", distinct=True),
        channel_count=Count("channels", distinct=True),
        photo_count=Count("photos", distinct=True),
    )


def unconfirmed_for_a_year(producers: QuerySet[Producer], day: date) -> QuerySet[Producer]:
    """Those whose last yes is older than a year."""
    return producers.filter(state=State.CONFIRMED, confirmed_at__date__lt=day - rules.FRESH)


def waiting_for_farmer(coalition: Coalition) -> QuerySet[Producer]:
    """Those who were asked and have not answered, and those with a change that waits for their yes."""
    return of_coalition(coalition).filter(Q(state=State.ASKED) | Q(draft__isnull=False))


def is_photo_public(file: str, day: date) -> bool:
    """Whether everybody may see a photo on `day`: the farmer said yes to it and to his profile, and that is shown."""
    confirmed = Photo.objects.filter(file=file, confirmed_at__isnull=False)
    return public(day).filter(pk__in=confirmed.values("producer")).exists()


def agreed(producer: Producer) -> list[str]:
    """The fields (`Contact`) that a farmer himself agreed to show and did not take back, whoever wrote what since."""
    last: dict[str, bool] = {}
    for field, given in (
        FieldConsent.objects.filter(producer=producer).order_by("at", "pk").values_list("field", "given")
    ):
        last[field] = given
    return [field for field in Contact.values if last.get(field)]


def link_of(pk, nonce: str) -> FarmerLink | None:
    """The link that a letter named, with its producer."""
    return (
        FarmerLink.objects.select_related("producer__municipality", "coalition")
        .defer("producer__municipality__boundary", "producer__municipality__outline")
        .filter(pk=pk, nonce=nonce)
        .first()
    )


def old_links(now: datetime) -> QuerySet[FarmerLink]:
    """Links of letters that nobody needs any more."""
    return FarmerLink.objects.filter(asked_at__lt=now - rules.LETTER_OPEN - timedelta(days=1))


def principles_of(coalition: Coalition, day: date) -> Principles | None:
    """The version of the principles that a coalition goes by on `day`."""
    return (
        Principles.objects.filter(coalition=coalition, adopted_on__lte=day).order_by("-adopted_on", "-version").first()
    )


def declared(producer: Producer, principles: Principles) -> dict[str, Declaration]:
    """What a producer declared on a version of the principles, by the key of each."""
    return {row.key: row for row in Declaration.objects.filter(producer=producer, principles=principles)}


def seasons_of(coalition: Coalition | None) -> dict[str, tuple[str, str, str]]:
    """What a coalition knows better about seasons: crop to fresh, glass and storage."""
    rows = Season.objects.filter(coalition=coalition).values_list("crop", "fresh", "glass", "storage")
    return {crop: (fresh, glass, storage) for crop, fresh, glass, storage in rows}


def same_number(number: str) -> QuerySet[Producer]:
    """Producers with the same enterprise number."""
    return Producer.objects.filter(enterprise_number=number) if number else Producer.objects.none()


def coalitions_of(producer: Producer, now: datetime) -> list[Coalition]:
    """The coalitions in which a producer stands today, as a member's producer or as a guest."""
    shown = listed(None, local_day(now)).filter(producer=producer).values("coalition")
    return list(Coalition.objects.filter(pk__in=shown).order_by("name"))


def to_follow(day: date) -> QuerySet[Producer]:
    """Producers of municipalities that had merged by `day`."""
    return Producer.objects.filter(municipality__successor__isnull=False, municipality__valid_until__lt=day).annotate(
        successor=F("municipality__successor")
    )
