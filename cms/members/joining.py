"""Asking to join in the name of a municipality, and accepting an invitation. Reading a page never changes anything."""

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import actions
from coalition.membership.models import Coalition
from coalition.people.models import Person
from coalition.territory.queries import Match, Reason, find


class JoinForm(forms.Form):
    """Who asks, and for which municipality; a name that means several is asked back as a choice."""

    municipality = forms.CharField(
        label=gettext_lazy("Your municipality"), max_length=60,
        help_text=gettext_lazy("Its name, one of its villages or a postcode."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    office = forms.CharField(
        label=gettext_lazy("Your function"), max_length=120,
        help_text=gettext_lazy("For example alderman, civil servant for agriculture."),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address at work"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    message = forms.CharField(
        label=gettext_lazy("Message to the coordinator"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    nis = forms.CharField(max_length=5, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Match] = []

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("municipality"):
            cleaned["nis"] = self._resolve(cleaned["municipality"].replace("\x00", ""), cleaned.get("nis", ""))
        return cleaned

    def _resolve(self, text: str, chosen: str) -> str:
        """The NIS code that is meant; leaves `matches` and an error when the reader has to choose."""
        found = find(text, local_day(timezone.now()))
        codes = [match.municipality.nis for match in found]
        if chosen in codes:
            return chosen
        exact = [match for match in found if match.reason != Reason.FORMER]
        whole = [m for m in exact if m.matched.casefold() == text.strip().casefold() or m.reason == Reason.POSTCODE]
        sure = whole if len(whole) == 1 else found if len(found) == 1 and exact else []
        if sure:
            return sure[0].municipality.nis
        self.matches = found
        self.add_error(
            "municipality",
            _("Which of these do you mean?") if found else _("No municipality answers to this name."),
        )
        return ""


@method_decorator(never_cache, name="dispatch")
class Join(View):
    """The page where somebody asks to join."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, get_object_or_404(Coalition, slug=slug), JoinForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = get_object_or_404(Coalition, slug=slug)
        form = JoinForm(request.POST)
        if not form.is_valid():
            return self.show(request, coalition, form, status=422)
        if not ratelimit.consume(request, action="join"):
            form.add_error(None, _("Too many requests came from where you are. Try again in an hour."))
            return self.show(request, coalition, form, status=429)
        facts = {name: form.cleaned_data[name] for name in ("nis", "name", "email", "office", "message")}
        try:
            actions.ask_to_join(coalition=coalition, now=timezone.now(), **facts)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "municipality", str(refusal))
            return self.show(request, coalition, form, status=422)
        return redirect("join_asked", slug)

    def show(self, request: HttpRequest, coalition: Coalition, form: JoinForm, status: int = 200) -> HttpResponse:
        return render(request, "cms/joining/join.html", {"coalition": coalition, "form": form}, status=status)


@never_cache
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next; the same page whoever asked."""
    return render(request, "cms/joining/asked.html", {"coalition": get_object_or_404(Coalition, slug=slug)})


@method_decorator(never_cache, name="dispatch")
class Confirm(View):
    """Where the link in the letter leads: a button, because programs follow links before people do."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            wish = actions.request_to_confirm(token=token)
        except Refusal as refusal:
            return refused(request, refusal)
        return render(request, "cms/joining/confirm.html", {"coalition": wish.coalition, "wish": wish})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            wish = actions.confirm_request(token=token, now=timezone.now())
        except Refusal as refusal:
            return refused(request, refusal)
        return render(request, "cms/joining/confirmed.html", {"coalition": wish.coalition, "wish": wish})


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


@method_decorator(never_cache, name="dispatch")
class AcceptInvitation(View):
    """What an invitation is about, and the button that takes it on."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            invitation = actions.invitation_to_accept(token=token, now=timezone.now())
        except Refusal as refusal:
            return refused(request, refusal)
        return self.show(request, invitation, AcceptForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        now = timezone.now()
        try:
            invitation = actions.invitation_to_accept(token=token, now=now)
        except Refusal as refusal:
            return refused(request, refusal)
        form = AcceptForm(request.POST)
        known = _known(invitation.email)
        if not known and not form.is_valid():
            return self.show(request, invitation, form, status=422)
        try:
            actions.accept_invitation(token=token, name="" if known else form.cleaned_data["name"], now=now)
        except Refusal as refusal:
            return refused(request, refusal)
        return render(
            request,
            "cms/joining/invitation_accepted.html",
            {"coalition": invitation.coalition, "invitation": invitation},
        )

    def show(self, request: HttpRequest, invitation, form: AcceptForm, status: int = 200) -> HttpResponse:
        context = {
            "coalition": invitation.coalition,
            "invitation": invitation,
            "form": None if _known(invitation.email) else form,
        }
        return render(request, "cms/joining/invitation.html", context, status=status)


def _known(email: str) -> bool:
    return Person.objects.filter(email__iexact=email).exists()


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "cms/joining/link_expired.html", {"sentence": str(refusal)}, status=410)
