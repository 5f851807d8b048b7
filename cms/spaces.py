"""A coalition's space: its pages, its collection of files and what its groups may do there.

Who is in a group follows from mandates (`coalition.membership`); what the group may do is decided here, and only
here. `grants_of` is the whole truth; `sync_grants` makes the database say it.
"""

from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.corners import corner_grants, municipal_groups
from cms.pages.coalitions import CoalitionPage
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage
from cms.pages.producers.index import ProducerIndexPage
from cms.pages.producers.scope import PRODUCERS_SLUG
from cms.pages.standard import StandardPage
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import actions as membership
from coalition.membership.models import Coalition
from coalition.membership.queries import standing_groups

MEMBERS_SLUG = "leden"
DEFAULT_PORTS = {"http": 80, "https": 443}

# What each standing group may do with the pages below the coalition's page and with its files.
PAGE_RIGHTS = {
    "coordinators": ("add", "change", "publish", "lock", "unlock"),
    "editors": ("add", "change"),
    "members": (),
}
FILE_RIGHTS = {
    "coordinators": ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"),
    "editors": ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"),
    "members": (),
}
# A municipality's own people bring files for their corner into the collection of the coalition.
MUNICIPAL_FILES = {"add_image", "choose_image", "add_document", "choose_document"}
# Who may enter may also make versions in other languages; where, is asked of pages (cms/desk/translating.py).
GENERAL_OF = {"access_admin": "wagtailadmin", "submit_translation": "simple_translation"}
GENERAL = set(GENERAL_OF)
MAY_ENTER = ("coordinators", "editors")


@transaction.atomic
def open_site() -> HomePage:
    """The front page at the root of the one site, in the place of Wagtail's welcome; made once."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        for page in Page.get_first_root_node().get_children():
            page.delete()
        title = settings.WAGTAIL_SITE_NAME
        home = Page.get_first_root_node().add_child(instance=HomePage(title=title, slug="home"))
        home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id != home.pk:
        address = urlsplit(settings.PUBLIC_URL)
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.hostname, site.port = address.hostname or "localhost", address.port or DEFAULT_PORTS[address.scheme]
        site.save()
    return home


@transaction.atomic
def found_space(*, now: datetime, by=None, **facts) -> CoalitionPage:
    """Found a coalition with all that belongs to it, or nothing at all; `facts` as for `found_coalition`."""
    coalition = membership.found_coalition(by=by, now=now, **facts)
    home = open_site()
    if home.get_children().filter(slug=coalition.slug).exists():
        raise Refusal(_("There is already a page at “%(slug)s”.") % {"slug": coalition.slug}, field="slug")
    collection = Collection.get_first_root_node().add_child(name=coalition.name)
    page = CoalitionPage(
        title=coalition.name, slug=coalition.slug, coalition=coalition, collection=collection, owner=by
    )
    # A draft: it shows itself once its statements are there (cms/publishing.py).
    page.live = False
    home.add_child(instance=page)
    page.save_revision(user=by)
    # What founding makes is written in Dutch, the language of the space, whoever founds it.
    with override("nl"):
        _furnish(page, by)
    membership.sync_groups(coalition=coalition, now=now)
    sync_founders_grant()
    sync_grants(coalition=coalition, now=now)
    return page


def _furnish(page: CoalitionPage, by) -> None:
    news = NewsIndexPage(title=_("News"), slug="nieuws", show_in_menus=True, owner=by)
    page.add_child(instance=news)
    news.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    open_directory(page, by=by)
    members = StandardPage(title=_("For members"), slug=MEMBERS_SLUG, show_in_menus=False, owner=by)
    page.add_child(instance=members)
    members.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.GROUPS)


def open_directories() -> int:
    """A directory of producers in every space that has none; returns how many were opened."""
    spaces = CoalitionPage.objects.filter(locale=Locale.get_default(), coalition__isnull=False)
    having = {path[: -Page.steplen] for path in ProducerIndexPage.objects.values_list("path", flat=True)}
    missing = [space for space in spaces if space.path not in having]
    for space in missing:
        open_directory(space)
    return len(missing)


@transaction.atomic
def open_directory(page: CoalitionPage, *, by=None) -> ProducerIndexPage:
    """The directory of producers in the space of a coalition; the one that is there already when there is one."""
    known = ProducerIndexPage.objects.child_of(page).first()
    if known is not None:
        return known
    with override("nl"):
        directory = ProducerIndexPage(title=_("Producers"), slug=PRODUCERS_SLUG, show_in_menus=True, owner=by)
    page.add_child(instance=directory)
    directory.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return directory


def grants_of(page: CoalitionPage, day: date) -> dict[str, dict[str, set]]:
    """What the groups of the coalition at `page` may do on `day`: group name to pages, files and general rights.

    `pages` are (page, codename), `files` (collection, codename), `general` codenames of permissions.
    """
    grants = {}
    fronts = CoalitionPage.objects.filter(coalition=page.coalition).values_list("pk", flat=True)
    for name in standing_groups(page.coalition):
        part = name.split("-", 1)[1]
        grants[name] = {
            "pages": {(front, f"{right}_page") for front in fronts for right in PAGE_RIGHTS[part]},
            "files": {(page.collection_id, right) for right in FILE_RIGHTS[part]},
            "general": GENERAL if part in MAY_ENTER else set(),
        }
    corners = corner_grants(page.coalition, day)
    for name in municipal_groups(page.coalition):
        # Who takes part no longer has a group that may do nothing.
        has_corner = name in corners
        grants[name] = {
            "pages": set(),
            "files": {(page.collection_id, right) for right in MUNICIPAL_FILES} if has_corner else set(),
            "general": GENERAL if has_corner else set(),
        }
    for name, rights in corners.items():
        if name in grants:
            grants[name]["pages"] |= rights
    return grants


@transaction.atomic
def sync_grants(*, coalition: Coalition, now: datetime, check: bool = False) -> list[str]:
    """Make the rights of a coalition's groups what `grants_of` says; returns what differed, in words."""
    pages = CoalitionPage.objects.select_related("coalition", "collection").filter(locale=Locale.get_default())
    page = pages.filter(coalition=coalition).first()
    if page is None:
        return [f"{coalition.slug}: no page"]
    differences = []
    for name, wanted in grants_of(page, local_day(now)).items():
        group = Group.objects.filter(name=name).first()
        if group is None:
            differences.append(f"{name}: missing")
            continue
        if _found(group) != wanted:
            differences.append(f"{name}: rights differ")
            if not check:
                _grant(group, wanted)
    return differences + _sync_members_only(page, check)


