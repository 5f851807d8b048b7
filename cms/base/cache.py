"""Pages kept whole for readers who are not signed in, under the version of the coalition they belong to.

A page is kept until its coalition changes (`coalition.base.freshness`), and at the latest until the next midnight in
Brussels, because who is a member depends on the day. Cache trouble means that the page is made anew, never an error.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cache as cache_once
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.base.policy import frames_allowed
from coalition.base import freshness
from coalition.base.dates import next_local_midnight

log = logging.getLogger(__name__)

# Also the longest that a page can be out of date when the cache was away while something changed.
LONGEST = 600
# Other parameters make no other page, and would only fill the cache.
PARAMETERS = {"p"}
# What stands here tells of several coalitions: a change in any of them makes it stale.
OUTSIDE_COALITIONS = {"gemeenten", "producenten", "kaart"}
KEPT_HEADERS = ("Content-Type", "Content-Language", "Vary", "Link")


def keep(response: HttpResponse) -> HttpResponse:
    """Mark the answer of a view as one that may be kept whole; pages of the CMS need no mark."""
    response.may_be_kept = True
    return response


def keep_until(request: HttpRequest, moment: datetime | None) -> None:
    """Let the answer to this request be kept no longer than `moment`, when something that it says will change."""
    known = getattr(request, "kept_until", None)
    if moment is not None:
        request.kept_until = min(known, moment) if known else moment


class WholePageCache:
    """Answers anonymous readers from the cache without a query; stands above sessions, so it never sees a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_everybody(request) or not set(request.GET) <= PARAMETERS:
            return self.get_response(request)
        try:
            reading = freshness.read(scope_of(request))
            key = _key(request, reading)
            kept = None if reading.unknown else cache.get(key)
        except Exception as error:  # noqa: BLE001  a broken cache costs speed, nothing else
            log.warning("page cache unavailable: %s", type(error).__name__)
            return self.get_response(request)
        if kept is not None:
            content, headers, frames = kept
            request.frames_allowed = frames
            return _answer(content, headers)
        response = self.get_response(request)
        if _may_be_kept(request, response):
            _store(key, reading, response, request)
        response.headers.setdefault("X-Cache", "miss")
        return response


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether this visit shows what every anonymous reader would be shown."""
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def scope_of(request: HttpRequest) -> str:
    """Which version a page stands under: the first word of its address below the language is the coalition's."""
    languages = {code for code, _name in settings.LANGUAGES}
    parts = [part for part in request.path_info.split("/") if part]
    if parts and parts[0] in languages:
        parts = parts[1:]
    return parts[0][:60] if parts and parts[0] not in OUTSIDE_COALITIONS else "site"


@cache_once
def build() -> int:
    """When what makes pages was last changed: a page kept by an earlier version of the code is not found again."""
    places = [settings.BASE_DIR / name for name in ("templates", "cms", "coalition")]
    return max(file.stat().st_mtime_ns for place in places for file in place.rglob("*.[phm]*") if file.is_file())


def _key(request: HttpRequest, reading: freshness.Reading) -> str:
    whole = f"{build()}:{request.method}:{request.scheme}:{request.get_host()}:{request.get_full_path()}"
    return f"page:{sha256(reading.word.encode()).hexdigest()}:{sha256(whole.encode()).hexdigest()}"


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    shown_by_cms = match is not None and match.url_name == "wagtail_serve"
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and (shown_by_cms or getattr(response, "may_be_kept", False))
        and not getattr(request, "is_preview", False)
        and "no-store" not in response.get("Cache-Control", "")
    )


def _store(key: str, reading: freshness.Reading, response: HttpResponse, request: HttpRequest) -> None:
    now = timezone.now()
    until = min(next_local_midnight(now), getattr(request, "kept_until", None) or next_local_midnight(now))
    seconds = max(1, min(LONGEST, int((until - now).total_seconds())))
    frames = frames_allowed(request)
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    try:
        if reading.establish():
            cache.set(key, (response.content, headers, frames), seconds)
    except Exception as error:  # noqa: BLE001
        log.warning("page not kept: %s", type(error).__name__)


def _answer(content: bytes, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(content)
    for name, value in headers.items():
        response[name] = value
    response["X-Cache"] = "hit"
    return response
