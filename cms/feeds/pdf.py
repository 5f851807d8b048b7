"""Printed sheets, handed out to whoever has the address that was given for one."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from coalition.press import queries
from coalition.press.models import Sheet

MAX_AGE = 24 * 3600


@require_safe
def sheet(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """The sheet with this token; another file name leads to its own. 404 for what is not, or not yet, printed."""
    found = queries.by_token(token)
    if found is None:
        raise Http404
    if name != found.file_name:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    return hand_out(found)


def hand_out(found: Sheet) -> HttpResponse:
    """A sheet that is ready, as a file to look at; a file that is gone is not found."""
    try:
        file = found.file.storage.open(found.file.name)
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type="application/pdf", filename=found.file_name)
    response["ETag"] = f'"{found.fingerprint[:32]}"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=MAX_AGE)
    return response
