"""What browsers may load and do here: the strictest policy for readers, a little more behind the admin's door."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Found by walking the admin in a browser: its preview stands in a frame of our own, its rich text editor and choosers
# write style attributes, pictures just chosen are shown from memory (blob:). Scripts come from files alone: what
# Wagtail starts inside its pages is started by cms/js/admin.js.
ADMIN = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# A page being previewed is a page for readers that may stand in the admin's frame.
PREVIEW = {"frame-ancestors": [SELF]}


class ContentPolicy(CSPMiddleware):
    """The Content-Security-Policy and Permissions-Policy of every answer, errors included."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.replace = _beyond_readers(request) | _frames(request) | (parts.replace or {})
        return parts


def allow_frame(request: HttpRequest, host: str) -> None:
    """Let the answer to this request, and no other, show a frame of `host` (a film that somebody clicks on)."""
    request.frames_allowed = frames_allowed(request) | {host}


def frames_allowed(request: HttpRequest) -> frozenset[str]:
    """The hosts whose frames the answer to this request may show."""
    return getattr(request, "frames_allowed", frozenset())


def _frames(request: HttpRequest) -> dict[str, list[str]]:
    hosts = sorted(frames_allowed(request))
    return {"frame-src": [f"https://{host}" for host in hosts]} if hosts else {}


def _beyond_readers(request: HttpRequest) -> dict[str, list[str]]:
    if getattr(request, "is_preview", False):
        return PREVIEW
    return ADMIN if request.path.startswith(reverse("wagtailadmin_home")) else {}
