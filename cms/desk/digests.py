"""The coordinator's desk for the digest: on which day and hour it goes out, and when the next one is due."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from coalition.base.dates import local_day, week_key
from coalition.base.errors import Refusal
from coalition.digests import rules
from coalition.digests.actions import set_schedule
from coalition.digests.models import DigestSchedule
from coalition.digests.queries import weeks_begun
from coalition.membership.models import Coalition
from coalition.membership.queries import mandates_on
from coalition.membership.rules import may_coordinate


class ScheduleForm(forms.Form):
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"), choices=DigestSchedule.Weekday.choices, coerce=int
    )
    hour = forms.TimeField(
        label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy(
            "Brussels time. What was published in the last quarter of an hour waits for the next one."
        ),
    )  # fmt: skip


def coordinated_by(request: HttpRequest) -> list[Coalition]:
    """The coalitions whose digest this person may set, by name."""
    coalitions = list(Coalition.objects.select_related("digest_schedule").order_by("name"))
    if request.user.is_superuser:
        return coalitions
    today = local_day(timezone.now())
    mandates = list(mandates_on(request.user, today))
    return [coalition for coalition in coalitions if may_coordinate(mandates, coalition, today)]


class DigestDesk(View):
    """All digests somebody coordinates, each with its day, hour and next edition."""

    def get(self, request: HttpRequest) -> HttpResponse:
        coalitions = coordinated_by(request)
        if not coalitions:
            raise PermissionDenied
        now = timezone.now()
        begun = weeks_begun(now - timedelta(weeks=2))
        rows = [(coalition, _schedule(coalition), next_digest(coalition, begun, now)) for coalition in coalitions]
        return render(request, "cms/desk/digests.html", {"rows": rows})


class ScheduleDesk(View):
    """The form for one coalition's day and hour."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = self.coalition(request, slug)
        schedule = _schedule(coalition)
        initial = {"weekday": schedule.weekday, "hour": schedule.hour} if schedule else {"weekday": 2, "hour": "20:15"}
        return self.show(request, coalition, ScheduleForm(initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = self.coalition(request, slug)
        form = ScheduleForm(request.POST)
        if not form.is_valid():
            return self.show(request, coalition, form)
        try:
            set_schedule(coalition=coalition, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(request, coalition, form)
        messages.success(request, _("The digest's day and hour are saved."))
        return redirect("digest_desk")

    def coalition(self, request: HttpRequest, slug: str) -> Coalition:
        allowed = [coalition.pk for coalition in coordinated_by(request)]
        return get_object_or_404(Coalition, slug=slug, pk__in=allowed)

    def show(self, request: HttpRequest, coalition: Coalition, form: ScheduleForm) -> HttpResponse:
        return render(request, "cms/desk/digest_schedule.html", {"coalition": coalition, "form": form})


def _schedule(coalition: Coalition) -> DigestSchedule | None:
    return getattr(coalition, "digest_schedule", None)


def next_digest(coalition: Coalition, begun: set[tuple[int, str]], now: datetime) -> datetime | None:
    """When the next digest goes out: a week that has had one has no second, whatever day is chosen afterwards."""
    schedule = _schedule(coalition)
    if schedule is None or not schedule.enabled:
        return None
    due = rules.next_due(schedule, now)
    return rules.next_due(schedule, due) if (coalition.pk, week_key(local_day(due))) in begun else due


class DigestMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(coordinated_by(request))


def menu_item() -> MenuItem:
    return DigestMenuItem(_("Digest"), reverse("digest_desk"), name="digest", icon_name="mail", order=500)
