"""Photos of producers as everybody may see them: of profiles that are public, from the farmer's yes on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalition.base.dates import local_day
from coalition.producers import pictures, queries

A_MONTH = 30 * 24 * 3600


@require_safe
def producer_photo(request: HttpRequest, name: str, width: int) -> HttpResponse:
    """One size of a photo; its name is never given to another picture, so browsers may keep it."""
    if not queries.is_photo_public(name, local_day(timezone.now())):
        raise Http404
    response = as_jpeg(name, width)
    response["Cache-Control"] = f"public, max-age={A_MONTH}, immutable"
    return response


def as_jpeg(name: str, width: int) -> HttpResponse:
    """The bytes of one size of a photo, for whoever was found to be allowed; 404 where there are none."""
    content = pictures.content(name, width) if width in pictures.WIDTHS else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response
