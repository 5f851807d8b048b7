"""What happened to a record: who did what and when, as the house remembers it."""

from django.contrib.admin.utils import quote, unquote
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from coalition.activity.models import Entry


class EntriesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    any_permission_required = ("view", "change")
    template_name = "cms/desk/entries.html"
    page_title = _("History")
    model = None
    index_url_name = None
    inspect_url_name = None
    header_icon = "history"
    results_only = False

    def setup(self, request, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.object = self.get_object()

    def get_object(self):
        return get_object_or_404(self.model, pk=unquote(str(self.kwargs["pk"])))

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": reverse(self.inspect_url_name, args=[quote(self.object.pk)]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def entries(self) -> QuerySet[Entry]:
        return (
            Entry.objects.filter(subject_kind=self.model._meta.model_name, subject_key=str(self.object.pk))
            .select_related("by")
            .order_by("-at", "-pk")
        )

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"object": self.object, "entries": self.entries()}
