"""Addresses of films elsewhere: what an editor pastes in, where it is watched, and the frame that shows it here.

Both addresses are built anew from the film's own key, so nothing else that stood in the pasted one survives.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

YOUTUBE = {"youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"}
VIMEO = {"vimeo.com", "player.vimeo.com"}

_YOUTUBE_KEY = re.compile(r"[\w-]{11}", re.ASCII)
_VIMEO_PATH = re.compile(r"/(?:video/)?(?P<key>\d{6,12})(?:/(?P<secret>[0-9a-f]{6,20}))?/?", re.ASCII)
_VIMEO_SECRET = re.compile(r"[0-9a-f]{6,20}", re.ASCII)
_PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/(?P<key>[\w-]{8,40})/?", re.ASCII)


@dataclass(frozen=True)
class Film:
    """A film elsewhere: `frame` is loaded from `host` after a click, `address` is for who has no JavaScript."""

    service: str
    address: str
    frame: str
    host: str


def film_at(url: str) -> Film | None:
    """The film at a pasted address; None where it is not one of a service that may show films here."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if host in YOUTUBE:
        return _youtube(host, parts.path, query)
    if host in VIMEO:
        return _vimeo(parts.path, query)
    return _peertube(parts.hostname, parts.path) if parts.hostname in settings.PEERTUBE_HOSTS else None


def _youtube(host: str, path: str, query: dict[str, str]) -> Film | None:
    words = [word for word in path.split("/") if word]
    if host == "youtu.be":
        key = words[0] if words else ""
    elif words and words[0] in ("embed", "shorts", "live") and len(words) > 1:
        key = words[1]
    else:
        key = query.get("v", "")
    if not _YOUTUBE_KEY.fullmatch(key):
        return None
    # The address without cookies (until the film plays); rel=0 keeps to the same channel afterwards.
    nocookie = "www.youtube-nocookie.com"
    return Film("YouTube", f"https://www.youtube.com/watch?v={key}", f"https://{nocookie}/embed/{key}?rel=0", nocookie)


def _vimeo(path: str, query: dict[str, str]) -> Film | None:
    found = _VIMEO_PATH.fullmatch(path)
    if found is None:
        return None
    key, secret = found["key"], found["secret"] or query.get("h", "")
    secret = secret if _VIMEO_SECRET.fullmatch(secret) else ""
    address = f"https://vimeo.com/{key}" + (f"/{secret}" if secret else "")
    # dnt: Vimeo keeps no cookies and counts nothing.
    frame = f"https://player.vimeo.com/video/{key}?dnt=1" + (f"&h={secret}" if secret else "")
    return Film("Vimeo", address, frame, "player.vimeo.com")


def _peertube(host: str, path: str) -> Film | None:
    found = _PEERTUBE_PATH.fullmatch(path)
    if found is None:
        return None
    # p2p=0: viewers do not pass the film on to each other, so they do not see each other's addresses.
    return Film(host, f"https://{host}/w/{found['key']}", f"https://{host}/videos/embed/{found['key']}?p2p=0", host)
