"""Who may come in by ACM/IDM: whoever connected it to his account before. Nobody is found by his e-mail address."""

import logging
import secrets
from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.base.acm import ACM, is_on
from cms.base.acm.talk import Provider, the_app
from coalition.evidence import actions as evidence
from coalition.people.models import Person

log = logging.getLogger(__name__)

# For which organisation this session was opened: a property of the visit, not of the person.
SESSION_KEY = "acm"


class SocialAdapter(DefaultSocialAccountAdapter):
    """allauth's questions about ACM/IDM, answered from the settings; rows of SocialApp open nothing."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list:
        return [the_app()] if is_on() and provider in (None, ACM, Provider.id) else []

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        return Provider(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody gets an account by being known to ACM/IDM."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> object:
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whether this answer opens or connects anything; raises ImmediateHttpResponse with where to go if not."""
        sociallogin.token = None
        asked = sociallogin.state.get("nonce")
        if not asked or not secrets.compare_digest(str(sociallogin.nonce), asked):
            log.warning("ACM/IDM: an answer without the nonce of the question")
            turn_back("acm_failed")
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            _may_connect(request, sociallogin)
        elif not sociallogin.is_existing:
            turn_back("acm_unknown")

    def on_authentication_error(
        self, request: HttpRequest, provider, error=AuthError.UNKNOWN, exception=None, extra_context=None
    ) -> None:
        # Never the words of the exception: they hold what the server answered.
        log.warning("ACM/IDM: %s %s", error, type(exception).__name__ if exception else "")
        turn_back("acm_cancelled" if error == AuthError.CANCELLED else "acm_failed")

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("acm_account")


def turn_back(door: str) -> NoReturn:
    """Lead a visitor to the page that says why he did not come in."""
    raise ImmediateHttpResponse(HttpResponseRedirect(reverse(door)))


def _may_connect(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """One account has one identity at ACM/IDM, and one identity one account."""
    if not request.user.is_authenticated:
        turn_back("acm_failed")
    others = identities_of(request.user).exclude(uid=sociallogin.account.uid)
    if (sociallogin.is_existing and sociallogin.user != request.user) or others.exists():
        messages.error(request, _("Not connected: one account goes with one identity at ACM/IDM."))
        turn_back("acm_account")


def identities_of(person: Person):
    """The identity at ACM/IDM that is connected to an account: none or one."""
    return SocialAccount.objects.filter(user=person, provider=ACM)


def remember(request: HttpRequest, person: Person, sociallogin: SocialLogin) -> None:
    """Write down for which organisation somebody just signed in, and show it for as long as this session lasts."""
    row = evidence.witness(person=person, claims=sociallogin.account.extra_data, now=timezone.now())
    request.session[SESSION_KEY] = {"name": row.organisation_name, "number": row.shown_number}
