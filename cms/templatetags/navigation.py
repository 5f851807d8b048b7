"""Where a reader can go from here: the pages of the coalition he is in, and what the law wants on every page."""

from dataclasses import dataclass, field

from django import template
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.pages.coalitions import CoalitionPage
from coalition.base import freshness
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.membership.queries import members_shown
from coalition.membership.rules import Standing

register = template.Library()

STATEMENTS = ("accessibilitypage", "privacypage")
# What may stand in the menu of the platform itself; coalitions are on its front page.
ROOT_WORDS = ("standardpage", "municipalityindexpage")
FRONT_PAGES = 2  # the depth in the tree at which the front page of each language stands


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
    members: list[str] = field(default_factory=list)
    news: Door | None = None
    languages: list[tuple[str, str]] = field(default_factory=list)

    @property
    def section(self) -> Door | None:
        return next((door for door in self.words if door.current == "true"), None)


@dataclass(frozen=True)
class Entry:
    """A page that frames link to, as it is kept between visits."""

    pk: int
    path: str
    kind: str
    title: str
    url: str

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen


@register.simple_tag(takes_context=True)
def navigation(context) -> Navigation:
    """The frame of this page. It costs nothing while its coalition does not change, however many pages it has."""
    request = context.get("request")
    if request is None:
        return Navigation()
    page, coalition = context.get("page"), context.get("coalition")
    page = page if isinstance(page, Page) and page.path else None
    coalition = coalition if isinstance(coalition, Coalition) else None
    frame = _frame(context, coalition, page, request)
    found = Navigation(members=frame["members"], languages=_languages(page, frame["several_languages"], request))
    if frame["top"]:
        found.home = _door(frame["top"], page)
    for entry in frame["entries"]:
        _hang(found, entry, frame["top"], page)
    return found


def _frame(context, coalition: Coalition | None, page: Page | None, request) -> dict:
    """What is the same on every page of a coalition on one day, in one language and under one address."""
    day, language = local_day(timezone.now()), get_language()
    scope = coalition.slug if coalition else "site"
    name = f"frame:{scope}:{day}:{language}:{request.get_host()}:{page.path[: 2 * Page.steplen] if page else ''}"
    return freshness.remembered(name, lambda: _look_up(context, coalition, page, request), scope)


def _look_up(context, coalition: Coalition | None, page: Page | None, request) -> dict:
    top = context.get("coalition_page") or _coalition_page(coalition)
    root_path = _root_path(top, page, request)
    pages = list(_pages(top, root_path)) if root_path else []
    return {
        "top": _entry(top, request) if top else None,
        "entries": [_entry(found, request) for found in pages if found.depth > FRONT_PAGES],
        "several_languages": len(pages) - sum(found.depth > FRONT_PAGES for found in pages) > 1,
        "members": _members(coalition, context.get("members")) if coalition else [],
    }


def _members(coalition: Coalition, known) -> list[str]:
    """The names of the municipalities that take part today; from what the page already tells, where it does."""
    if known is not None:
        return [member.municipality for member in known if member.standing == Standing.MEMBER]
    day = local_day(timezone.now())
    return [m.municipality.name for m in members_shown(coalition, day) if m.state_on(day) == Standing.MEMBER]


def _coalition_page(coalition: Coalition | None) -> CoalitionPage | None:
    return CoalitionPage.objects.filter(coalition=coalition, live=True).first() if coalition else None


def _root_path(top: CoalitionPage | None, page: Page | None, request) -> str:
    """The tree path of the front page above this page: of the site where there is no page."""
    if top:
        return top.path[: -Page.steplen]
    if page:
        return page.path[: 2 * Page.steplen]
    site = Site.find_for_request(request)
    return site.root_page.path if site else ""


def _pages(top: CoalitionPage | None, root_path: str) -> QuerySet[Page]:
    """The words of the menu, the statements, and the front page in each language, in the order of the tree."""
    statement = Q(content_type__app_label="cms", content_type__model__in=STATEMENTS)
    root_depth = len(root_path) // Page.steplen
    at_root = statement if top else statement | Q(show_in_menus=True, content_type__model__in=ROOT_WORDS)
    wanted = Q(path__startswith=root_path, depth=root_depth + 1) & at_root
    if top:
        wanted |= Q(path__startswith=top.path, depth=top.depth + 1) & (statement | Q(show_in_menus=True))
    return Page.objects.live().filter(wanted | Q(depth=FRONT_PAGES), view_restrictions__isnull=True).order_by("path")


def _entry(page: Page, request) -> Entry:
    kind = page.cached_content_type.model
    return Entry(pk=page.pk, path=page.path, kind=kind, title=page.title, url=page.get_url(request) or "/")


def _hang(found: Navigation, entry: Entry, top: Entry | None, page: Page | None) -> None:
    """Put a door where it belongs; a coalition's own statement goes before the platform's."""
    door = _door(entry, page)
    if entry.kind not in STATEMENTS:
        found.words.append(door)
        found.news = door if entry.kind == "newsindexpage" else found.news
    elif (top and entry.depth > top.depth) or getattr(found, entry.kind) is None:
        setattr(found, entry.kind, door)


def _languages(page: Page | None, several: bool, request) -> list[tuple[str, str]]:
    """This page in other languages; no query while the site has one."""
    if page is None or not several:
        return []
    others = page.get_translations().live().filter(view_restrictions__isnull=True).select_related("locale")
    return [(other.locale.language_code, other.get_url(request) or "/") for other in others]


def _door(entry: Entry, page: Page | None) -> Door:
    return Door(title=entry.title, url=entry.url, current=_current(entry, page))


def _current(entry: Entry, page: Page | None) -> str:
    if page is None:
        return ""
    if page.pk == entry.pk:
        return "page"
    return "true" if page.path.startswith(entry.path) else ""
