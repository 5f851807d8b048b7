from datetime import UTC, date, datetime

from factory import LazyAttribute, Sequence, SubFactory, post_generation
from factory.django import DjangoModelFactory

from coalition.producers.models import (
    Closure,
    FarmerLink,
    Label,
    Listing,
    Photo,
    Principles,
    Producer,
    Product,
    SalesChannel,
    Season,
)
from coalition.producers.words import AllergenState, Category, ChannelKind, LabelKind
from tests.factories.membership import CoalitionFactory
from tests.factories.territory import MunicipalityFactory

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
FIVE = [{"key": f"principle-{n}", "title": f"Principe {n}", "text": f"Uitleg {n}."} for n in range(1, 6)]


class ProducerFactory(DjangoModelFactory):
    """A confirmed producer; `coalition=` lists him there, as a guest unless his municipality is a member."""

    class Meta:
        model = Producer
        skip_postgeneration_save = True

    name = Sequence(lambda n: f"Hoeve {n}")
    slug = Sequence(lambda n: f"hoeve-{n}")
    state = Producer.State.CONFIRMED
    municipality = SubFactory(MunicipalityFactory)
    latitude = 50.79
    longitude = 4.12
    postcode = "1755"
    place = "Gooik"
    created_at = NOON
    changed_at = NOON
    confirmed_at = LazyAttribute(lambda row: NOON if row.state == Producer.State.CONFIRMED else None)

    @post_generation
    def coalition(self, create, coalition, **kwargs):
        if create and coalition:
            ListingFactory(producer=self, coalition=coalition)


class ListingFactory(DjangoModelFactory):
    class Meta:
        model = Listing

    producer = SubFactory(ProducerFactory)
    coalition = SubFactory(CoalitionFactory)
    as_guest = True
    reason = "vlak over de grens"
    added_at = NOON


class SalesChannelFactory(DjangoModelFactory):
    class Meta:
        model = SalesChannel

    producer = SubFactory(ProducerFactory)
    kind = ChannelKind.FARM_SHOP


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    producer = SubFactory(ProducerFactory)
    name = "Prei"
    category = Category.VEGETABLES
    crop = "prei"
    allergen_state = AllergenState.NONE


class LabelFactory(DjangoModelFactory):
    class Meta:
        model = Label

    producer = SubFactory(ProducerFactory)
    kind = LabelKind.ORGANIC
    certificate = "BE-BIO-01-1234"
    body = "BE-BIO-01"
    expires_on = date(2027, 12, 31)


class ClosureFactory(DjangoModelFactory):
    class Meta:
        model = Closure

    producer = SubFactory(ProducerFactory)
    first_day = date(2026, 12, 24)
    last_day = date(2027, 1, 3)


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = Photo

    producer = SubFactory(ProducerFactory)
    file = Sequence(lambda n: f"foto-{n}")
    alt = "De winkel"
    width = 1600
    height = 1200
    added_at = NOON
    confirmed_at = NOON


class SeasonFactory(DjangoModelFactory):
    class Meta:
        model = Season

    coalition = SubFactory(CoalitionFactory)
    crop = "prei"
    fresh = "7-4"


class PrinciplesFactory(DjangoModelFactory):
    class Meta:
        model = Principles

    coalition = SubFactory(CoalitionFactory)
    version = Sequence(lambda n: n + 1)
    adopted_on = date(2026, 6, 1)
    items = LazyAttribute(lambda _row: FIVE)


class FarmerLinkFactory(DjangoModelFactory):
    class Meta:
        model = FarmerLink

    producer = SubFactory(ProducerFactory, state=Producer.State.ASKED, confirmed_at=None)
    asked_at = datetime(2026, 11, 24, 11, 55, tzinfo=UTC)
