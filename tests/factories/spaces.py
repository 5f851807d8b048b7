"""Coalitions of any size, fast: as many municipalities, people and pages as are asked for."""

from datetime import datetime
from itertools import cycle, islice

from wagtail.models import Page

from cms.corners import open_corners
from cms.pages.coalitions import CoalitionPage
from cms.pages.municipalities import MunicipalityPage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.standard import StandardPage
from cms.spaces import sync_grants
from coalition.membership.actions import sync_groups
from coalition.membership.models import Mandate, Membership
from coalition.people.models import Person
from coalition.territory.models import Municipality
from tests.factories.membership import MandateFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.territory import MunicipalityFactory


def populate(space: CoalitionPage, *, municipalities: int, people: int, now: datetime) -> list[Municipality]:
    """Give a coalition member municipalities with corners, and people who speak for them in turn."""
    coalition = space.coalition
    places = Municipality.objects.bulk_create(MunicipalityFactory.build_batch(municipalities))
    Membership.objects.bulk_create(MembershipFactory.build(coalition=coalition, municipality=place) for place in places)
    open_corners(now=now)
    speakers = Person.objects.bulk_create(PersonFactory.build_batch(people))
    Mandate.objects.bulk_create(
        MandateFactory.build(person=person, coalition=coalition, municipality=place, role=Mandate.Role.REPRESENTATIVE)
        for person, place in zip(speakers, cycle(places), strict=False)
    )
    sync_groups(coalition=coalition, now=now)
    sync_grants(coalition=coalition, now=now)
    return places


def write_news(space: CoalitionPage, total: int) -> NewsIndexPage:
    """Publish `total` news items of a coalition; the page that holds them."""
    index = NewsIndexPage.objects.child_of(space).get()
    for number in range(total):
        _publish(index, NewsPage(title=f"Nieuws {number}", lead="Aardbeien uit de buurt."))
    return NewsIndexPage.objects.get(pk=index.pk)


def write_in_corners(total: int) -> None:
    """Publish `total` pages of municipalities, spread over their corners."""
    corners = list(MunicipalityPage.objects.all())
    for number, corner in enumerate(islice(cycle(corners), total)):
        _publish(MunicipalityPage.objects.get(pk=corner.pk), StandardPage(title=f"Blad {number}", lead="Van onszelf."))


def _publish(parent: Page, page: Page) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()
