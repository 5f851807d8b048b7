"""The superuser's desk of enterprise numbers: which number is which municipality, and from when until when."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.base.acm import is_on
from cms.desk.coalitions import SuperuserView
from coalition.base.errors import Refusal
from coalition.evidence import actions
from coalition.territory.models import EnterpriseNumber


class NumberForm(forms.Form):
    nis = forms.CharField(label=gettext_lazy("NIS code"), max_length=5)
    number = forms.CharField(label=gettext_lazy("enterprise number"), max_length=40)
    valid_from = forms.DateField(label=gettext_lazy("valid from"), required=False)
    valid_until = forms.DateField(label=gettext_lazy("valid until"), required=False)


class LastDayForm(forms.Form):
    valid_until = forms.DateField(label=gettext_lazy("valid until"))


class NumbersDesk(SuperuserView):
    """All numbers, a form for a new one, and beside each that goes on a field for its last day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, NumberForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.end(request) if "pk" in request.POST else self.add(request)

    def add(self, request: HttpRequest) -> HttpResponse:
        form = NumberForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            row = actions.record_number(**form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(request, form, status=422)
        messages.success(
            request, _("The number of %(municipality)s is recorded.") % {"municipality": row.municipality.name}
        )
        return redirect("numbers_desk")

    def end(self, request: HttpRequest) -> HttpResponse:
        key = request.POST["pk"]
        number = get_object_or_404(EnterpriseNumber, pk=key if key.isdigit() and len(key) <= 18 else 0)
        form = LastDayForm(request.POST)
        try:
            if not form.is_valid():
                raise Refusal(_("Give the last day, such as 31/12/2024."))
            actions.end_number(
                number=number, last_day=form.cleaned_data["valid_until"], by=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("numbers_desk")

    def show(self, request: HttpRequest, form: NumberForm, status: int = 200) -> HttpResponse:
        rows = EnterpriseNumber.objects.select_related("municipality").defer(
            "municipality__boundary", "municipality__outline"
        )
        return render(request, "cms/desk/numbers.html", {"form": form, "numbers": rows}, status=status)


class NumbersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_on() and request.user.is_superuser


def menu_item() -> MenuItem:
    return NumbersMenuItem(
        gettext_lazy("Enterprise numbers"), reverse("numbers_desk"), name="numbers", icon_name="key", order=470
    )
