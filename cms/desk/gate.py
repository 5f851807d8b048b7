"""Stands in every doorway of the admin: what is of another coalition does not exist here, whatever Wagtail shows.

Wagtail asks for a right to change, not for a right to know: its explorer, choosers, workflow screens and reports name
pages, people and tasks of everybody. Superusers see all; for everybody else an address that names a page outside
their own spaces is one that does not exist.
"""

from collections.abc import Callable

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page, TaskState, WorkflowState

from cms.base.middleware import is_admin
from cms.desk.pages import own_pages

PAGES = {"parent_page_id", "page_id", "page_pk", "page_to_move_id", "destination_id"}
# Here `pk` is a page too.
PAGES_BY_PK = {
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:pages:action",
}
# Where the body names a page, or the query several of them, as `id`.
COPY = "wagtailadmin_pages:copy"
SEVERAL_PAGES = "wagtailadmin_choose_page_chosen_multiple"
# These speak of the whole platform: the people who ever wrote, the tasks of every workflow, every file.
FOR_SUPERUSERS = (
    "wagtailadmin_api:documents:",
    "wagtailadmin_api:images:",
    "wagtailadmin_workflows:",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_pages:type_use",
    "wagtailadmin_error_test",
)


class DeskGate:
    """Middleware, after the one that asks for the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args: tuple, kwargs: dict) -> None:
        if not is_admin(request):
            return
        _belongs_together(kwargs)
        if request.user.is_superuser:
            return
        name = request.resolver_match.view_name
        if name.startswith(FOR_SUPERUSERS):
            raise PermissionDenied
        named = {kwargs[key] for key in PAGES & kwargs.keys()}
        if name in PAGES_BY_PK:
            named.add(kwargs["pk"])
        if name == COPY and request.POST.get("new_parent_page"):
            named.add(request.POST["new_parent_page"])
        if name == SEVERAL_PAGES:
            named.update(request.GET.getlist("id"))
        wanted = _numbers(named)
        if wanted and own_pages(Page.objects.filter(pk__in=wanted), request).count() < len(wanted):
            raise Http404


def _numbers(keys: set) -> set[int]:
    try:
        return {int(key) for key in keys}
    except ValueError as error:
        raise Http404 from error


def _belongs_together(kwargs: dict) -> None:
    """A task or workflow is asked for with its own page only: Wagtail believes whatever two numbers it is given."""
    page = str(kwargs.get("page_id", ""))
    asked = []
    if "task_state_id" in kwargs:
        asked.append(TaskState.objects.filter(pk=kwargs["task_state_id"], workflow_state__object_id=page))
    if "task_id" in kwargs and page:
        asked.append(TaskState.objects.filter(task=kwargs["task_id"], workflow_state__object_id=page))
    if "workflow_state_id" in kwargs:
        asked.append(WorkflowState.objects.filter(pk=kwargs["workflow_state_id"], object_id=page))
    if not all(states.exists() for states in asked):
        raise Http404


class OnlyWhatIsAllowed:
    """A bulk action that does not list by name what it may not touch."""

    def get_actionable_objects(self) -> tuple[list, dict]:
        objects, others = super().get_actionable_objects()
        if not objects:
            raise Http404
        return objects, others | {"items_with_no_access": []}


@require_admin_access
def bulk(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's door to its bulk actions."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    kind = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if kind is None or not all(key.isdigit() or key == "all" for key in request.GET.getlist("id")):
        raise Http404
    scoped = type(kind.__name__, (OnlyWhatIsAllowed, kind), {})
    return scoped(request, model).dispatch(request)
