"""Whom a coalition invited by letter. The link stands in the letter alone: nobody finds it here."""

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.widgets.button import Button

from cms.desk.scoped import DeskForm, ScopedViewSet
from coalition.base.dates import local_day
from coalition.membership.actions import invite, withdraw_invitation
from coalition.membership.models import Coalition, Invitation
from coalition.people.models import Person
from coalition.territory.models import Municipality


def state_of(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return _("accepted")
    if invitation.withdrawn_at:
        return _("withdrawn")
    return _("open") if invitation.is_open(timezone.now()) else _("expired")


class InvitationForm(DeskForm):
    email = forms.EmailField(label=_("e-mail address"), help_text=_("The letter with the link goes to this address."))
    coalition = forms.ModelChoiceField(Coalition.objects.order_by("name"), label=_("coalition"), required=False)
    role = forms.ChoiceField(label=_("role"), choices=Invitation.Role.choices)
    municipality = forms.ModelChoiceField(
        Municipality.objects.defer("boundary", "outline").order_by("name_nl"),
        label=_("municipality"),
        required=False,
        help_text=_("Only for a representative: for which municipality this person speaks."),
    )

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["municipality"]
        field.queryset = field.queryset.filter(pk__in=Municipality.objects.on(local_day(timezone.now())).values("pk"))
        if not self.for_user.is_superuser:
            self.fields["coalition"].required = True
            role = self.fields["role"]
            role.choices = [choice for choice in role.choices if choice[0] != Invitation.Role.FOUNDER]


class InvitationList(IndexView):
    add_item_label = _("Invite somebody")

    def get_list_more_buttons(self, instance: Invitation) -> list:
        buttons = [Button(_("View"), url=self.get_inspect_url(instance), icon_name="info-circle", priority=10)]
        if instance.is_open(timezone.now()):
            buttons.append(Button(_("Withdraw"), url=self.get_delete_url(instance), icon_name="cross", priority=20))
        return buttons


class InvitationFacts(InspectView):
    @cached_property
    def header_more_buttons(self) -> list:
        history = reverse("invitation:history", args=[self.object.pk])
        buttons = [Button(_("History"), url=history, icon_name="history", priority=10)]
        if self.object.is_open(timezone.now()):
            buttons.append(Button(_("Withdraw"), url=self.get_delete_url(), icon_name="cross", priority=20))
        return buttons


class WithdrawInvitation(DeleteView):
    page_title = _("Withdraw an invitation")
    question = _("The link in the letter will no longer work.")
    yes, no = _("Withdraw the invitation"), _("Keep the invitation")
    success_message = _("The invitation is withdrawn; its link no longer works.")


class InvitationViewSet(ScopedViewSet):
    model = Invitation
    url_prefix = "coalitie/uitnodigingen"
    may = frozenset({"view", "add", "delete"})
    icon = "mail"
    form_class = InvitationForm
    index_view_class = InvitationList
    inspect_view_class = InvitationFacts
    delete_view_class = WithdrawInvitation
    search_fields = ("email", "municipality__name_nl")
    list_per_page = 100
    list_display = (
        Column("email", label=_("E-mail address"), sort_key="email"),
        Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
        Column("municipality", label=_("For"), accessor=lambda i: i.municipality or i.coalition or ""),
        Column("state", label=_("State"), accessor=state_of),
        Column("created_at", label=_("Invited at"), sort_key="created_at"),
        Column("expires_at", label=_("Open until"), sort_key="expires_at"),
    )
    inspect_view_fields = (
        "email", "role", "coalition", "municipality", "created_at", "created_by", "expires_at", "accepted_at",
        "withdrawn_at",
    )  # fmt: skip

    def all_records(self) -> QuerySet[Invitation]:
        rows = Invitation.objects.select_related("municipality", "coalition")
        return rows.defer("municipality__boundary", "municipality__outline").order_by("-created_at", "-pk")

    def scope(self, request: HttpRequest) -> QuerySet[Invitation]:
        """A founder is invited by the platform, for no coalition yet: superusers see that too."""
        own = super().scope(request)
        return self.all_records().filter(Q(pk__in=own.values("pk")) | Q(coalition=None)) if _platform(request) else own

    def create(self, *, facts: dict, by: Person, now: datetime) -> Invitation:
        return invite(by=by, now=now, **facts)

    def remove(self, *, record: Invitation, by: Person, now: datetime) -> None:
        withdraw_invitation(invitation=record, by=by, now=now)


def _platform(request: HttpRequest) -> bool:
    return request.user.is_superuser
