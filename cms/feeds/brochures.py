"""The PDF files of a brochure, at an address below its page: as public as the page itself, and no more."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.feeds.pdf import hand_out
from cms.pages.brochures.page import BrochurePage
from cms.pages.brochures.sheets import NAMES, subject_of
from cms.pages.home import HomePage
from coalition.press import queries

# Shorter than for a sheet by its secret address: what stands here changes with the facts.
MAX_AGE = 300


@require_safe
def brochure_pdf(request: HttpRequest, path: str, form: str) -> HttpResponse:
    """The newest file that is ready (a4, a5 or boekje) of the brochure at `path`; 404 for whoever may not read that."""
    page = _brochure(path)
    if page is None or not _may_read(request, page):
        raise Http404
    sheet = queries.latest(subject=subject_of(page), form=NAMES[form])
    if sheet is None:
        raise Http404
    response = hand_out(sheet)
    patch_cache_control(response, private=True, max_age=MAX_AGE)
    return response


def _brochure(path: str) -> BrochurePage | None:
    front = HomePage.objects.filter(locale__language_code=get_language()).live().first()
    if front is None:
        return None
    found = BrochurePage.objects.live().filter(url_path=f"{front.url_path}{path}")
    return found.select_related("locale").first()


def _may_read(request: HttpRequest, page: BrochurePage) -> bool:
    """Whether nothing on the way to the page is shut: withdrawn, or closed for this reader."""
    if Page.objects.ancestor_of(page).filter(live=False, depth__gt=1).exists():
        return False
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
