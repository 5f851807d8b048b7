"""Wagtail's choosers, started by what is on the page (cms/js/admin.js) instead of by a script inside it."""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser


def render(chooser: BaseChooser, name: str, value, attrs: dict, renderer=None) -> SafeString:
    """A chooser's field, and beside it what its script needs to know."""
    field = attrs["id"]
    data = chooser.get_value_data(value)
    return format_html(
        '{}<span hidden data-controller="chooser-start" data-chooser-start-kind-value="{}"'
        ' data-chooser-start-field-value="{}" data-chooser-start-options-value="{}"></span>',
        chooser.render_html(name, data, attrs),
        chooser.js_constructor,
        field,
        json.dumps(chooser.get_js_init_options(field, name, data)),
    )


def start_from_the_page() -> None:
    """Called once at start-up: every chooser writes its field in this way, Wagtail's own too."""
    BaseChooser.render = render
