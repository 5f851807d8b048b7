"""The style sheets and fonts of every page: their names do not change while this process lives."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def styles() -> SafeString:
    """What stands in the head of every page; written once, anew each time while somebody works on it (DEBUG)."""
    return _write() if settings.DEBUG else _written()


def _write() -> SafeString:
    return render_to_string("cms/parts/styles.html")


_written = cache(_write)