@transaction.atomic
def sync_founders_grant(*, check: bool = False) -> list[str]:
    """Who may still found a coalition may enter the admin, and do nothing else there."""
    differences = membership.sync_founders(check=check)
    group = Group.objects.filter(name=membership.FOUNDERS).first()
    nothing = {"pages": set(), "files": set(), "general": {"access_admin"}}
    if group is not None and _found(group) != nothing:
        differences.append(f"{group.name}: rights differ")
        if not check:
            _grant(group, nothing)
    return differences


def _found(group: Group) -> dict[str, set]:
    return {
        "pages": set(GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission__codename")),
        "files": set(
            GroupCollectionPermission.objects.filter(group=group).values_list("collection_id", "permission__codename")
        ),
        "general": set(group.permissions.values_list("codename", flat=True)),
    }


def _grant(group: Group, wanted: dict[str, set]) -> None:
    GroupPagePermission.objects.filter(group=group).delete()
    GroupCollectionPermission.objects.filter(group=group).delete()
    for page, codename in sorted(wanted["pages"]):
        GroupPagePermission.objects.create(group=group, page_id=page, permission=_permission("wagtailcore", codename))
    for collection, codename in sorted(wanted["files"]):
        app = "wagtailimages" if codename.endswith("image") else "wagtaildocs"
        GroupCollectionPermission.objects.create(
            group=group, collection_id=collection, permission=_permission(app, codename)
        )
    group.permissions.set([_permission(GENERAL_OF[right], right) for right in wanted["general"]])


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _sync_members_only(page: CoalitionPage, check: bool) -> list[str]:
    """The members' pages are for the members group of this coalition, and of no other."""
    members = Page.objects.child_of(page).filter(slug=MEMBERS_SLUG).first()
    group = Group.objects.filter(name=f"c{page.coalition_id}-members").first()
    if members is None or group is None:
        return []
    restriction = PageViewRestriction.objects.filter(page=members).first()
    if (
        restriction
        and restriction.restriction_type == PageViewRestriction.GROUPS
        and set(restriction.groups.values_list("pk", flat=True)) == {group.pk}
    ):
        return []
    if not check:
        restriction = restriction or PageViewRestriction(page=members)
        restriction.restriction_type = PageViewRestriction.GROUPS
        restriction.save()
        restriction.groups.set([group])
    return [f"{page.slug}/{MEMBERS_SLUG}: readers differ"]
