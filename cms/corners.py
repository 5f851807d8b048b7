"""The corners of municipalities: opened when a municipality becomes a member, and published by its own people only.

A corner stands beside the spaces of coalitions, not in one of them: rights in Wagtail go down the tree, so below a
coalition's page its coordinators would publish in the name of a municipality. Here they may only propose.
"""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from cms.pages.home import HomePage
from cms.pages.municipalities import CORNERS_SLUG, MunicipalityIndexPage, MunicipalityPage
from cms.versions import open_language, open_version
from coalition.base.dates import local_day
from coalition.membership.languages import FRENCH
from coalition.membership.models import Coalition
from coalition.membership.queries import member_municipalities, municipal_group
from coalition.territory.models import Municipality
from coalition.territory.rules import needs_french

# The municipality's own people; and what a coalition's staff may do there: write a draft of their own, nothing else.
OWN_RIGHTS = {"add", "change", "publish"}
PROPOSERS = ("coordinators", "editors")
PROPOSING = {"add"}


def open_corners(*, now: datetime) -> int:
    """A corner for every municipality that is a member somewhere today; returns how many were opened."""
    members = member_municipalities(local_day(now))
    known = set(MunicipalityPage.objects.values_list("municipality_id", flat=True))
    missing = [municipality for municipality in members if municipality.pk not in known]
    for municipality in missing:
        open_corner(municipality)
    return len(missing)


@transaction.atomic
def open_corner(municipality: Municipality) -> MunicipalityPage:
    """The corner of a municipality, empty and public; the one that is there already when there is one."""
    known = MunicipalityPage.objects.filter(municipality=municipality, locale=Locale.get_default()).first()
    if known is not None:
        return known
    index = _index()
    taken = set(index.get_children().values_list("slug", flat=True))
    slug = slugify(municipality.name_nl)
    slug = slug if slug not in taken else f"{slug}-{municipality.nis}"
    corner = index.add_child(
        instance=MunicipalityPage(title=municipality.name_nl, slug=slug, municipality=municipality, live=False)
    )
    if needs_french(municipality.regime):
        _open_in_french(corner)
    corner.save_revision().publish()
    return corner


def _open_in_french(corner: MunicipalityPage) -> None:
    """A municipality with facilities has its corner in French from the first day; it goes live with the Dutch one."""
    open_language(FRENCH)
    with override(FRENCH):
        index = open_version(_index(), FRENCH, title=_("Municipalities").capitalize())
    if not index.live:
        index.save_revision().publish()
    name = corner.municipality.name_fr or corner.municipality.name_nl
    open_version(corner, FRENCH, title=name, slug=find_available_slug(index, slugify(name)))


def _index() -> MunicipalityIndexPage:
    index = MunicipalityIndexPage.objects.filter(locale=Locale.get_default()).first()
    if index is not None:
        return index
    home = HomePage.objects.get(locale=Locale.get_default())
    with override(settings.LANGUAGE_CODE):
        index = MunicipalityIndexPage(title=_("Municipalities").capitalize(), slug=CORNERS_SLUG, show_in_menus=True)
    index = home.add_child(instance=index)
    index.save_revision().publish()
    return index


def corner_grants(coalition: Coalition, day: date) -> dict[str, set[tuple[int, str]]]:
    """What groups of `coalition` may do in corners on `day`: group name to (page, right); two queries.

    Where a municipality takes part no longer, nobody of this coalition may do anything any more.
    """
    members = {m.pk: m for m in member_municipalities(day, coalition=coalition)}
    corners = MunicipalityPage.objects.filter(municipality__in=members).values_list("pk", "municipality_id")
    grants: dict[str, set[tuple[int, str]]] = {}
    for page, municipality in corners:
        own = municipal_group(coalition, members[municipality])
        grants.setdefault(own, set()).update((page, f"{right}_page") for right in OWN_RIGHTS)
        for part in PROPOSERS:
            name = f"c{coalition.pk}-{part}"
            grants.setdefault(name, set()).update((page, f"{right}_page") for right in PROPOSING)
    return grants


def municipal_groups(coalition: Coalition) -> list[str]:
    """The groups of municipalities' own people in a coalition, as they stand in the database."""
    prefix = f"c{coalition.pk}-m"
    names = Group.objects.filter(name__startswith=prefix).values_list("name", flat=True)
    return sorted(name for name in names if name[len(prefix) :].isdigit())


def corner_of(page: Page) -> MunicipalityPage | None:
    """The corner in which a page stands; None outside every corner."""
    return MunicipalityPage.objects.ancestor_of(page, inclusive=True).select_related("municipality").first()
