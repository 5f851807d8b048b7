"""A producer of elsewhere, whom everybody can see already, as a guest on the list of one's own coalition."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.desk.producers.scope import OfACoalition
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.producers import actions
from coalition.producers.queries import public


class GuestForm(forms.Form):
    producer = forms.CharField(
        label=gettext_lazy("name on the web"), max_length=300,
        help_text=gettext_lazy("The last part of the address of the profile: …/producenten/name-on-the-web/"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=200,
        help_text=gettext_lazy("Everybody may read it, for example: no cheese maker in our own municipalities."),
    )  # fmt: skip


class GuestDesk(OfACoalition):
    """A producer of elsewhere, whom everybody can see already, on one's own list with a reason."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, GuestForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = GuestForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        slug = form.cleaned_data["producer"].strip().rstrip("/").rpartition("/")[2]
        producer = public(local_day(timezone.now())).filter(slug=slug).first()
        if producer is None:
            form.add_error("producer", _("No producer whom everybody can see goes by this name."))
            return self.show(request, form, status=422)
        try:
            actions.list_producer(
                producer=producer, coalition=self.coalition, as_guest=True, reason=form.cleaned_data["reason"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("%(producer)s is listed as a guest.") % {"producer": producer.name})
        return redirect("desk_producer", producer.pk)

    def show(self, request: HttpRequest, form: GuestForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "coalition": self.coalition, "coalitions": self.coalitions}
        return render(request, "cms/desk/producers/guest.html", context, status=status)
