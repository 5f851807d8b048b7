"""A farmer's own page, without a password. Reading it never changes anything; one POST says that it is right."""

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.base.producer_form import ProducerForm, differences
from cms.feeds.photos import as_jpeg
from cms.members.farmer_form import FarmerForm
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.digests import actions as digests
from coalition.digests import consent, tokens
from coalition.digests.models import Subscription
from coalition.digests.queries import subscriptions_at
from coalition.producers import actions, pictures, rules
from coalition.producers.facts import FactsRefusal, clean_facts
from coalition.producers.models import FarmerLink

TOO_MANY, CONFLICT = 429, 409
PHOTO_FIELDS = ("photo", "alt")


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Door(View):
    """What only the holder of a link sees: kept by nobody, found by no search engine.

    The site's own Referrer-Policy (same-origin) keeps the link from whoever is linked to; a stricter one would take
    the proof from our own forms that they are ours.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class Own(Door):
    """A door behind which the farmer is known by his link; who holds an old one is offered a new one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.now = timezone.now()
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None) -> FarmerForm:
        return FarmerForm(actions.link_to_use(token=self.kwargs["token"], now=self.now), local_day(self.now), data)

    def show(self, request: HttpRequest, form: FarmerForm, status: int = 200, said: str = "") -> HttpResponse:
        context = {
            "form": form,
            "link": form.link,
            "coalition": form.link.coalition,
            "producer": form.producer,
            "token": self.kwargs["token"],
            "until": form.link.asked_at + rules.LINK_OPEN,
            "photos": list(form.producer.photos.all()),
            "said": said,
            "digest": _digest_to_offer(form.link),
        }
        return render(request, "cms/farmer/profile.html", context, status=status)

    def expired(self, request: HttpRequest) -> HttpResponse:
        """The same page for every link that does not work; what he typed just now is shown back to him."""
        typed = clean_facts(ProducerForm(request.POST, consents=True).facts())[0] if request.POST else {}
        context = {"token": self.kwargs["token"], "typed": differences({}, typed) if typed else []}
        return render(request, "cms/farmer/expired.html", context, status=410)

    def too_many(self, request: HttpRequest, form: FarmerForm) -> HttpResponse:
        said = _("Too many requests came from where you are. Try again in an hour.")
        return self.show(request, form, status=TOO_MANY, said=said)


class Profile(Own):
    """His page: a GET shows it, a POST confirms it."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            return self.show(request, self.form())
        except Refusal:
            return self.expired(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            form = self.form(request.POST)
            if not ratelimit.consume(request, action="farmer"):
                return self.too_many(request, form)
            # Whatever button was pressed: a browser does not choose a file a second time by itself.
            said = self.add_photo(request, form)
            if form.photo_errors:
                return self.show(request, form, status=422)
            return self.answer(request, form, said)
        except Refusal:
            return self.expired(request)

    def answer(self, request: HttpRequest, form: FarmerForm, said: str) -> HttpResponse:
        if form.wants_to_look:
            return self.show(request, form, said=said)
        if form.is_overtaken:
            said = _(
                "The coordinator changed something meanwhile. What you typed still stands here: confirm once more."
            )
            return self.show(request, form, status=CONFLICT, said=said)
        if form.is_valid() and self.confirm(request, form):
            return redirect("farmer_thanks")
        return self.show(request, form, status=422, said=said)

    def confirm(self, request: HttpRequest, form: FarmerForm) -> bool:
        """The profile, what he declares and the digest where he ticked it: all of it, or nothing and reasons."""
        facts = form.facts()
        try:
            with transaction.atomic():
                if "digest" in request.POST:
                    _subscribe(
                        form.link, facts["email"], request.build_absolute_uri(reverse("farmer_thanks")), self.now
                    )
                actions.confirm_profile(
                    token=self.kwargs["token"], facts=facts, declarations=form.declarations(), now=self.now
                )
        except FactsRefusal as refusal:
            form.profile.refuse(refusal.problems)
            return False
        return True

    def add_photo(self, request: HttpRequest, form: FarmerForm) -> str:
        """Add the photo that came along, if one did; what is wrong with it stands beside it."""
        sent: UploadedFile | None = request.FILES.get("photo")
        if sent is None:
            return ""
        try:
            pictures.must_fit(sent.size or 0)
            alt = request.POST.get("alt", "")
            photo = actions.add_photo_by_link(token=self.kwargs["token"], raw=sent.read(), alt=alt, now=self.now)
        except Refusal as refusal:
            if refusal.field not in PHOTO_FIELDS:
                raise
            form.photo_errors[refusal.field] = str(refusal)
            return ""
        return _("The photo “%(words)s” is added.") % {"words": photo.alt}


class AddPhoto(Profile):
    """A photo more; all that was typed on the page comes back with it."""

    http_method_names = ["post"]

    def answer(self, request: HttpRequest, form: FarmerForm, said: str) -> HttpResponse:
        if not said:
            form.photo_errors["photo"] = _("Choose a photo first.")
        return self.show(request, form, status=200 if said else 422, said=said)


class RemovePhoto(Own):
    """A photo less."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str, photo: int) -> HttpResponse:
        try:
            form = self.form(request.POST)
        except Refusal:
            return self.expired(request)
        try:
            actions.remove_photo_by_link(token=token, photo=photo, now=self.now)
        except Refusal as refusal:
            return self.show(request, form, status=422, said=str(refusal))
        return self.show(request, form, said=_("The photo is gone."))


