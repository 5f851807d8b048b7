from datetime import UTC, date, datetime

import pytest

from cms.corners import open_corner, open_corners
from cms.due import keep_corners
from cms.pages.municipalities import MunicipalityPage
from cms.pages.standard import StandardPage
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from coalition.membership.rules import Standing
from tests.factories import MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.pages import make_home, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def _person(role, coalition, municipality=None):
    person = PersonFactory()
    give_mandate(person=person, coalition=coalition, role=role, municipality=municipality, by=None, now=NOW)
    return person


def test_a_corner_is_opened_for_members_and_for_nobody_else():
    make_home()
    member = MembershipFactory()
    MembershipFactory(coalition=member.coalition, standing=Standing.INVITED)
    MembershipFactory(coalition=member.coalition, valid_from=date(2027, 1, 1))

    assert open_corners(now=NOW) == 1
    assert open_corners(now=NOW) == 0
    assert [page.municipality for page in MunicipalityPage.objects.all()] == [member.municipality]


def test_only_the_municipalitys_own_people_publish_in_its_corner():
    space = make_space("een")
    mine, neighbour = MembershipFactory(coalition=space.coalition), MembershipFactory(coalition=space.coalition)
    own = _person(Mandate.Role.REPRESENTATIVE, space.coalition, mine.municipality)
    other = _person(Mandate.Role.REPRESENTATIVE, space.coalition, neighbour.municipality)
    coordinator, editor = (_person(role, space.coalition) for role in (Mandate.Role.COORDINATOR, Mandate.Role.EDITOR))

    keep_corners(now=NOW)

    corner = MunicipalityPage.objects.get(municipality=mine.municipality)
    page = corner.add_child(instance=StandardPage(title="Onze markt", slug="markt", live=False))
    for place in (corner, page):
        rights = {person: place.permissions_for_user(person) for person in (own, other, coordinator, editor)}
        assert [rights[p].can_publish() for p in (own, other, coordinator, editor)] == [True, False, False, False]
        assert [rights[p].can_edit() for p in (own, other, coordinator, editor)] == [True, False, False, False]
    assert corner.permissions_for_user(coordinator).can_add_subpage()
    assert not corner.permissions_for_user(other).can_add_subpage()


def test_what_a_coordinator_proposes_in_a_corner_stays_a_draft_until_the_municipality_publishes_it():
    space = make_space("een")
    membership = MembershipFactory(coalition=space.coalition)
    coordinator = _person(Mandate.Role.COORDINATOR, space.coalition)
    keep_corners(now=NOW)
    corner = MunicipalityPage.objects.get()

    draft = corner.add_child(instance=StandardPage(title="Voorstel", slug="voorstel", live=False, owner=coordinator))

    assert draft.permissions_for_user(coordinator).can_edit()
    assert not draft.permissions_for_user(coordinator).can_publish()
    assert membership.municipality == corner.municipality


def test_who_left_publishes_nothing_any_more():
    space = make_space("een")
    membership = MembershipFactory(coalition=space.coalition, valid_until=date(2026, 11, 24))
    own = _person(Mandate.Role.REPRESENTATIVE, space.coalition, membership.municipality)
    keep_corners(now=NOW)
    corner = MunicipalityPage.objects.get()
    assert corner.permissions_for_user(own).can_publish()

    keep_corners(now=datetime(2026, 11, 25, 12, 0, tzinfo=UTC))

    assert not corner.permissions_for_user(type(own).objects.get(pk=own.pk)).can_publish()
    assert not type(own).objects.get(pk=own.pk).has_perm("wagtailadmin.access_admin")


def test_a_municipality_in_two_coalitions_has_one_corner():
    make_home()
    municipality = MunicipalityFactory(name_nl="Lennik")
    MembershipFactory(municipality=municipality)
    MembershipFactory(municipality=municipality)

    open_corners(now=NOW)

    assert open_corner(municipality).slug == "lennik"
    assert MunicipalityPage.objects.count() == 1


def test_the_corner_tells_where_its_municipality_takes_part_at_once(client):
    make_home()
    membership = MembershipFactory(municipality__name_nl="Lennik")
    corner = open_corner(membership.municipality)

    page = client.get(corner.url).content.decode()

    assert membership.coalition.name in page
    assert corner.title in client.get("/gemeenten/").content.decode()
