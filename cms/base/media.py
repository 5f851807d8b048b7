"""Pictures as pages show them, served by ourselves where no proxy or store does it.

Only renditions are open to everybody: originals and documents stay behind Wagtail's own views, which ask who is there.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.static import serve

A_MONTH = 30 * 24 * 3600


def picture(request: HttpRequest, path: str) -> HttpResponse:
    """A rendition below `images/`; its name changes when the picture does, so browsers may keep it."""
    response = serve(request, f"images/{path}", document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={A_MONTH}"
    return response
