"""Coalitions and corners that speak French, and pages in two languages."""

from datetime import date

from cms.corners import open_corner
from cms.pages.coalitions import CoalitionPage
from cms.pages.municipalities import MunicipalityPage
from cms.pages.standard import StandardPage
from cms.spaces import sync_grants
from cms.versions import open_language, open_version
from coalition.membership.languages import Choice
from coalition.membership.models import SharedLanguages
from tests.factories.membership import MembershipFactory
from tests.factories.pages import FOUNDED, make_space


def make_facility_member(space: CoalitionPage, *, regime: str = "taalgrens", **facts) -> MunicipalityPage:
    """A member with facilities, and its corner in Dutch and in French."""
    member = MembershipFactory(coalition=space.coalition, municipality__regime=regime, **facts)
    return open_corner(member.municipality)


def make_bilingual_space(slug: str = "pajotse-velden") -> CoalitionPage:
    """A coalition with a facility member that decided to publish in Dutch, and in French where it wants."""
    space = make_space(slug)
    make_facility_member(space, municipality__name_nl="Bever", municipality__name_fr="Biévène")
    SharedLanguages.objects.create(
        coalition=space.coalition, choice=Choice.DUTCH, reason="Advies.", decided_on=date(2026, 2, 1)
    )
    open_language("fr")
    open_version(space, "fr", intro="<p>Bienvenue.</p>").save_revision().publish()
    sync_grants(coalition=space.coalition, now=FOUNDED)
    return space


def write_text(parent, title: str = "Over ons", *, live: bool = True, **facts) -> StandardPage:
    """A page of text in Dutch below `parent`."""
    page = StandardPage(title=title, lead=facts.pop("lead", "Zo is het."), live=False, **facts)
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return StandardPage.objects.get(pk=page.pk)


def write_in_french(page: StandardPage, title: str = "À propos", *, live: bool = True, **facts) -> StandardPage:
    """The French version of a page of text."""
    french = open_version(page, "fr", title=title, lead=facts.pop("lead", "C’est ainsi."), **facts)
    if live:
        french.save_revision().publish()
    return StandardPage.objects.get(pk=french.pk)
