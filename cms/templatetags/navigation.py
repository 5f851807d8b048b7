"""Where a reader can go from here: the pages of the coalition he is in, and what the law wants on every page."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Length
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.base.cache import build
from cms.base.languages import dutch, is_absent, is_foreign
from cms.pages.coalitions import CoalitionPage
from cms.tongues import is_marked_as_translation
from cms.versions import FRONT_DEPTH
from coalition.base import freshness
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.membership.queries import members_shown
from coalition.membership.rules import Standing

register = template.Library()

STATEMENTS = ("accessibilitypage", "privacypage")
# What may stand in the menu of the platform itself; coalitions are on its front page.
ROOT_WORDS = ("standardpage", "municipalityindexpage")


@dataclass(frozen=True)
class Door:
    title: str
    url: str
    # "page" on the page itself, "true" on a page below it, else empty: the values of aria-current.
    current: str = ""
    # Of the page behind the door, where it is another than that of the frame.
    language: str = ""


@dataclass
class Navigation:
    """What the frame of a page links to; `words` is the row below the bar, `section` the word we are in."""

    home: Door | None = None
    words: list[Door] = field(default_factory=list)
    accessibilitypage: Door | None = None
    privacypage: Door | None = None
    members: list[str] = field(default_factory=list)
    news: Door | None = None
    # This page in other languages (code, address), Dutch first; what is said of languages it does not exist in.
    languages: list[tuple[str, str]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    # The Dutch page that this one translates, where it has to be marked as a translation.
    translates: Door | None = None

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
    language: str = ""

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
    found = Navigation(members=frame["members"])
    _speak(found, page, frame, request)
    if frame["top"]:
        found.home = _door(frame["top"], page)
    for entry in frame["entries"]:
        _hang(found, entry, frame["top"], page)
    return found


def _frame(context, coalition: Coalition | None, page: Page | None, request) -> dict:
    """What is the same on every page of a coalition on one day, in one language and under one address."""
    day, language = local_day(timezone.now()), get_language()
    scope = coalition.slug if coalition else "site"
    branch = page.path[: 2 * Page.steplen] if page else ""
    # As an earlier version of the code kept it, it may lack what this one looks for.
    name = f"frame:{build()}:{scope}:{day}:{language}:{request.get_host()}:{branch}"
    return freshness.remembered(name, lambda: _look_up(context, coalition, page, request), scope)


def _look_up(context, coalition: Coalition | None, page: Page | None, request) -> dict:
    top = context.get("coalition_page") or _coalition_page(coalition)
    root_path = _root_path(top, page, request)
    pages = list(_pages(top, root_path)) if root_path else []
    front = top or next((found for found in pages if found.path == root_path), None)
    return {
        "scope": coalition.slug if coalition else "site",
        "heard": _heard(pages, top),
        "top": _entry(top, request) if top else None,
        "front": front.pk if front else None,
        "versions": [_version(found, request) for found in pages if front and _is_other_version(found, front)],
        "entries": _entries([found for found in pages if not _is_front(found, top)], root_path, request),
        "members": _members(coalition, context.get("members")) if coalition else [],
    }


def _entries(pages: list[Page], root_path: str, request) -> list[Entry]:
    """What stands in this language; what the law wants on every page is shown in Dutch where it is not in it yet."""
    entries = [_entry(page, request) for page in pages if page.path.startswith(root_path)]
    there = {entry.kind for entry in entries}
    elsewhere = [_entry(page, request, dutch()) for page in pages if not page.path.startswith(root_path)]
    return entries + [entry for entry in elsewhere if entry.kind not in there]


def _members(coalition: Coalition, known) -> list[str]:
    """The names of the municipalities that take part today; from what the page already tells, where it does."""
    if known is not None:
        return [member.municipality for member in known if member.standing == Standing.MEMBER]
    day = local_day(timezone.now())
    return [m.municipality.name for m in members_shown(coalition, day) if m.state_on(day) == Standing.MEMBER]


def _coalition_page(coalition: Coalition | None) -> CoalitionPage | None:
    """The coalition's page in the language of this visit, else in Dutch."""
    if coalition is None:
        return None
    pages = CoalitionPage.objects.filter(coalition=coalition, live=True).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    return found.get(get_language()) or found.get(dutch())


def _root_path(top: CoalitionPage | None, page: Page | None, request) -> str:
    """The tree path of the front page above this page: of the site where there is no page."""
    if top:
        return top.path[: -Page.steplen]
    if page:
        return page.path[: 2 * Page.steplen]
    site = Site.find_for_request(request)
    return site.root_page.localized.path if site else ""


