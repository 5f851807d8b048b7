"""What a coalition goes by: its principles of the short chain in versions, and the seasons it knows better."""

from django import forms
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.desk.producers.scope import OfACoalition
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions, seasons
from coalition.producers.actions.standards import HOW_MANY
from coalition.producers.models import Principles
from coalition.producers.queries import seasons_of

# What a coalition begins with, in the language in which it writes; it makes them its own before it adopts them.
FLEMISH_FIVE = (
    (
        "Betrokkenheid van de consument",
        "Wie koopt, kan de producent leren kennen: op de hoeve, aan de kraam of door mee te doen.",
    ),
    (
        "Weinig schakels",
        "Tussen wie het maakt en wie het eet zit niemand, of hooguit één schakel die iedereen kent.",
    ),
    (
        "Zeggenschap van de producent",
        "De producent bepaalt zelf zijn prijs, zijn manier van werken en wat hij aanbiedt.",
    ),
    ("Lokaal karakter", "Wat we verkopen, is hier in de streek geteeld, gekweekt of gemaakt."),
    (
        "Inzicht in de landbouwpraktijk",
        "De producent toont en vertelt hoe hij werkt: de bodem, de dieren, de seizoenen.",
    ),
)
SOURCE = "naar de vijf principes van de korte keten van de Vlaamse overheid"


class PrinciplesForm(forms.Form):
    use_required_attribute = False

    adopted_on = forms.DateField(
        label=gettext_lazy("adopted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label=gettext_lazy("source"), required=False, max_length=200)

    def __init__(self, data=None, *, items: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(data, **kwargs)
        for number, (title, text) in enumerate(items, start=1):
            self.fields[f"title-{number}"] = forms.CharField(
                label=_("principle %(number)d") % {"number": number}, required=False, initial=title, max_length=120
            )
            self.fields[f"text-{number}"] = forms.CharField(
                label=_("what it means"), required=False, initial=text, max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def items(self) -> list[tuple[str, str]]:
        facts = self.cleaned_data
        return [(facts.get(f"title-{n}", ""), facts.get(f"text-{n}", "")) for n in range(1, HOW_MANY + 1)]


class PrinciplesDesk(OfACoalition):
    """A new version is adopted on a day; earlier ones stay, with what was declared on them."""

    model = Principles

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        facts = {"adopted_on": form.cleaned_data["adopted_on"], "source": form.cleaned_data["source"]}
        try:
            actions.adopt_principles(
                coalition=self.coalition, items=form.items(), by=request.user, now=timezone.now(), **facts
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("The principles are adopted. Producers declare themselves on this version now."))
        return redirect(self.here())

    @cached_property
    def versions(self) -> QuerySet[Principles]:
        rows = Principles.objects.filter(coalition=self.coalition).order_by("-version")
        return rows.annotate(producers=Count("declarations__producer", distinct=True))

    def form(self, data=None) -> PrinciplesForm:
        newest = self.versions.first()
        items = [(item["title"], item["text"]) for item in newest.items] if newest else list(FLEMISH_FIVE)
        initial = {"adopted_on": local_day(timezone.now()), "source": newest.source if newest else SOURCE}
        return PrinciplesForm(data, items=items, initial=initial)

    def show(self, request: HttpRequest, form: PrinciplesForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "versions": self.versions, "coalition": self.coalition, "coalitions": self.coalitions}
        return render(request, "cms/desk/producers/principles.html", context, status=status)


class SeasonForm(forms.Form):
    """One crop: three ranges of months; the ranges of the house where the coalition says nothing."""

    use_required_attribute = False

    fresh = forms.CharField(label=gettext_lazy("fresh from the field"), required=False, max_length=80)
    glass = forms.CharField(label=gettext_lazy("local under glass"), required=False, max_length=80)
    storage = forms.CharField(label=gettext_lazy("from storage"), required=False, max_length=80)

    def __init__(self, data=None, *, crop: seasons.Crop, known: tuple[str, str, str] | None) -> None:
        initial = dict(zip(("fresh", "glass", "storage"), known or ("", "", ""), strict=True))
        super().__init__(data, prefix=crop.slug, initial=initial)
        self.crop = crop
        for name in self.fields:
            # Sixty rows of three have no room for labels that are seen: which crop and which state are heard.
            words = {"crop": crop.name, "state": self.fields[name].label}
            self.fields[name].widget.attrs |= {
                "aria-label": _("%(crop)s, %(state)s") % words, "size": 9,
                "aria-describedby": f"{self[name].id_for_label}-house",
            }  # fmt: skip

    @property
    def cells(self) -> list[tuple]:
        """Each field with what the calendar of the house says there."""
        return list(zip(self, self.crop.months, strict=True))


class SeasonsDesk(OfACoalition):
    """All crops on one page; only those that were changed are written, all of them or none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, self.forms())

    def post(self, request: HttpRequest) -> HttpResponse:
        forms_sent = self.forms(request.POST)
        changed = [form for form in forms_sent if form.has_changed()]
        for form in changed:
            self.check(form)
        if any(form.errors for form in changed):
            return self.show(request, forms_sent, status=422)
        with transaction.atomic():
            for form in changed:
                in_name_of = {"coalition": self.coalition, "by": request.user, "now": timezone.now()}
                actions.set_season(crop=form.crop.slug, **in_name_of, **form.cleaned_data)
        messages.success(request, _("The season calendar is saved."))
        return redirect(self.here())

    def check(self, form: SeasonForm) -> None:
        for name, text in list(form.cleaned_data.items()) if form.is_valid() else []:
            try:
                seasons.clean_months(text)
            except Refusal as refusal:
                form.add_error(name, str(refusal))

    def forms(self, data=None) -> list[SeasonForm]:
        known = seasons_of(self.coalition)
        crops = sorted(seasons.CROPS.values(), key=lambda crop: crop.name.casefold())
        return [SeasonForm(data, crop=crop, known=known.get(crop.slug)) for crop in crops]

    def show(self, request: HttpRequest, rows: list[SeasonForm], status: int = 200) -> HttpResponse:
        context = {"rows": rows, "coalition": self.coalition, "coalitions": self.coalitions}
        return render(request, "cms/desk/producers/seasons.html", context, status=status)