class OwnPhoto(Own):
    """One of his photos, before everybody may see it."""

    def get(self, request: HttpRequest, token: str, photo: int) -> HttpResponse:
        try:
            link = actions.link_to_use(token=token, now=self.now)
        except Refusal:
            raise Http404 from None
        found = link.producer.photos.filter(pk=photo).first()
        if found is None:
            raise Http404
        return as_jpeg(found.file, pictures.WIDTHS[0])


class Call(Own):
    """He would rather be called."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.end(request, actions.want_call, "cms/farmer/called.html")

    def end(self, request: HttpRequest, deed, template: str) -> HttpResponse:
        try:
            link = actions.link_to_use(token=self.kwargs["token"], now=self.now)
            producer = deed(token=self.kwargs["token"], now=self.now)
        except Refusal:
            return self.expired(request)
        return render(request, template, {"coalition": link.coalition, "producer": producer})


class Hide(Call):
    """He does not want to be shown."""

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.end(request, actions.hide_by_link, "cms/farmer/hidden.html")


class Again(Own):
    """A new link to the address that is known; the same answer whatever the old one was."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if not ratelimit.consume(request, action="farmer_link"):
            return render(request, "cms/farmer/expired.html", {"token": token, "too_many": True}, status=TOO_MANY)
        actions.ask_again(token=token, now=self.now)
        return redirect("farmer_asked")


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next; the same page whoever asked."""
    return render(request, "cms/farmer/asked.html")


@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """What happened; the letter says where the page stands."""
    return render(request, "cms/farmer/thanks.html")


def _digest_to_offer(link: FarmerLink) -> str:
    """The sentence by which he would agree to the digest of the coalition; empty where he has it already."""
    if link.coalition is None or _subscribed(link).exists():
        return ""
    return consent.TEXT % {"coalition": link.coalition.name}


def _subscribed(link: FarmerLink):
    state = Subscription.State.CONFIRMED
    return subscriptions_at([link.producer.email]).filter(coalition=link.coalition, state=state)


def _subscribe(link: FarmerLink, email: str, page: str, now: datetime) -> None:
    """The digest: at the address that his link proved at once, at another after he confirms it there."""
    if not _digest_to_offer(link):
        return
    try:
        digests.ask(coalition=link.coalition, email=email, agreed=True, page=page, now=now)
    except Refusal as refusal:
        raise FactsRefusal({"email": str(refusal)}) from refusal
    if email.strip().casefold() == link.producer.email.casefold():
        subscription = subscriptions_at([email.strip()]).filter(coalition=link.coalition).first()
        digests.confirm(token=tokens.to_confirm(subscription.pk, subscription.round), now=now)
