"""Which municipality stands where in a coalition, since when and by which decision."""

from datetime import datetime
from functools import partial

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.desk.scoped import DeskForm, ScopedViewSet
from coalition.base.dates import local_day
from coalition.membership.actions import record_membership
from coalition.membership.models import Coalition, Membership
from coalition.membership.queries import standing_as
from coalition.membership.rules import Standing
from coalition.people.models import Person
from coalition.territory.models import Municipality

Day = partial(forms.DateInput, attrs={"type": "date"}, format="%Y-%m-%d")


def today_as(membership: Membership) -> str:
    return membership.state_on(local_day(timezone.now())).label


class MembershipForm(DeskForm):
    """A municipality that the coalition invites, or that only observes; a member writes itself down."""

    coalition = forms.ModelChoiceField(Coalition.objects.order_by("name"), label=_("coalition"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.defer("boundary", "outline").order_by("name_nl"), label=_("municipality")
    )
    standing = forms.ChoiceField(
        label=_("standing"),
        choices=[(s.value, s.label) for s in (Standing.INVITED, Standing.OBSERVER)],
        help_text=_("A municipality becomes a member by its own council's decision, which it writes down itself."),
    )
    decision_body = forms.CharField(label=_("decided by"), max_length=120, required=False)
    decision_date = forms.DateField(label=_("date of the decision"), required=False, widget=Day())
    decision_url = forms.URLField(label=_("decision on the web"), required=False, assume_scheme="https")
    valid_from = forms.DateField(label=_("valid from"), required=False, widget=Day())
    valid_until = forms.DateField(label=_("valid until"), required=False, widget=Day())

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["municipality"]
        field.queryset = field.queryset.filter(pk__in=Municipality.objects.on(local_day(timezone.now())).values("pk"))


class StandingFilter(WagtailFilterSet):
    today = ChoiceFilter(label=_("standing today"), choices=Standing.choices, method="standing_today")

    class Meta:
        model = Membership
        fields = ("today",)

    def standing_today(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return standing_as(records, Standing(value), local_day(timezone.now()))


class MembershipList(IndexView):
    @cached_property
    def header_buttons(self) -> list:
        button = HeaderButton(_("Who waits for me"), url=reverse("joining_overview"), icon_name="tasks")
        return [button, *super().header_buttons]


class MembershipFacts(InspectView):
    @cached_property
    def header_more_buttons(self) -> list:
        history = reverse("membership:history", args=[self.object.pk])
        desk = reverse("joining_desk", args=[self.object.coalition.slug])
        return [
            Button(_("History"), url=history, icon_name="history", priority=10),
            Button(_("Accept or withdraw"), url=desk, icon_name="tasks", priority=20),
        ]

    def get_today_display_value(self) -> str:
        return capfirst(today_as(self.object))

    def get_field_label(self, field_name: str, field) -> str:
        return _("Standing today") if field_name == "today" else super().get_field_label(field_name, field)


class MembershipViewSet(ScopedViewSet):
    model = Membership
    url_prefix = "coalitie/lidmaatschappen"
    may = frozenset({"view", "add"})
    icon = "globe"
    form_class = MembershipForm
    index_view_class = MembershipList
    inspect_view_class = MembershipFacts
    filterset_class = StandingFilter
    search_fields = ("municipality__name_nl", "municipality__nis")
    list_per_page = 100
    export_filename = "gemeenten"
    list_export = ("municipality.name_nl", "municipality.nis", "standing", "decision_date", "valid_from", "valid_until")
    list_display = (
        Column("municipality", label=_("Municipality"), sort_key="municipality__name_nl"),
        Column("today", label=_("Standing today"), accessor=lambda m: capfirst(today_as(m))),
        Column("decision_date", label=_("Date of the decision"), sort_key="decision_date"),
        Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
        Column("valid_until", label=_("Valid until"), sort_key="valid_until"),
    )
    inspect_view_fields = (
        "coalition", "municipality", "today", "decision_body", "decision_date", "decision_url", "valid_from",
        "valid_until", "decided_at", "decided_by", "accepted_at", "accepted_by", "leave_url", "carried_from",
    )  # fmt: skip

    def all_records(self) -> QuerySet[Membership]:
        rows = Membership.objects.select_related("municipality", "coalition")
        return rows.defer("municipality__boundary", "municipality__outline").order_by("municipality__name_nl")

    def create(self, *, facts: dict, by: Person, now: datetime) -> Membership:
        municipality = facts.pop("municipality")
        facts["standing"] = Standing(facts["standing"])
        return record_membership(nis=municipality.nis, by=by, now=now, **facts)
