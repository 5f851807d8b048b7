"""The porter of the admin: nobody comes in who did not show a second factor in this very visit.

No setting opens this door. Wagtail's own permissions come after it.
"""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorForAdmin:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (is_admin(request) and refusal(request)) or self.get_response(request)


def is_admin(request: HttpRequest) -> bool:
    """Whether the address lies behind the admin's door; signing in (shadowed, see cms.urls) and out stand beside it."""
    home = reverse("wagtailadmin_home")
    beside = tuple(home + door for door in ("login/", "password_reset/", "logout/"))
    return request.path.startswith(home) and not request.path.startswith(beside)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Where whoever may not yet come in goes first; None for who may. Raises PermissionDenied for who never may."""
    person = request.user
    if not person.is_authenticated:
        return redirect_to_login(_wanted(request), reverse("account_login"))
    if not person.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied(_("The admin is for coordinators and editors."))
    factors = dict(Authenticator.objects.filter(user=person).values_list("pk", "type"))
    if not set(factors.values()) & set(FACTORS):
        messages.warning(
            request, _("The admin asks for a second step. Set up an authenticator app or a passkey first.")
        )
        return HttpResponseRedirect(reverse("mfa_index"))
    if not showed_one_of(request, factors):
        return HttpResponseRedirect(_ask_again(person) + "?" + urlencode({REDIRECT_FIELD_NAME: _wanted(request)}))
    return None


def showed_one_of(request: HttpRequest, factors: dict[int, str]) -> bool:
    """Whether this session was opened, or confirmed later, with a factor that the person still has."""
    return any(
        record.get("method") == "mfa" and record.get("id") in factors
        for record in get_authentication_records(request, request.user)
    )


def _ask_again(person) -> str:
    ways = get_adapter().get_reauthentication_methods(person)
    return next(way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate"))


def _wanted(request: HttpRequest) -> str:
    """The page to come back to: a form that was posted cannot be posted again by a redirect."""
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
