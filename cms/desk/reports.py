"""Reports on the whole platform are for superusers (cms/desk/gate.py closes them); nobody else sees them offered."""

from django.http import HttpRequest

PLATFORM_REPORTS = {"locked-pages", "page-types-usage", "site-history", "workflow-tasks", "workflows"}


def only_own(request: HttpRequest, menu_items: list) -> None:
    """Take the closed reports out of the menu of whoever may not open them."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in PLATFORM_REPORTS]
