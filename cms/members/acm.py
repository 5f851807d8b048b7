"""The doors to and from ACM/IDM: signing in with it, and connecting it to an account that one signed in to before."""

import secrets
import time

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from requests import RequestException

from cms.base.acm import ACM, is_on
from cms.base.acm.door import SESSION_KEY, identities_of
from cms.base.acm.talk import Conversation
from coalition.evidence import actions as evidence
from coalition.evidence.queries import last_of

# Signing in with ACM/IDM alone is not enough to change who may sign in.
PROVES_WHO = ("code", "mfa")


def no_such_door(request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """allauth's own pages for other sign-in services: there are none."""
    raise Http404


@method_decorator(never_cache, name="dispatch")
class Door(View):
    """There only where ACM/IDM is set up."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_on():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Inside(Door):
    """For whoever is signed in."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if is_on() and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return super().dispatch(request, *args, **kwargs)


class Start(Door):
    """Where the button on the sign-in page leads."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("account_login")

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("acm_account")
        return _onward(request, AuthProcess.LOGIN, get_next_redirect_url(request))


class Return(Door):
    """Where ACM/IDM sends people back to, in the language in which they left."""

    def get(self, request: HttpRequest) -> HttpResponse:
        stashed = statekit.get_states(request).get(request.GET.get("state", ""))
        language = stashed[0].get("language") if stashed else None
        with override(language or get_language()):
            return OAuth2CallbackView.adapter_view(Conversation(request, ACM))(request)


class TurnedBack(Door):
    """Why somebody did not come in, and what he can do."""

    template_name, status = "", 200

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.template_name, status=self.status)


class Unknown(TurnedBack):
    """ACM/IDM knows him, we do not."""

    template_name, status = "cms/acm/unknown.html", 403


class Failed(TurnedBack):
    """ACM/IDM did not answer, or not as it should."""

    template_name, status = "cms/acm/failed.html", 502


class Cancelled(TurnedBack):
    template_name = "cms/acm/cancelled.html"


class Account(Inside):
    """What a person connected, and for which organisation he is here now."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "identity": identities_of(request.user).first(),
            "now_for": request.session.get(SESSION_KEY),
            "last": last_of(request.user),
        }
        return render(request, "cms/acm/account.html", context)


class Link(Inside):
    """Connect: the person proves anew who he is, then goes to ACM/IDM and comes back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("acm_account")

    def post(self, request: HttpRequest) -> HttpResponse:
        if identities_of(request.user).exists():
            return redirect("acm_account")
        return _unproven(request) or _onward(request, AuthProcess.CONNECT)


class Unlink(Inside):
    """Disconnect: from now on ACM/IDM no longer opens this account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("acm_account")

    def post(self, request: HttpRequest) -> HttpResponse:
        return _unproven(request) or self.disconnect(request)

    @transaction.atomic
    def disconnect(self, request: HttpRequest) -> HttpResponse:
        if identities_of(request.user).delete()[0]:
            request.session.pop(SESSION_KEY, None)
            evidence.note_linked(person=request.user, by=request.user, now=timezone.now(), linked=False)
            get_account_adapter(request).send_notification_mail(
                "socialaccount/email/account_disconnected", request.user
            )
            messages.success(request, _("ACM/IDM no longer opens your account."))
        return redirect("acm_account")


def _unproven(request: HttpRequest) -> HttpResponse | None:
    """None for who proved a moment ago who he is; otherwise the way to do so (raises ReauthenticationRequired)."""
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    if any(record.get("method") in PROVES_WHO and record["at"] > since for record in records):
        return None
    messages.error(request, _("Sign out, sign in again with a code by mail, and do this within five minutes."))
    return redirect("acm_account")


def _onward(request: HttpRequest, process: str, next_url: str | None = None) -> HttpResponse:
    """A page that leads to ACM/IDM at once; a redirect after a form would be stopped by our own form-action."""
    if not ratelimit.consume(request, action="acm"):
        return redirect("acm_failed")
    nonce = secrets.token_urlsafe(24)
    provider = get_adapter(request).get_provider(request, ACM)
    try:
        there = provider.redirect(
            request,
            process=process,
            next_url=next_url,
            scope=provider.get_scope_from_request(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
            language=get_language(),
        )
    except (RequestException, OAuth2Error):
        return redirect("acm_failed")
    return render(request, "cms/acm/onward.html", {"address": there.url})
