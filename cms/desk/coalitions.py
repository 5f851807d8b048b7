"""The superuser's desk for coalitions: found one with its whole space, or change its facts."""

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

from cms.spaces import found_space
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.actions import change_coalition, invite
from coalition.membership.models import Coalition, Invitation
from coalition.membership.queries import coalitions, founders_invited, founding_rights
from coalition.territory.models import Municipality


class FactsForm(forms.ModelForm):
    """What a coalition is; the deed itself is an action, this form never saves."""

    class Meta:
        model = Coalition
        fields = ["name", "subtitle", "accent", "contact_email", "managing_municipality"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = local_day(timezone.now())
        current = Municipality.objects.on(today).defer("boundary", "outline")
        self.fields["managing_municipality"].queryset = current.order_by("name_nl")


class FoundingForm(FactsForm):
    class Meta(FactsForm.Meta):
        fields = ["name", "slug", "subtitle", "accent", "contact_email", "managing_municipality"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False


class SuperuserView(View):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CoalitionDesk(SuperuserView):
    """All coalitions, and the way to a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _overview(request, FounderForm())


class FounderForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class FoundersDesk(SuperuserView):
    """Inviting somebody to found a coalition."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FounderForm(request.POST)
        if form.is_valid():
            email = form.cleaned_data["email"]
            try:
                invite(email=email, role=Invitation.Role.FOUNDER, by=request.user, now=timezone.now())
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("A letter goes to %(email)s.") % {"email": email})
                return redirect("coalition_desk")
        return _overview(request, form, status=422)


class FounderView(View):
    """For superusers, and for whoever was invited to found a coalition and has not done so yet."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_found(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def may_found(request: HttpRequest) -> bool:
    return request.user.is_superuser or founding_rights(request.user).exists()


class FoundingDesk(FounderView):
    """Founding: the record, its pages, its files and its groups, or nothing at all."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return _show(request, FoundingForm(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FoundingForm(request.POST)
        if not form.is_valid():
            return _show(request, form, None)
        try:
            page = found_space(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
            return _show(request, form, None)
        words = {"name": page.coalition.name}
        messages.success(request, _("%(name)s is founded. Now invite its municipalities.") % words)
        return redirect("joining_desk", page.coalition.slug)


class FactsDesk(SuperuserView):
    """The facts of one coalition."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = get_object_or_404(Coalition, slug=slug)
        return _show(request, FactsForm(instance=coalition), coalition)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = get_object_or_404(Coalition, slug=slug)
        # The form fills the object it is given; the action compares with what the database holds.
        form = FactsForm(request.POST, instance=Coalition.objects.get(pk=coalition.pk))
        if not form.is_valid():
            return _show(request, form, coalition)
        change_coalition(coalition=coalition, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s is saved.") % {"name": coalition.name})
        return redirect("coalition_desk")


def _overview(request: HttpRequest, form: FounderForm, status: int = 200) -> HttpResponse:
    rows = coalitions().select_related("managing_municipality")
    context = {"coalitions": rows, "form": form, "founders": founders_invited(timezone.now())}
    return render(request, "cms/desk/coalitions.html", context, status=status)


def _show(request: HttpRequest, form: FactsForm, coalition: Coalition | None) -> HttpResponse:
    return render(request, "cms/desk/coalition_form.html", {"form": form, "coalition": coalition})


class CoalitionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


class FoundingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return not request.user.is_superuser and may_found(request)


def founding_menu_item() -> MenuItem:
    return FoundingMenuItem(
        _("Found a coalition"), reverse("coalition_found"), name="found", icon_name="group", order=440
    )


def menu_item() -> MenuItem:
    return CoalitionMenuItem(
        _("Coalitions"), reverse("coalition_desk"), name="coalitions", icon_name="group", order=450
    )
