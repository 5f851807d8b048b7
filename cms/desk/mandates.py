"""Who may coordinate or edit for a coalition, and who speaks for which municipality in it."""

from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.widgets.button import Button

from cms.desk.memberships import Day
from cms.desk.scoped import DeskForm, ScopedViewSet, coordinated_by
from coalition.base.dates import local_day
from coalition.membership.actions import end_mandate, give_mandate
from coalition.membership.models import Coalition, Mandate
from coalition.people.models import Person
from coalition.territory.models import Municipality


class MandateForm(DeskForm):
    """For people who are known in the coalition already; who is new is invited by letter."""

    coalition = forms.ModelChoiceField(Coalition.objects.order_by("name"), label=_("coalition"))
    person = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).order_by("name"),
        label=_("person"),
        help_text=_("Only who has or had a mandate here. Invite somebody new by letter, under Invitations."),
    )
    role = forms.ChoiceField(label=_("role"), choices=Mandate.Role.choices)
    municipality = forms.ModelChoiceField(
        Municipality.objects.defer("boundary", "outline").order_by("name_nl"),
        label=_("municipality"),
        required=False,
        help_text=_("Only for a representative: for which municipality this person speaks."),
    )
    valid_from = forms.DateField(label=_("valid from"), required=False, widget=Day(), help_text=_("Empty: today."))
    valid_until = forms.DateField(label=_("valid until"), required=False, widget=Day())

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["municipality"]
        field.queryset = field.queryset.filter(memberships__coalition__in=coordinated_by(self.for_user)).distinct()

    def clean(self) -> dict:
        facts = super().clean()
        first, last = facts.get("valid_from"), facts.get("valid_until")
        if last and last < (first or local_day(timezone.now())):
            self.add_error("valid_until", _("The last day cannot come before the first."))
        return facts


class RoleFilter(WagtailFilterSet):
    role = ChoiceFilter(label=_("role"), choices=Mandate.Role.choices)
    today = ChoiceFilter(
        label=_("today"), choices=[("holds", _("holds today")), ("not", _("does not hold today"))], method="holds"
    )

    class Meta:
        model = Mandate
        fields = ("role", "today")

    def holds(self, records: QuerySet, name: str, value: str) -> QuerySet:
        valid = Mandate.objects.on(local_day(timezone.now())).values("pk")
        return records.filter(pk__in=valid) if value == "holds" else records.exclude(pk__in=valid)


class MandateList(IndexView):
    add_item_label = _("Give a mandate")

    def get_list_more_buttons(self, instance: Mandate) -> list:
        """Seeing it, and ending it while it holds."""
        buttons = [Button(_("View"), url=self.get_inspect_url(instance), icon_name="info-circle", priority=10)]
        if instance.holds_on(local_day(timezone.now())):
            buttons.append(Button(_("End"), url=self.get_delete_url(instance), icon_name="cross", priority=20))
        return buttons


class MandateFacts(InspectView):
    @cached_property
    def header_more_buttons(self) -> list:
        if not self.object.holds_on(local_day(timezone.now())):
            return []
        return [Button(_("End"), url=self.get_delete_url(), icon_name="cross", priority=10)]


class EndMandate(DeleteView):
    page_title = _("End a mandate")
    question = _("From now on this person may no longer do this. What was done stays.")
    yes, no = _("End the mandate"), _("Keep the mandate")
    success_message = _("The mandate of %(object)s has ended.")


class MandateViewSet(ScopedViewSet):
    model = Mandate
    url_prefix = "coalitie/mandaten"
    may = frozenset({"view", "add", "delete"})
    is_remembered = False
    icon = "user"
    form_class = MandateForm
    index_view_class = MandateList
    inspect_view_class = MandateFacts
    delete_view_class = EndMandate
    filterset_class = RoleFilter
    search_fields = ("person__name", "person__email", "municipality__name_nl")
    list_per_page = 100
    list_display = (
        Column("person", label=_("Person"), accessor="person.name", sort_key="person__name"),
        Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
        Column("municipality", label=_("For"), accessor=lambda m: m.municipality or m.coalition),
        Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
        Column("valid_until", label=_("Valid until"), sort_key="valid_until"),
    )
    inspect_view_fields = ("person", "coalition", "role", "municipality", "valid_from", "valid_until")

    def all_records(self) -> QuerySet[Mandate]:
        rows = Mandate.objects.select_related("person", "municipality", "coalition")
        return rows.defer("municipality__boundary", "municipality__outline").order_by("person__name", "pk")

    def create(self, *, facts: dict, by: Person, now: datetime) -> Mandate:
        facts["role"] = Mandate.Role(facts["role"])
        return give_mandate(by=by, now=now, **facts)

    def remove(self, *, record: Mandate, by: Person, now: datetime) -> None:
        end_mandate(mandate=record, by=by, now=now)
