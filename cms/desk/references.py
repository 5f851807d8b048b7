"""What a page may point at: files and pages that its writer may choose, whatever numbers the browser sends.

A chooser offers one's own only, but the form behind it takes any key, and shows the title of what it was given. What
the page pointed at already may stay.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks.base import BlockField
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.desk.pages import pages_of
from coalition.people.models import Person

Reference = tuple[type[models.Model], str]


def check(form: WagtailAdminPageForm) -> None:
    """Raises PermissionDenied when something new in a page's form points at what is of others."""
    if not form.is_bound or form.for_user is None or form.for_user.is_superuser:
        return
    found, known = set(), set()
    for name, field in form.fields.items():
        found.update(_references(field, form[name].data))
        known.update(_references(field, form[name].initial))
    refuse_foreign(found - known, form.for_user)


def _references(field: forms.Field, value: Any) -> Iterable[Reference]:
    if not value:
        return
    if isinstance(field, BlockField):
        for model, key, *_where in field.block.extract_references(value):
            yield _root(model), str(key)
    elif isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
        yield _root(field.queryset.model), str(getattr(value, "pk", value))


def _root(model: type[models.Model]) -> type[models.Model]:
    return Page if issubclass(model, Page) else model


def refuse_foreign(references: set[Reference], person: Person) -> None:
    """Raises PermissionDenied when one of `references` is a file or page that this person may not choose."""
    wanted: dict[type[models.Model], set[str]] = {}
    for model, key in references:
        wanted.setdefault(model, set()).add(key)
    for model, keys in wanted.items():
        there = model._default_manager.filter(pk__in=[key for key in keys if key.isdigit()])
        if there.exclude(pk__in=choosable(model, person).values("pk")).exists():
            raise PermissionDenied


def choosable(model: type[models.Model], person: Person) -> models.QuerySet:
    """What of `model` this person may point at; a page that everybody can read may be pointed at by everybody."""
    if model is Page:
        return Page.objects.filter(
            models.Q(pk__in=pages_of(Page.objects.order_by(), person).values("pk"))
            | models.Q(pk__in=Page.objects.order_by().live().public().values("pk"))
        )
    if model in (get_image_model(), get_document_model()):
        return policy_registry.get_by_type(model).instances_user_has_any_permission_for(person, ["choose", "change"])
    return model._default_manager.all()


def on_every_page() -> None:
    """Called once at start-up: the form of every page asks this before anything else, whatever page it is for."""
    as_always = WagtailAdminPageForm.full_clean

    def full_clean(form: WagtailAdminPageForm) -> None:
        check(form)
        as_always(form)

    WagtailAdminPageForm.full_clean = full_clean
