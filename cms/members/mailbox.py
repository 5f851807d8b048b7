"""The local mail page: what the house has posted on this machine, and the codes of the demo people.

Only where `settings.LOCAL_MAIL_PAGE` is on, which production settings refuse; elsewhere these pages do not exist.
"""

import re
import time
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import wraps
from pathlib import Path

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from coalition.people.models import Person

SHOWN = 200
NAME = re.compile(r"[\w.-]+\.eml", re.ASCII)
# A letter is somebody else's HTML: in its frame it may neither run nor fetch nor send anything; links open elsewhere.
FRAMED = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def local_only(view: Callable) -> Callable:
    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.LOCAL_MAIL_PAGE:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@local_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest letters first, and who may sign in to the demo."""
    found = sorted(_folder().glob("*.eml"), key=lambda path: path.name, reverse=True)[:SHOWN]
    letters = [{"id": path.name, **_head(_read(path))} for path in found if NAME.fullmatch(path.name)]
    return render(request, "cms/mailbox.html", {"letters": letters, "people": demo_people(at=time.time())})


@local_only
@csp_update({"frame-src": [SELF]})
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One letter: its heads, its text, and a frame for its HTML."""
    letter = _find(name)
    context = {"id": name, "text": _part(letter, "plain"), "has_html": bool(_part(letter, "html")), **_head(letter)}
    return render(request, "cms/mailbox_message.html", {"message": context, "headers": letter.items()})


@local_only
@xframe_options_sameorigin
def html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of one letter and nothing else, for a frame."""
    content = _part(_find(name), "html").replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(content, headers={"Content-Security-Policy": FRAMED})


def demo_people(*, at: float) -> list[dict]:
    """The demo's people with their roles, authenticator seed and the code it shows at `at` (seconds since 1970)."""
    people = Person.objects.filter(is_demo=True, is_active=True).prefetch_related(
        "mandates__coalition", "mandates__municipality"
    )
    totp = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=people)
    seeds = {factor.user_id: decrypt(factor.data["secret"]) for factor in totp}
    return [
        {"name": person.name, "email": person.email, "roles": _roles(person), **_codes(seeds.get(person.pk), at)}
        for person in people.order_by("pk")
    ]


def _codes(seed: str | None, at: float) -> dict[str, str]:
    code = format_hotp_value(hotp_value(seed, int(at) // mfa.TOTP_PERIOD)) if seed else ""
    return {"seed": seed or "", "code": code}


def _roles(person: Person) -> list[str]:
    if person.is_superuser:
        return [_("administrator of the whole platform")]
    return [
        " – ".join(str(word) for word in (mandate.get_role_display(), mandate.municipality or mandate.coalition))
        for mandate in person.mandates.all()
    ]


def _folder() -> Path:
    return Path(settings.EMAIL_FOLDER)


def _find(name: str) -> EmailMessage:
    """The letter in the file called `name`, which must be a plain name: no path leads out of the folder."""
    path = _folder() / name
    if not NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise Http404
    return _read(path)


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(policy=policy.default).parse(file)


def _head(letter: EmailMessage) -> dict:
    date = letter["Date"]
    return {
        "subject": str(letter["Subject"] or ""),
        "to": str(letter["To"] or ""),
        "sender": str(letter["From"] or ""),
        "date": getattr(date, "datetime", None),
    }


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""
