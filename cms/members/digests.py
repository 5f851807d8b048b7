"""Asking for the digest, confirming it and stopping it. Reading a page never changes anything; only a POST does."""

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from coalition.base.errors import Refusal
from coalition.digests import actions, consent, tokens
from coalition.digests.models import Subscription
from coalition.membership.models import Coalition


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    agreed = forms.BooleanField(required=True)

    def __init__(self, *args, coalition: Coalition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = consent.TEXT % {"coalition": coalition.name}
        self.fields["agreed"].error_messages["required"] = _("Tick the box if you want the digest.")


@method_decorator(never_cache, name="dispatch")
class Subscribe(View):
    """The page where somebody asks for a coalition's digest."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = get_object_or_404(Coalition, slug=slug)
        return self.show(request, coalition, SubscribeForm(coalition=coalition))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = get_object_or_404(Coalition, slug=slug)
        form = SubscribeForm(request.POST, coalition=coalition)
        if not form.is_valid():
            return self.show(request, coalition, form, status=422)
        if not ratelimit.consume(request, action="digest_subscribe"):
            form.add_error(None, _("Too many requests came from where you are. Try again in an hour."))
            return self.show(request, coalition, form, status=429)
        try:
            actions.ask(
                coalition=coalition,
                email=form.cleaned_data["email"],
                agreed=form.cleaned_data["agreed"],
                page=request.build_absolute_uri(request.path),
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(request, coalition, form, status=422)
        return redirect(reverse("digest_asked", args=[slug]))

    def show(self, request: HttpRequest, coalition: Coalition, form: SubscribeForm, status: int = 200) -> HttpResponse:
        return render(request, "cms/digests/subscribe.html", {"coalition": coalition, "form": form}, status=status)


@never_cache
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next; the same page whoever asked."""
    return render(request, "cms/digests/asked.html", {"coalition": get_object_or_404(Coalition, slug=slug)})


@method_decorator(never_cache, name="dispatch")
class Confirm(View):
    """Where the link in the letter leads: a button, because programs follow links before people do."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            subscription = actions.subscription_to_confirm(token=token)
        except Refusal as refusal:
            return _refused(request, refusal)
        return render(request, "cms/digests/confirm.html", {"coalition": subscription.coalition})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            subscription = actions.confirm(token=token, now=timezone.now())
        except Refusal as refusal:
            return _refused(request, refusal)
        return render(request, "cms/digests/confirmed.html", {"coalition": subscription.coalition})


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Stop(View):
    """Unsubscribing: one POST without cookies is enough (RFC 8058); a GET shows the button and changes nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription = Subscription.objects.select_related("coalition").filter(pk=tokens.read_stop(token)).first()
        if subscription is None:
            return _refused(request, Refusal(_("This link is not complete. Copy it again from the letter.")))
        return render(
            request,
            "cms/digests/unsubscribe.html",
            {"coalition": subscription.coalition, "ended": subscription.state == Subscription.State.ENDED},
        )

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        subscription_id = tokens.read_stop(token)
        if subscription_id is None:
            return _refused(request, Refusal(_("This link is not complete. Copy it again from the letter.")))
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        subscription = actions.stop(
            subscription_id=subscription_id, via="one-click" if one_click else "page", now=timezone.now()
        )
        coalition = subscription.coalition if subscription else None
        return render(request, "cms/digests/unsubscribed.html", {"coalition": coalition})


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "cms/digests/link_expired.html", {"sentence": str(refusal)}, status=410)
