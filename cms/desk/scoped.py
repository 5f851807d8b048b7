"""The one base of every desk viewset: a person sees and changes only what is of the coalitions he coordinates.

Wagtail asks whether somebody may change such records, not whether he may change this one (wagtail#13314); here every
view that names a record and every list goes through `ScopedViewSet.scope`. Nothing is saved by a form: the viewset
names the action that does it, and a Refusal stands beside its field.
"""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from cms.desk.entries import EntriesView
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition, Mandate
from coalition.membership.queries import coalitions, mandates_on
from coalition.people.models import Person
from coalition.territory.models import Municipality

# Facts about the country, of no coalition.
COMMON = (Municipality,)
# How what a form lets choose is found to be of a coalition; `coalition` unless said otherwise.
PATHS = {Person: "mandates__coalition"}
# Which of Wagtail's addresses a right opens.
RIGHTS = {"add": "add", "change": "edit", "delete": "delete"}


def coordinated_by(person: Person) -> set[int]:
    """The ids of the coalitions that somebody coordinates today; all of them for a superuser. Asked once a request."""
    if not hasattr(person, "_coordinates"):
        if person.is_superuser:
            found = coalitions()
        else:
            mandates = mandates_on(person, local_day(timezone.now())).filter(role=Mandate.Role.COORDINATOR)
            found = Coalition.objects.filter(pk__in=mandates.values("coalition"))
        person._coordinates = set(found.values_list("pk", flat=True))
    return person._coordinates


def in_scope(records: models.QuerySet, person: Person, path: str = "coalition") -> models.QuerySet:
    """Those of `records` whose coalition, found along `path`, this person coordinates."""
    field = "pk__in" if records.model is Coalition else f"{path}__in"
    return records.filter(**{field: coordinated_by(person)})


class ScopedPolicy(BasePermissionPolicy):
    """Who coordinates may do with the records of his coalitions what their viewset allows, and nothing with others."""

    def __init__(self, model: type[models.Model], may: frozenset[str], path: str) -> None:
        super().__init__(model)
        self.may, self.path = may, path

    def user_has_permission(self, user: Person, action: str) -> bool:
        return user.is_active and action in self.may and bool(coordinated_by(user))

    def user_has_permission_for_instance(self, user: Person, action: str, instance: models.Model) -> bool:
        return self.user_has_permission(user, action) and self._has(user, instance)

    def user_has_any_permission_for_instance(self, user: Person, actions, instance: models.Model) -> bool:
        return self.user_has_any_permission(user, actions) and self._has(user, instance)

    def instances_user_has_any_permission_for(self, user: Person, actions) -> models.QuerySet:
        allowed = self.user_has_any_permission(user, actions)
        records = self.model._default_manager.all()
        return in_scope(records, user, self.path) if allowed else records.none()

    def users_with_any_permission(self, actions) -> models.QuerySet:
        if not self.may & set(actions):
            return Person.objects.none()
        today = local_day(timezone.now())
        coordinators = Mandate.objects.filter(role=Mandate.Role.COORDINATOR).on(today)
        return Person.objects.filter(models.Q(is_superuser=True) | models.Q(pk__in=coordinators.values("person")))

    def _has(self, user: Person, instance: models.Model) -> bool:
        return in_scope(self.model._default_manager.filter(pk=instance.pk), user, self.path).exists()


class DeskForm(forms.Form):
    """A form that never saves. What it lets choose is of one's own coalitions, or a fact about the country."""

    def __init__(self, *args, for_user: Person, instance: models.Model | None = None, **kwargs) -> None:
        if instance is not None and instance.pk:
            kwargs["initial"] = model_to_dict(instance) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.instance, self.for_user = instance, for_user
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset.model not in COMMON:
                path = PATHS.get(field.queryset.model, "coalition")
                field.queryset = in_scope(field.queryset, for_user, path).distinct()
        self.prepare()

    def prepare(self) -> None:
        """What a form does with its fields once they offer only what they may."""
        field = self.fields.get("coalition")
        if isinstance(field, forms.ModelChoiceField) and len(coordinated_by(self.for_user)) == 1:
            field.empty_label, field.initial = None, next(iter(coordinated_by(self.for_user)))


