"""On what footing the municipalities work together: the headings of the law, and which are still missing."""

from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.widgets.button import Button

from cms.desk.memberships import Day
from cms.desk.scoped import DeskForm, ScopedViewSet
from coalition.membership.actions import write_agreement
from coalition.membership.models import Agreement, Coalition
from coalition.membership.models.agreements import HEADINGS
from coalition.people.models import Person


def missing_headings(agreement: Agreement) -> list[str]:
    """The headings without a word in them, as they are called."""
    return [capfirst(Agreement._meta.get_field(name).verbose_name) for name in agreement.missing()]


class AgreementForm(DeskForm):
    form = forms.ChoiceField(label=_("form"), choices=Agreement.Form.choices, initial=Agreement.Form.INTERLOCAL)
    signed_on = forms.DateField(label=_("signed on"), required=False, widget=Day())
    url = forms.URLField(label=_("agreement on the web"), required=False, assume_scheme="https")

    def prepare(self) -> None:
        for name in HEADINGS:
            label = Agreement._meta.get_field(name).verbose_name
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=20000
            )
        super().prepare()


class NewAgreementForm(AgreementForm):
    coalition = forms.ModelChoiceField(Coalition.objects.filter(agreement=None).order_by("name"), label=_("coalition"))

    field_order = ("coalition",)


class AgreementList(IndexView):
    add_item_label = _("Write the agreement")

    def get_list_more_buttons(self, instance: Agreement) -> list:
        buttons = [Button(_("Change"), url=self.get_edit_url(instance), icon_name="edit", priority=10)]
        history = reverse("agreement:history", args=[instance.pk])
        return [*buttons, Button(_("History"), url=history, icon_name="history", priority=20)]


class WriteAgreement(CreateView):
    page_title = _("Write the agreement")
    success_message = _("The agreement is saved.")


class ChangeAgreement(EditView):
    success_message = _("The agreement is saved.")

    @cached_property
    def missing(self) -> list[str]:
        return missing_headings(self.object)


class AgreementViewSet(ScopedViewSet):
    model = Agreement
    url_prefix = "coalitie/overeenkomst"
    may = frozenset({"view", "add", "change"})
    icon = "doc-full"
    form_class = AgreementForm
    index_view_class = AgreementList
    add_view_class = WriteAgreement
    edit_view_class = ChangeAgreement
    edit_template_name = "cms/desk/agreement_edit.html"
    list_display = (
        Column("coalition", label=_("Coalition")),
        Column("form", label=_("Form"), accessor="get_form_display"),
        Column("signed_on", label=_("Signed on")),
        Column("missing", label=_("Still missing"), accessor=lambda a: ", ".join(map(str, missing_headings(a))) or "–"),
    )
    inspect_view_fields = ("coalition", "form", "signed_on", "url", *HEADINGS, "changed_at")

    def all_records(self) -> QuerySet[Agreement]:
        return Agreement.objects.select_related("coalition").order_by("coalition__name")

    def get_form_class(self, for_update: bool = False) -> type[AgreementForm]:
        return AgreementForm if for_update else NewAgreementForm

    def create(self, *, facts: dict, by: Person, now: datetime) -> Agreement:
        return write_agreement(by=by, now=now, **facts)

    def change(self, *, record: Agreement, facts: dict, by: Person, now: datetime) -> Agreement:
        return write_agreement(coalition=record.coalition, by=by, now=now, **facts)
