"""Pages for readers: which page stands at an address is remembered while nothing changes there.

Wagtail looks up site, language, front page, each level of the tree and every restriction above a page for each visit.
The answer is the same for everybody until something is published, moved, withdrawn or closed; all of these renew the
version that the memory is kept under. Only what an anonymous reader was really shown is remembered.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site
from wagtail.views import serve as wagtail_serve

from cms.base.cache import is_for_everybody, scope_of
from cms.base.languages import dutch_or_nothing, is_foreign
from coalition.base import freshness


@dataclass(frozen=True)
class Known:
    """The page at an address, and the site it was found in."""

    site: Site
    content_type: int
    page: int


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path`; people who are signed in, previews and unknown addresses go Wagtail's whole way.

    Raises Http404 where there is nothing in any language.
    """
    try:
        return _serve(request, path)
    except Http404:
        answer = dutch_or_nothing(request, path) if is_foreign() else None
        if answer is None:
            raise
        return answer


def _serve(request: HttpRequest, path: str) -> HttpResponse:
    if not is_for_everybody(request):
        return wagtail_serve(request, path)
    memory = freshness.Memory(f"route:{request.scheme}:{request.get_host()}:{request.path_info}", scope_of(request))
    known = memory.recall()
    if known is not None:
        page = _page(known)
        if page is not None:
            request._wagtail_site = known.site
            return page.serve(request)
    _find(request, [part for part in path.split("/") if part])
    response = _answer(request, path)
    if response.status_code == 200:
        _remember(memory, request)
    return response


def _answer(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail asks two queries whether a page is closed, which the query that fetched this one may have answered."""
    page, args, kwargs = getattr(request, "_wagtail_route_for_request", None) or (None, (), {})
    if getattr(page, "is_surely_open", False):
        return page.serve(request, *args, **kwargs)
    return wagtail_serve(request, path)


def _find(request: HttpRequest, components: list[str]) -> None:
    """Leave for Wagtail which page stands at an address, where that takes fewer queries than its own way.

    Raises Http404 where this language has no front page.
    """
    from cms.pages.home import HomePage, as_shown, page_below

    site = Site.find_for_request(request)
    if site is None:
        return
    front = site.root_page
    fronts = HomePage.objects.filter(translation_key=front.translation_key, locale__language_code=get_language())
    rest: list[str] = []
    if components:
        above = Subquery(fronts.values("url_path")[:1]) if is_foreign() else front.url_path
        page, rest = page_below(above, components)
    else:
        page = None if is_foreign() else as_shown(front)
    if page is not None:
        request._wagtail_route_for_request = page.route(request, rest)
    elif is_foreign():
        front = fronts.select_related("locale").first()
        if front is None:
            raise Http404
        request._wagtail_route_for_request = front.route(request, components)


def _page(known: Known):
    kind = ContentType.objects.get_for_id(known.content_type).model_class()
    pages = kind.objects.select_related(*getattr(kind, "shown_with", ())).filter(pk=known.page, live=True)
    return next(iter(pages.order_by()), None)  # of one page there is nothing to put in order


def _remember(memory: freshness.Memory, request: HttpRequest) -> None:
    page, args, kwargs = request._wagtail_route_for_request
    if not args and not kwargs:
        site = Site.find_for_request(request)
        memory.keep(Known(site=site, content_type=page.content_type_id, page=page.pk))
