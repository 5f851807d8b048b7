"""Reports on the whole platform are for superusers: Wagtail shows them to every editor, neighbours included."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

PLATFORM_REPORTS = {"page-types-usage"}


def for_superusers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view` for superusers, and 403 for everybody else."""

    @require_admin_access
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


page_types = for_superusers(PageTypesUsageReportView.as_view())
page_types_results = for_superusers(PageTypesUsageReportView.as_view(results_only=True))


def only_own(request: HttpRequest, menu_items: list) -> None:
    """Take the closed reports out of the menu of whoever may not open them."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in PLATFORM_REPORTS]
