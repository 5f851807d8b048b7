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
    members: list[str] = field(default_factory=list)
    news: Door | None = None
    languages: list[tuple[str, str]] = field(default_factory=list)

    @property
    def section(self) -> Door | None:
        return next((door for door in self.words if door.current == "true"), None)


@register.simple_tag(takes_context=True)
def navigation(context) -> Navigation:
    """The frame of this page in two queries, however many pages and members there are.

    A view outside the pages (sign-in, digests) costs one more, to find the site or the coalition's page.
    """
    request = context.get("request")
    if request is None:
        return Navigation()
    page, coalition = context.get("page"), context.get("coalition")
    page = page if isinstance(page, Page) and page.path else None
    top = context.get("coalition_page") or _coalition_page(coalition)
    found = Navigation()
    if top:
        found.home = _door(top, request, page)
    root_path = _root_path(top, page, request)
    if root_path:
        _fill(found, top, root_path, request, page)
    if isinstance(coalition, Coalition):
        found.members = _members(coalition, context.get("members"))
    return found


def _members(coalition: Coalition, known) -> list[str]:
    """The names of the municipalities that take part today; from what the page already tells, where it does."""
    if known is not None:
        return [member.municipality for member in known if member.standing == Standing.MEMBER]
    day = local_day(timezone.now())
    return [m.municipality.name for m in members_shown(coalition, day) if m.state_on(day) == Standing.MEMBER]


def _coalition_page(coalition) -> CoalitionPage | None:
    if not isinstance(coalition, Coalition):
        return None
    return CoalitionPage.objects.filter(coalition=coalition, live=True).first()


def _root_path(top: CoalitionPage | None, page: Page | None, request) -> str:
    """The tree path of the front page above this page: of the site where there is no page."""
    if top:
        return top.path[: -Page.steplen]
    if page:
        return page.path[: 2 * Page.steplen]
    site = Site.find_for_request(request)
    return site.root_page.path if site else ""


def _fill(found: Navigation, top: CoalitionPage | None, root_path: str, request, page: Page | None) -> None:
    """One query for the words of the menu, the statements, and this page in other languages."""
    statement = Q(content_type__app_label="cms", content_type__model__in=STATEMENTS)
    root_depth = len(root_path) // Page.steplen
    at_root = statement if top else statement | Q(show_in_menus=True, content_type__model="standardpage")
    wanted = Q(path__startswith=root_path, depth=root_depth + 1) & at_root
    if top:
        wanted |= Q(path__startswith=top.path, depth=top.depth + 1) & (statement | Q(show_in_menus=True))
    if page:
        wanted |= Q(translation_key=page.translation_key) & ~Q(pk=page.pk)
    entries = Page.objects.live().filter(wanted, view_restrictions__isnull=True).select_related("locale")
    for entry in entries.order_by("path"):
        _hang(found, entry, _door(entry, request, page), top, page)


def _hang(found: Navigation, entry: Page, door: Door, top: CoalitionPage | None, page: Page | None) -> None:
    """Put a door where it belongs; a coalition's own statement goes before the platform's."""
    kind = entry.cached_content_type.model
    if page and entry.translation_key == page.translation_key and entry.pk != page.pk:
        found.languages.append((entry.locale.language_code, door.url))
    elif kind not in STATEMENTS:
        found.words.append(door)
        found.news = door if kind == "newsindexpage" else found.news
    elif (top and entry.depth > top.depth) or getattr(found, kind) is None:
        setattr(found, kind, door)


def _door(entry: Page, request, page: Page | None) -> Door:
    return Door(title=entry.title, url=entry.get_url(request) or "/", current=_current(entry, page))


def _current(entry: Page, page: Page | None) -> str:
    if page is None:
        return ""
    if page.pk == entry.pk:
        return "page"
    return "true" if page.path.startswith(entry.path) else ""
