"""Wagtail's bar with its checks, on the pages that editors see; readers get nothing of it, not even a question."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page

from cms.base.cache import is_for_everybody

register = template.Library()


@register.simple_tag(takes_context=True)
def checker(context) -> SafeString:
    """The bar for whoever may enter the admin; for an anonymous visit the session is not even looked at."""
    request = context.get("request")
    # Only what editors write is checked; our own forms are checked by our tests.
    if request is None or not isinstance(context.get("page"), Page):
        return mark_safe("")
    if is_for_everybody(request) and not getattr(request, "is_preview", False):
        return mark_safe("")
    return mark_safe(wagtailuserbar(context))  # noqa: S308
