"""Where a reader can go from here: the pages of the coalition he is in, and what the law wants on every page."""

from dataclasses import dataclass, field

from django import template
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Site

from cms.pages.coalitions import CoalitionPage
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.membership.queries import members_shown
from coalition.membership.rules import Standing

register = template.Library()

STATEMENTS = ("accessibilitypage", "privacypage")


@dataclass(frozen=True)
class Door:
    title: str
    url: str
    # "page" on the page itself, "true" on a page below it, else empty: the values of aria-current.
    current: str = ""


@dataclass
class Navigation:
    """What the frame of a page links to; `words` is the row below the bar, `section` the word we are in."""

    home: Door | None = None
    words: list[Door] = field(default_factory=list)
    accessibilitypage: Door | None = None
    privacypage: Door | None = None
    members: list = field(default_factory=list)
    news: Door | None = None
    languages: list[tuple[str, str]] = field(default_factory=list)

    @property
    def section(self) -> Door | None:
        return next((door for door in self.words if door.current == "true"), None)


@register.simple_tag(takes_context=True)
def navigation(context) -> Navigation:
    """The frame of this page in at most five queries, however many pages and members there are."""
    request = context.get("request")
    if request is None:
        return Navigation()
    page, coalition = context.get("page"), context.get("coalition")
    top = context.get("coalition_page") or _coalition_page(coalition)
    root_path = top.path[: -Page.steplen] if top else _root_path(request)
    found = Navigation()
    if top:
        found.home = _door(top, request, page)
    if root_path:
        _fill(found, top, root_path, request, page)
    if isinstance(coalition, Coalition):
        found.members = _members(coalition)
    if isinstance(page, Page) and page.pk:
        found.languages = _other_languages(page, request)
    return found


def _members(coalition: Coalition) -> list:
    """The municipalities that take part today, by name."""
    day = local_day(timezone.now())
    return [m.municipality for m in members_shown(coalition, day) if m.state_on(day) == Standing.MEMBER]


def _coalition_page(coalition) -> CoalitionPage | None:
    if not isinstance(coalition, Coalition):
        return None
    return CoalitionPage.objects.filter(coalition=coalition, live=True).first()


def _root_path(request) -> str:
    site = Site.find_for_request(request)
    return site.root_page.path if site else ""


def _fill(found: Navigation, top, root_path: str, request, page) -> None:
    """One query for the words of the menu and the statements; a coalition's own statement before the platform's."""
    statement = Q(content_type__app_label="cms", content_type__model__in=STATEMENTS)
    below_root = Q(path__startswith=root_path, depth=len(root_path) // Page.steplen + 1)
    wanted = below_root & (statement if top else statement | Q(show_in_menus=True, content_type__model="standardpage"))
    if top:
        wanted |= Q(path__startswith=top.path, depth=top.depth + 1) & (statement | Q(show_in_menus=True))
    pages = (
        Page.objects.live()
        .filter(wanted, view_restrictions__isnull=True)
        .select_related("content_type")
        .order_by("path")
    )
    for entry in pages:
        kind, door = entry.content_type.model, _door(entry, request, page)
        if kind not in STATEMENTS:
            found.words.append(door)
            found.news = door if kind == "newsindexpage" else found.news
        elif top and entry.depth > top.depth or getattr(found, kind) is None:
            setattr(found, kind, door)


def _door(entry: Page, request, page) -> Door:
    return Door(title=entry.title, url=entry.get_url(request) or "/", current=_current(entry, page))


def _current(entry: Page, page) -> str:
    if not isinstance(page, Page) or not page.path:
        return ""
    if page.pk == entry.pk:
        return "page"
    return "true" if page.path.startswith(entry.path) else ""


def _other_languages(page: Page, request) -> list[tuple[str, str]]:
    """Live versions of this page in other languages: language code and address."""
    versions = page.get_translations().live().select_related("locale")
    return [(version.locale.language_code, version.get_url(request) or "/") for version in versions]
