"""The front door: allauth with our letters, and closed to whoever was not invited."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as visit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from cms.base import letters
from coalition.base.errors import Refusal
from coalition.mail import actions as mail
from coalition.people.models import Person


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by himself; an invitation opens this door for its own address."""
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs) -> HttpResponse | None:
        """Who typed back the code mailed to his address has proven that it is his; no second code for that."""
        records = get_authentication_records(request, user)
        if records and records[-1]["method"] == "code" and records[-1].get("email", "").lower() == user.email:
            EmailAddress.objects.update_or_create(
                user=user, email=user.email, defaults={"verified": True, "primary": True}
            )
        return super().pre_login(request, user, **kwargs)

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Our letter instead of allauth's. When a code cannot be sent, whoever waits for it is told so."""
        occasion = letters.OCCASIONS[template_prefix]
        language, now = get_language() or settings.LANGUAGE_CODE, timezone.now()
        if occasion.kind == "people/notice":
            letters.post_notice(name=template_prefix, to=email, language=language, now=now)
            return
        prepared = letters.prepare(occasion, email=email, code=context.get("code", ""), language=language, at=now)
        try:
            mail.send_now(kind=occasion.kind, prepared=prepared, to=email, now=now)
        except Refusal as refusal:
            raise ImmediateHttpResponse(_sorry(visit.request, refusal)) from refusal


def _sorry(request: HttpRequest, refusal: Refusal) -> HttpResponseRedirect:
    messages.error(request, str(refusal))
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_email"))
    wanted = get_next_redirect_url(request)
    query = "?" + urlencode({REDIRECT_FIELD_NAME: wanted}) if wanted else ""
    return HttpResponseRedirect(reverse("account_login") + query)
