"""The home of the admin: what waits for the person who opens it, in the coalitions where he works and in no other."""

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from cms.desk.dashboard.facts import look_up
from cms.desk.dashboard.parts import PARTS, Part
from cms.desk.dashboard.scopes import Scope, scopes_of


class DashboardPanel(Component):
    """One section for each coalition or corner that somebody works for."""

    name = "dashboard"
    template_name = "cms/desk/dashboard.html"
    order = 100

    def __init__(self, scopes: list[Scope]) -> None:
        self.scopes = scopes

    @property
    def media(self) -> Media:
        return Media(css={"all": ["cms/css/desk.css"]})

    def get_context_data(self, parent_context) -> dict:
        facts = look_up(self.scopes)
        return {"desks": [(scope, _parts(scope, facts)) for scope in self.scopes]}


def _parts(scope: Scope, facts) -> list[Part]:
    return [part(scope, facts) for part in PARTS[scope.role]]


def add_panel(request: HttpRequest, panels: list) -> None:
    """Put the dashboard above Wagtail's own panels, for whoever works for somebody."""
    scopes = scopes_of(request)
    if scopes:
        panels.append(DashboardPanel(scopes))


def only_own_counts(request: HttpRequest, items: list) -> None:
    """Wagtail counts the pages and files of everybody: of no use here, and it tells of the neighbours."""
    if not request.user.is_superuser:
        items.clear()