class RecordInScope:
    """A record of another coalition does not exist."""

    viewset: "ScopedViewSet | None" = None

    def get_object(self, *args, **kwargs) -> models.Model:
        record = super().get_object(*args, **kwargs)
        if not self.viewset.scope(self.request).filter(pk=record.pk).exists():
            raise Http404
        return record


class ListInScope:
    """Lists, results, searches and exports begin with what is in scope."""

    viewset: "ScopedViewSet | None" = None

    def get_base_queryset(self) -> models.QuerySet:
        return self.viewset.scope(self.request)


class SavesByAction:
    """Creating and changing: the viewset's action does it, a Refusal stands beside its field."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"for_user": self.request.user}

    def form_valid(self, form: DeskForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> models.Model:
        save = self.viewset.change if isinstance(self, generic.EditView) else self.viewset.create
        given = {"record": self.object} if isinstance(self, generic.EditView) else {}
        return save(**given, facts=self.form.cleaned_data, by=self.request.user, now=timezone.now())

    def get_success_buttons(self) -> list:
        return []


class RemovesByAction:
    """Taking away: the viewset's action does it; a Refusal is said on the list."""

    def delete_action(self) -> None:
        self.viewset.remove(record=self.object, by=self.request.user, now=timezone.now())

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())


def scoped(view: type) -> type:
    """`view` of Wagtail, any that there is or will be, behind this base."""
    parts: list[type] = []
    if issubclass(view, generic.IndexView):
        parts.append(ListInScope)
    if issubclass(view, generic.CreateView | generic.EditView):
        parts.append(SavesByAction)
    if issubclass(view, generic.DeleteView):
        parts.append(RemovesByAction)
    if hasattr(view, "get_object"):
        parts.append(RecordInScope)
    return type(f"Scoped{view.__name__}", (*parts, view), {"viewset": None})


class ScopedViewSet(ModelViewSet):
    """Says in `may` what a coordinator does with such records, and which actions do it."""

    may: ClassVar[frozenset[str]] = frozenset({"view"})
    coalition_path = "coalition"
    # Whether the house remembers each of these records by itself.
    is_remembered = True
    form_class: type[DeskForm] = DeskForm
    delete_template_name = "cms/desk/confirm.html"
    history_view_class = EntriesView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    sort_order_field = None
    search_backend_name = None

    def __init__(self, name: str | None = None, **kwargs) -> None:
        super().__init__(name, **kwargs)
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            register_permission_policy(self.model, ScopedPolicy(self.model, self.may, self.coalition_path))

    def all_records(self) -> models.QuerySet:
        """Every record with what a list of them needs; the base narrows it down."""
        return self.model._default_manager.all()

    def scope(self, request: HttpRequest) -> models.QuerySet:
        return in_scope(self.all_records(), request.user, self.coalition_path)

    # What a viewset does not do itself is not done here (`may` offers no button for it either).
    def create(self, *, facts: dict, by: Person, now: datetime) -> models.Model:
        raise PermissionDenied

    def change(self, *, record: models.Model, facts: dict, by: Person, now: datetime) -> models.Model:
        raise PermissionDenied

    def remove(self, *, record: models.Model, by: Person, now: datetime) -> None:
        raise PermissionDenied

    def construct_view(self, view_class: type, **kwargs):
        return super().construct_view(scoped(view_class), **kwargs, viewset=self)

    def get_common_view_kwargs(self, **kwargs) -> dict[str, Any]:
        closed = [name for right, name in RIGHTS.items() if right not in self.may]
        closed += ["usage"] if self.is_remembered else ["usage", "history"]
        hidden = {f"{name}_url_name": None for name in closed}
        return super().get_common_view_kwargs(**kwargs) | hidden

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        return self.form_class

    def get_urlpatterns(self) -> list:
        wanted = {"index", "index_results", "inspect", *(RIGHTS[right] for right in self.may if right in RIGHTS)}
        wanted |= {"history"} if self.is_remembered else set()
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in wanted]

    def register_permissions(self) -> None:
        """None: what somebody may do follows from mandates, not from boxes ticked for a group."""