def _pages(top: CoalitionPage | None, root_path: str) -> QuerySet[Page]:
    """The words of the menu, the statements, and the front page in each language, in the order of the tree.

    In another language the Dutch statements come along.
    """
    statement = Q(content_type__app_label="cms", content_type__model__in=STATEMENTS)
    root_depth = len(root_path) // Page.steplen
    at_root = statement if top else statement | Q(show_in_menus=True, content_type__model__in=ROOT_WORDS)
    wanted = Q(path__startswith=root_path, depth=root_depth + 1) & at_root
    if top:
        wanted |= Q(path__startswith=top.path, depth=top.depth + 1) & (statement | Q(show_in_menus=True))
    wanted |= Q(depth=FRONT_DEPTH) | Q(translation_key=top.translation_key if top else None)
    if is_foreign():
        wanted |= statement & Q(parent__in=_dutch_paths([root_path, top.path] if top else [root_path]))
    pages = Page.objects.alias(parent=Left("path", Length("path") - Page.steplen)).live()
    return pages.filter(wanted, view_restrictions__isnull=True).select_related("locale").order_by("path")


def _dutch_paths(paths: list[str]) -> QuerySet:
    """The tree paths of the Dutch versions of the pages at these tree paths, for use in a query."""
    keys = Page.objects.filter(path__in=paths).order_by().values("translation_key")
    versions = Page.objects.filter(translation_key__in=keys, locale__language_code=dutch())
    return versions.order_by().values("path")


def _is_front(page: Page, top: CoalitionPage | None) -> bool:
    return page.depth == FRONT_DEPTH or (top is not None and page.translation_key == top.translation_key)


def _heard(pages: list[Page], top: CoalitionPage | None) -> list[str]:
    """The languages that the coalition, else the platform, shows itself in, Dutch first."""
    fronts = [page for page in pages if _is_front(page, top) and (top is None or page.depth > FRONT_DEPTH)]
    codes = {page.locale.language_code for page in fronts} | {dutch()}
    return [code for code, _name in settings.LANGUAGES if code in codes]


def _is_other_version(page: Page, other: Page) -> bool:
    return page.translation_key == other.translation_key and page.pk != other.pk


def _version(page: Page, request) -> Entry:
    return _entry(page, request, page.locale.language_code)


def _entry(page: Page, request, language: str = "") -> Entry:
    kind, url = page.cached_content_type.model, page.get_url(request) or "/"
    return Entry(pk=page.pk, path=page.path, kind=kind, title=page.title, url=url, language=language)


def _hang(found: Navigation, entry: Entry, top: Entry | None, page: Page | None) -> None:
    """Put a door where it belongs; a coalition's own statement goes before the platform's."""
    door = _door(entry, page)
    if entry.kind not in STATEMENTS:
        found.words.append(door)
        found.news = door if entry.kind == "newsindexpage" else found.news
    elif (top and entry.depth > top.depth) or getattr(found, entry.kind) is None:
        setattr(found, entry.kind, door)


def _speak(found: Navigation, page: Page | None, frame: dict, request) -> None:
    """Where this page is in other languages, and where it is not; no query while only Dutch is spoken."""
    heard = frame["heard"]
    if page is None:
        found.languages = _same_door(heard, request)
        return
    if len(heard) == 1 and not is_foreign():
        return
    versions = frame["versions"] if page.pk == frame["front"] else _versions(page, request, frame["scope"])
    known = {version.language: version for version in versions}
    order = [code for code, _name in settings.LANGUAGES if code in known]
    found.languages = [(code, known[code].url) for code in order]
    found.absent = [is_absent(code) for code in heard if code not in known and code != get_language()]
    if is_foreign() and dutch() in known and is_marked_as_translation(page):
        found.translates = Door(title=known[dutch()].title, url=known[dutch()].url)


def _versions(page: Page, request, scope: str) -> list[Entry]:
    """The public versions of a page in other languages: one query, none while nothing changes in its coalition."""
    others = Page.objects.live().filter(translation_key=page.translation_key, view_restrictions__isnull=True)
    others = others.exclude(pk=page.pk).select_related("locale")
    name = f"versions:{page.pk}:{request.get_host()}"
    return freshness.remembered(name, lambda: [_version(other, request) for other in others], scope)


def _same_door(heard: list[str], request) -> list[tuple[str, str]]:
    """The address of a form or an answer in the other languages that are spoken there."""
    match = getattr(request, "resolver_match", None)
    if match is None or len(heard) == 1:
        return []
    question = f"?{request.GET.urlencode()}" if request.GET else ""
    doors = [(code, translate_url(request.path, code)) for code in heard if code != get_language()]
    return [(code, url + question) for code, url in doors if url != request.path]


def _door(entry: Entry, page: Page | None) -> Door:
    return Door(title=entry.title, url=entry.url, current=_current(entry, page), language=entry.language)


def _current(entry: Entry, page: Page | None) -> str:
    if page is None:
        return ""
    if page.pk == entry.pk:
        return "page"
    return "true" if page.path.startswith(entry.path) else ""
