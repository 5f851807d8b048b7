"""Wagtail's checks of what an editor wrote, in the editor and on the page itself, with a few rules more."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class OurChecks(ContentCheckerItem):
    """Headings, links and pictures as Wagtail checks them, and what makes a table or a frame readable."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "image-redundant-alt",
        "page-has-heading-one",
        "scope-attr-valid",
        "td-headers-attr",
        "th-has-data-cells",
        "link-in-text-block",
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("A picture has no description"),
            "help_text": _("Describe it, or say that it is decoration only"),
        },
        "image-redundant-alt": {
            "error_name": _("The description repeats the words beside it"),
            "help_text": _("Say what is to be seen, not what is written there already"),
        },
        "page-has-heading-one": {
            "error_name": _("The page has no title"),
            "help_text": _("Give the page a title"),
        },
        "scope-attr-valid": {
            "error_name": _("A heading of the table names no row or column"),
            "help_text": _("Make the table with the block for tables"),
        },
        "td-headers-attr": {
            "error_name": _("A cell of the table names a heading that is not there"),
            "help_text": _("Make the table with the block for tables"),
        },
        "th-has-data-cells": {
            "error_name": _("A heading of the table has no cells"),
            "help_text": _("Fill the row or column, or take it away"),
        },
        "link-in-text-block": {
            "error_name": _("A link cannot be told from the words around it"),
            "help_text": _("Do not let colour alone show that something is a link"),
        },
    }


def ours(request: HttpRequest, items: list) -> None:
    """Put our checks in the place of Wagtail's."""
    items[:] = [OurChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]
