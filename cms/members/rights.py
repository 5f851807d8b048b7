"""My data: everybody sees, takes along, corrects and erases what is held of him. Reading never changes anything."""

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from cms.base.middleware import FACTORS
from cms.members import copies
from coalition.base.errors import Refusal
from coalition.people.holdings import Subject
from coalition.people.models import Person
from coalition.rights import actions, queries

# Whoever erases himself has shown who he is within so many seconds.
FRESH = 5 * 60


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200, required=False)


def of(request: HttpRequest) -> Subject:
    """The person who is signed in, with the addresses that he confirmed."""
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True)
    return queries.subject(confirmed.values_list("email", flat=True), request.user)


@method_decorator(never_cache, name="dispatch")
class Own(View):
    """All that is held of who is signed in; whoever is not, is told both ways to it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return render(request, "cms/rights/door.html")
        form = NameForm(initial={"name": request.user.name})
        return render(request, "cms/rights/own.html", {"helds": queries.held_of(of(request)), "form": form})


@method_decorator(never_cache, name="dispatch")
class Take(LoginRequiredMixin, View):
    """The copy to take along, as JSON or CSV."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, form: str) -> HttpResponse:
        copies.must_be_known(form)
        return copies.answer(actions.take(subject=of(request), now=timezone.now()), form)


@method_decorator(never_cache, name="dispatch")
class Correct(LoginRequiredMixin, View):
    """Saying how one is called."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NameForm(request.POST)
        if form.is_valid():
            actions.correct_name(person=request.user, name=form.cleaned_data["name"], now=timezone.now())
            messages.success(request, _("Your name is corrected."))
            return redirect("rights_own")
        return render(request, "cms/rights/own.html", {"helds": queries.held_of(of(request)), "form": form}, status=422)


@method_decorator(never_cache, name="dispatch")
class Erase(LoginRequiredMixin, View):
    """What goes and what stays, and the button; only for who has just shown again who he is."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not showed_himself(request):
            return ask_again(request)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        somebody = of(request)
        obstacles = queries.obstacles(somebody, timezone.now())
        context = {"helds": queries.held_of(somebody), "obstacles": obstacles}
        return render(request, "cms/rights/erase.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            actions.erase(subject=of(request), now=timezone.now())
        except Refusal:
            return self.get(request)
        logout(request)
        return redirect("rights_erased")


def showed_himself(request: HttpRequest) -> bool:
    """Whether the visitor signed in or confirmed himself just now: with his second step, where he has one."""
    records = get_authentication_records(request, request.user)
    if Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
        records = [record for record in records if record.get("method") == "mfa"]
    return any(timezone.now().timestamp() - record.get("at", 0) < FRESH for record in records)


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the second step, or for who has none to a new code by mail; then back to the page with the button."""
    back = "?" + urlencode({REDIRECT_FIELD_NAME: reverse("rights_erase")})
    if Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
        return HttpResponseRedirect(second_step(request.user) + back)
    logout(request)
    messages.info(request, _("To be sure that it is you: sign in once more. Then you can erase your data."))
    return HttpResponseRedirect(reverse("account_login") + back)


def second_step(person: Person) -> str:
    """Where allauth asks for the second step again."""
    has_app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    """Goodbye; the same page whoever it was."""
    return render(request, "cms/rights/erased.html")


class AskForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@method_decorator(never_cache, name="dispatch")
class Ask(View):
    """Where somebody without an account asks for a link to what is held of his address."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "cms/rights/ask.html", {"form": AskForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form, status = AskForm(request.POST), 422
        if form.is_valid():
            if ratelimit.consume(request, action="data_request"):
                try:
                    actions.ask(email=form.cleaned_data["email"], now=timezone.now())
                    return redirect("rights_asked")
                except Refusal as refusal:
                    form.add_error(refusal.field, str(refusal))
            else:
                form.add_error(None, _("Too many requests came from where you are. Try again in an hour."))
                status = 429
        return render(request, "cms/rights/ask.html", {"form": form}, status=status)


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next; the same page whoever asked."""
    return render(request, "cms/rights/asked.html")


@method_decorator(never_cache, name="dispatch")
class ByLink(View):
    """Where the link in the letter leads: all that is held of that address, with the buttons."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            somebody = actions.holder(token=token, now=timezone.now())
        except Refusal as refusal:
            return _refused(request, refusal)
        return render(request, "cms/rights/by_link.html", {"helds": queries.held_of(somebody), "token": token})


@method_decorator(never_cache, name="dispatch")
class TakeByLink(View):
    """The copy to take along, for who has a link."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str, form: str) -> HttpResponse:
        copies.must_be_known(form)
        try:
            now = timezone.now()
            return copies.answer(actions.take(subject=actions.holder(token=token, now=now), now=now), form)
        except Refusal as refusal:
            return _refused(request, refusal)


@method_decorator(never_cache, name="dispatch")
class EraseByLink(View):
    """What goes and what stays, and the button, for who has a link; it works once."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            somebody = actions.holder(token=token, now=timezone.now())
        except Refusal as refusal:
            return _refused(request, refusal)
        obstacles = queries.obstacles(somebody, timezone.now())
        context = {"helds": queries.held_of(somebody), "obstacles": obstacles, "token": token}
        return render(request, "cms/rights/erase.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            actions.erase_by_link(token=token, now=timezone.now())
        except Refusal as refusal:
            return _refused(request, refusal)
        return redirect("rights_erased")


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "cms/rights/link_expired.html", {"sentence": str(refusal)}, status=410)
