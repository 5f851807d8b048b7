"""The coordinator's registers of personal data: who agreed to what, and who asked what is held of him."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.desk.joining import coordinated
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.base.tables import csv_table
from coalition.digests.models import Subscription
from coalition.digests.queries import consents
from coalition.membership.models import Coalition
from coalition.rights import actions, queries
from coalition.rights.models import DataRequest

ON_ONE_PAGE = 100


def own(request: HttpRequest) -> list[Coalition]:
    """The coalitions whose registers this person keeps; raises PermissionDenied when there are none."""
    coalitions = coordinated(request)
    if not coalitions and not request.user.is_superuser:
        raise PermissionDenied
    return coalitions


def whose(subscription: Subscription) -> str:
    """The address, or what is left of it."""
    return subscription.email or _("forgotten (code %(code)s)") % {"code": subscription.email_hash[:12]}


class ConsentReport(View):
    """Who said yes to which words, when and where, and took it back when; of one's own coalitions only."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = consents([coalition.pk for coalition in own(request)])
        page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("p"))
        rows = [(whose(subscription), subscription) for subscription in page]
        return render(request, "cms/desk/consents.html", {"rows": rows, "page": page})


class ConsentFile(View):
    """The same register as a table for a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = consents([coalition.pk for coalition in own(request)])
        head = (
            _("coalition"), _("e-mail address"), _("state"), _("version"), _("text"), _("page"), _("asked"),
            _("confirmed"), _("ended"), _("by way of"),
        )  # fmt: skip
        return HttpResponse(
            csv_table(head, _lines(found)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="toestemmingen.csv"', "Cache-Control": "no-store"},
        )


def _lines(found: Iterable[Subscription]) -> Iterable[tuple]:
    for row in found:
        yield (
            row.coalition.name, whose(row), row.get_state_display(), row.consent_version, row.consent_text,
            row.consent_page, row.asked_at, row.confirmed_at, row.ended_at, row.ended_via,
        )  # fmt: skip


class RequestForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What is asked"), choices=DataRequest.Kind.choices)
    address = forms.EmailField(label=gettext_lazy("E-mail address of who asks"), max_length=254)
    coalition = forms.ModelChoiceField(
        label=gettext_lazy("Coalition"), queryset=Coalition.objects.none(), required=False
    )

    def __init__(self, *args, coalitions: list[Coalition], required: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coalition"].queryset = Coalition.objects.filter(pk__in=[c.pk for c in coalitions])
        self.fields["coalition"].required = required


class RequestDesk(View):
    """Requests with their last day, the open ones first; a new one is written down, an answered one is closed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, self.form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request, request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            actions.write_request(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("The request is written down; the clock runs."))
        return redirect("data_requests")

    def form(self, request: HttpRequest, data=None) -> RequestForm:
        return RequestForm(data, coalitions=own(request), required=not request.user.is_superuser)

    def show(self, request: HttpRequest, form: RequestForm, status: int = 200) -> HttpResponse:
        page = Paginator(visible(request), ON_ONE_PAGE).get_page(request.GET.get("p"))
        context = {"form": form, "page": page, "today": local_day(timezone.now())}
        return render(request, "cms/desk/data_requests.html", context, status=status)


class RequestDone(View):
    """A request is answered."""

    model = DataRequest
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(visible(request), pk=pk)
        actions.finish_request(request=found, by=request.user, now=timezone.now())
        messages.success(request, _("The request is closed, and its address forgotten."))
        return redirect("data_requests")


def visible(request: HttpRequest):
    """The requests that this person may see: of his coalitions; for superusers those of the site too."""
    return queries.requests_of(own(request), of_the_site=request.user.is_superuser)


class RegisterMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or bool(coordinated(request))


def consents_item() -> MenuItem:
    return RegisterMenuItem(
        _("Register of consent"), reverse("consents"), name="consents", icon_name="tick-inverse", order=1200
    )


def requests_item() -> MenuItem:
    return RegisterMenuItem(
        _("Requests about data"), reverse("data_requests"), name="data-requests", icon_name="user", order=1210
    )
