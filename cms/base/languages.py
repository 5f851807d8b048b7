"""In which languages the house is open to readers, and what is said where a page has no version in the one asked for.

Dutch is always spoken. Another language is off until the front page of the platform, or of a coalition, is published
in it; publishing it needs the grounds that the law asks (cms/tongues.py). What a reader asked for stands in the address
of that one visit: nothing remembers it (findings F1, L-4.2, L-4.5).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Site

from coalition.base import freshness

if TYPE_CHECKING:
    from wagtail.models import Page

PLATFORM = ""
FRONT_PAGES = ("homepage", "coalitionpage")


def dutch() -> str:
    """The language of the house itself."""
    return settings.LANGUAGE_CODE


def is_foreign(language: str | None = None) -> bool:
    """Whether a language (by default that of this visit) is another than that of the house."""
    return (language or get_language() or dutch()) != dutch()


def is_absent(language: str) -> str:
    """What is said where a page has no version in `language`; in the language of this visit."""
    return {
        "nl": _("This page does not exist in Dutch."),
        "fr": _("This page does not exist in French."),
        "en": _("This page does not exist in English."),
    }[language]


def spoken(coalition: str = PLATFORM) -> tuple[str, ...]:
    """The languages beside Dutch that the platform, or the coalition with this slug, shows itself in."""
    return freshness.remembered("spoken", _look_up, "site").get(coalition, ())


def _look_up() -> dict[str, tuple[str, ...]]:
    """One query: a coalition's front page has the slug of its coalition in every language (cms/pages/coalitions.py)."""
    from wagtail.models import Page

    fronts = Page.objects.live().filter(content_type__app_label="cms", content_type__model__in=FRONT_PAGES)
    found: dict[str, set[str]] = {}
    for kind, slug, code in fronts.values_list("content_type__model", "slug", "locale__language_code"):
        found.setdefault(PLATFORM if kind == "homepage" else slug, set()).add(code)
    order = [code for code, _name in settings.LANGUAGES if code != dutch()]
    return {scope: tuple(code for code in order if code in codes) for scope, codes in found.items()}


class SpokenLanguages:
    """Keeps the pages that are no page of the tree (forms, answers) to the languages that are spoken there (L-4.5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """The answer that the page is not there in this language; None where it is, and for pages of the tree."""
        foreign = f"/{get_language()}/" if is_foreign() else None
        if foreign is None or not request.path_info.startswith(foreign) or _is_of_the_tree(request):
            return None
        if get_language() in spoken(coalition_in(kwargs)):
            return None
        return not_in_this_language(request, request.path_info[len(foreign) - 1 :])


def coalition_in(kwargs: dict) -> str:
    """The slug of the coalition that an address names, PLATFORM where it names none."""
    slug = kwargs.get("slug") or kwargs.get("coalition") or PLATFORM
    return slug if isinstance(slug, str) else PLATFORM


def _is_of_the_tree(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name == "wagtail_serve"


def dutch_or_nothing(request: HttpRequest, path: str) -> HttpResponse | None:
    """For an address in another language at which no page stands: what there is at the same address in Dutch.

    A page whose version in this language stands elsewhere sends the reader there. A page that anybody may read in
    Dutch is named, with 404: shown here it would be Dutch text under a French address, a notice that nobody made.
    """
    source = _public_dutch_page(request, path)
    if source is None:
        return None
    versions = source.get_translations().live().filter(locale__language_code=get_language())
    version = versions.filter(view_restrictions__isnull=True).first()
    if version is not None:
        return redirect(version.get_url(request))
    return not_in_this_language(request, source.get_url(request), source.title)


def _public_dutch_page(request: HttpRequest, path: str) -> "Page | None":
    from wagtail.models import Page

    site = Site.find_for_request(request)
    if site is None:
        return None
    address = "/".join(part for part in path.split("/") if part)
    url_path = f"{site.root_page.url_path}{address}/" if address else site.root_page.url_path
    return Page.objects.live().public().filter(url_path=url_path).first()


def not_in_this_language(request: HttpRequest, url: str, title: str = "") -> HttpResponse:
    """The page that says so, and where the Dutch one is; 404, so that nobody keeps the address."""
    context = {"absent": is_absent(get_language()), "dutch_url": url, "dutch_title": title}
    return render(request, "cms/not_in_language.html", context, status=404)
