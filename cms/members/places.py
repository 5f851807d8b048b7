"""A municipality's place in a coalition, for whoever speaks for it: record the decision, leave, see what happened."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import actions, permits, queries
from coalition.membership.models import Delegate, Membership
from coalition.membership.rules import Standing

DELEGATES = 3


class DayInput(forms.DateInput):
    """The browser's own field for a day; it wants and gives 2026-12-14 whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: str, **options) -> forms.DateField:
    return forms.DateField(
        label=label, widget=DayInput(), input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], **options
    )


class DecisionForm(forms.Form):
    """What a council decided; the deed itself is an action, this form never saves."""

    decision_body = forms.CharField(
        label=gettext_lazy("Decided by"), max_length=120, initial=gettext_lazy("municipal council")
    )
    decision_date = day_field(gettext_lazy("Date of the decision"))
    decision_url = forms.URLField(
        label=gettext_lazy("Decision on the web"), required=False, assume_scheme="https", max_length=200
    )
    valid_from = day_field(gettext_lazy("First day of the membership"), help_text=gettext_lazy("It may be later."))
    valid_until = day_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Only if the council decided on an end.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, DELEGATES + 1):
            first = number == 1
            words = {"number": number}
            self.fields[f"delegate_name_{number}"] = forms.CharField(
                label=_("Delegate %(number)s") % words, max_length=120, required=first
            )
            self.fields[f"delegate_office_{number}"] = forms.ChoiceField(
                label=_("Office of delegate %(number)s") % words,
                choices=[("", "–"), *Delegate.Office.choices],
                required=first,
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        for number in range(2, DELEGATES + 1):
            if cleaned.get(f"delegate_name_{number}") and not cleaned.get(f"delegate_office_{number}"):
                self.add_error(f"delegate_office_{number}", _("Choose the office of this delegate."))
        return cleaned

    def delegates(self) -> list[tuple[str, str]]:
        return [
            (self.cleaned_data[f"delegate_name_{n}"], self.cleaned_data[f"delegate_office_{n}"])
            for n in range(1, DELEGATES + 1)
            if self.cleaned_data[f"delegate_name_{n}"]
        ]

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("delegate_")}


class LeaveForm(forms.Form):
    last_day = day_field(gettext_lazy("Last day of the membership"))
    leave_url = forms.URLField(
        label=gettext_lazy("Decision to leave on the web"), required=False, assume_scheme="https", max_length=200
    )


# Where a refusal of the action belongs on the form.
FIELDS = {"delegate_name": "delegate_name_1", "delegate_office": "delegate_office_1"}


@never_cache
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """What somebody may do for whom, and where he does it."""
    day = local_day(timezone.now())
    mandates = queries.mandates_on(request.user, day).order_by("coalition__name", "municipality__name_nl")
    return render(
        request,
        "cms/members/places.html",
        {"mandates": mandates, "may_found": queries.founding_rights(request.user).exists()},
    )


@method_decorator([never_cache, login_required], name="dispatch")
class Place(View):
    """For whoever speaks for the municipality, and to read for who coordinates; nobody else learns that it exists."""

    def get(self, request: HttpRequest, slug: str, nis: str) -> HttpResponse:
        return self.show(request, self.membership(request, slug, nis))

    def post(self, request: HttpRequest, slug: str, nis: str) -> HttpResponse:
        membership = self.membership(request, slug, nis)
        if not permits.speaks_for(request.user, membership.municipality, membership.coalition, timezone.now()):
            raise Http404
        if request.POST.get("deed") == "leave":
            return self.leave(request, membership)
        form = DecisionForm(request.POST)
        if form.is_valid():
            try:
                actions.record_decision(
                    membership=membership, delegates=form.delegates(), by=request.user, now=timezone.now(),
                    **form.facts(),
                )  # fmt: skip
            except Refusal as refusal:
                form.add_error(FIELDS.get(refusal.field, refusal.field), str(refusal))
            else:
                messages.success(request, _("The decision is recorded."))
                return redirect("membership_place", slug, nis)
        return self.show(request, membership, decision=form, status=422)

    def leave(self, request: HttpRequest, membership: Membership) -> HttpResponse:
        form = LeaveForm(request.POST)
        if form.is_valid():
            try:
                actions.leave(membership=membership, by=request.user, now=timezone.now(), **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("It is recorded that the municipality leaves."))
                return redirect("membership_place", membership.coalition.slug, membership.municipality.nis)
        return self.show(request, membership, leaving=form, status=422)

    def membership(self, request: HttpRequest, slug: str, nis: str) -> Membership:
        now = timezone.now()
        membership = (
            Membership.objects.filter(coalition__slug=slug, municipality__nis=nis)
            .select_related("coalition", "municipality", "accepted_by", "decided_by")
            .defer("municipality__boundary", "municipality__outline")
            .order_by("-pk")
            .first()
        )
        if membership is None:
            raise Http404
        coalition, municipality = membership.coalition, membership.municipality
        speaks = permits.speaks_for(request.user, municipality, coalition, now)
        if not speaks and not permits.coordinates(request.user, coalition, now):
            raise Http404
        return membership

    def show(
        self,
        request: HttpRequest,
        membership: Membership,
        *,
        decision: DecisionForm | None = None,
        leaving: LeaveForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        now = timezone.now()
        standing = membership.state_on(local_day(now))
        speaks = permits.speaks_for(request.user, membership.municipality, membership.coalition, now)
        undecided = membership.standing in (Standing.INVITED, Standing.REQUESTED, Standing.OBSERVER)
        stays = membership.standing in (Standing.MEMBER, Standing.OBSERVER) and standing != Standing.LEFT
        context = {
            "membership": membership,
            "coalition": membership.coalition,
            "standing": standing,
            "form": decision or leaving,
            "decision": (decision or DecisionForm()) if speaks and undecided else None,
            "leaving": (leaving or LeaveForm()) if speaks and stays else None,
            "delegates": membership.delegates.all(),
            "history": queries.history_of(membership),
        }
        return render(request, "cms/members/place.html", context, status=status)
