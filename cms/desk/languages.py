"""The desk of languages: what a coalition chose, on which grounds other languages stand, and what is missing."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from django import forms
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.base.languages import dutch
from cms.desk.joining import coordinated
from cms.tongues import french_is_missing, voice_of
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import actions
from coalition.membership.languages import FRENCH, Choice, Ground, must_be_french
from coalition.membership.models import Coalition, LanguageGround, SharedLanguages
from coalition.membership.voices import spoken_for, voice
from coalition.territory.models import Municipality


class ChoiceForm(forms.ModelForm):
    """A coalition's choice for its shared pages; the deed itself is an action, this form never saves."""

    class Meta:
        model = SharedLanguages
        fields = ["choice", "reason", "decided_on"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3}), "decided_on": forms.DateInput(attrs={"type": "date"})}


class GroundForm(forms.ModelForm):
    class Meta:
        model = LanguageGround
        fields = ["language", "purpose", "audience", "decided_on", "decision_url"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3}), "decided_on": forms.DateInput(attrs={"type": "date"})}


class MunicipalGroundForm(GroundForm):
    class Meta(GroundForm.Meta):
        fields = ["language", "ground", "purpose", "audience", "decided_on", "decision_url"]


class LanguagesOverview(View):
    """For whom this person may record anything: the coalitions he coordinates, the municipalities he speaks for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        day = local_day(timezone.now())
        coalitions, municipalities = coordinated(request), spoken_for(request.user, day)
        if not coalitions and not municipalities:
            raise PermissionDenied
        context = {"coalitions": coalitions, "municipalities": municipalities}
        return render(request, "cms/desk/languages_overview.html", context)


class VoiceDesk(ABC, View):
    """The languages of one voice: forms for what may be recorded, and the grounds that are there."""

    ground_form: type[GroundForm] = GroundForm

    @abstractmethod
    def owner(self, request: HttpRequest, name: str) -> dict:
        """The coalition or municipality as the actions take it; raises Http404 for what is not this person's."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        return self.show(request, self.owner(request, name))

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        owner = self.owner(request, name)
        deed = self.deeds().get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        return deed(request, owner) or redirect(request.path)

    def deeds(self) -> dict[str, Callable[[HttpRequest, dict], HttpResponse | None]]:
        return {"ground": self.record, "withdraw": self.withdraw}

    def record(self, request: HttpRequest, owner: dict) -> HttpResponse | None:
        form = self.ground_form(request.POST)
        usual = {"ground": Ground.TRANSLATION}
        if not self.carried_out(form, lambda **facts: actions.record_ground(**owner, **(usual | facts)), request):
            return self.show(request, owner, ground=form, status=422)
        messages.success(request, _("The ground is recorded."))
        return None

    def withdraw(self, request: HttpRequest, owner: dict) -> None:
        pk = request.POST.get("pk", "")
        ground = get_object_or_404(LanguageGround, pk=pk if pk.isdecimal() else 0, **owner)
        actions.withdraw_ground(ground=ground, by=request.user, now=timezone.now())
        messages.success(request, _("The ground is withdrawn. Pages that are public stay until you withdraw them."))

    def carried_out(self, form: forms.ModelForm, deed: Callable, request: HttpRequest) -> bool:
        """Whether the action accepted what the form says; why not stands in the form."""
        if not form.is_valid():
            return False
        try:
            deed(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return False
        return True

    def show(self, request: HttpRequest, owner: dict, status: int = 200, **forms_typed) -> HttpResponse:
        context = {
            "voice": voice(local_day(timezone.now()), **owner),
            "name": str(next(iter(owner.values()))),
            "grounds": LanguageGround.objects.filter(**owner).order_by("language"),
            "ground_form": forms_typed.get("ground") or self.ground_form(),
        }
        context["required"] = must_be_french(context["voice"])
        return render(request, "cms/desk/languages.html", context | self.more(owner, forms_typed), status=status)

    def more(self, owner: dict, forms_typed: dict) -> dict:
        return {}


class CoalitionLanguages(VoiceDesk):
    def owner(self, request: HttpRequest, name: str) -> dict:
        return {"coalition": get_object_or_404(Coalition, slug=name, pk__in=[c.pk for c in coordinated(request)])}

    def deeds(self) -> dict:
        return {**super().deeds(), "choose": self.choose}

    def choose(self, request: HttpRequest, owner: dict) -> HttpResponse | None:
        form = ChoiceForm(request.POST)
        if not self.carried_out(form, lambda **facts: actions.choose_shared_languages(**owner, **facts), request):
            return self.show(request, owner, choice=form, status=422)
        messages.success(request, _("The choice is recorded."))
        return None

    def more(self, owner: dict, forms_typed: dict) -> dict:
        chosen = SharedLanguages.objects.filter(**owner).first()
        form = forms_typed.get("choice") or ChoiceForm(instance=chosen, initial={"choice": Choice.BOTH})
        return {"chosen": chosen, "choice_form": form}


class MunicipalLanguages(VoiceDesk):
    ground_form = MunicipalGroundForm

    def owner(self, request: HttpRequest, name: str) -> dict:
        own = [m.pk for m in spoken_for(request.user, local_day(timezone.now()))]
        rows = Municipality.objects.defer("boundary", "outline")
        return {"municipality": get_object_or_404(rows, nis=name, pk__in=own)}


# --- in the editor and the explorer


def warn_the_editor(request: HttpRequest, page: Page) -> None:
    """For Wagtail's hook `before_edit_page`: what will stand in the way of publishing is said on opening the page."""
    # After an attempt to publish the reasons are on the page already.
    told = len(get_messages(request)) > 0
    if request.method == "GET" and not told and (sentence := french_is_missing(page.specific)):
        messages.warning(request, sentence)


def mark_what_is_missing(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For Wagtail's explorer: `lacks_french` on each page that must have a public French version and has none.

    No query for each row, and nothing at all where French is not required.
    """
    if parent.is_root() or parent.locale.language_code != dutch() or request.GET.get("q"):
        return pages
    if not must_be_french(voice_of(parent, local_day(timezone.now()))) or parent.get_view_restrictions().exists():
        return pages
    french = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=FRENCH, live=True
    )  # fmt: skip
    closed = PageViewRestriction.objects.filter(page=OuterRef("pk"))
    lacking = ExpressionWrapper(~Exists(french) & ~Exists(closed), output_field=BooleanField())
    return pages.annotate(lacks_french=lacking)


class LanguagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(coordinated(request) or spoken_for(request.user, local_day(timezone.now())))


def menu_item() -> MenuItem:
    return LanguagesMenuItem(
        gettext_lazy("Languages"), reverse("languages_overview"), name="languages", icon_name="globe", order=470
    )
