"""What all our pages share."""

from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from wagtail.models import Page

from cms.base.cache import is_for_everybody, scope_of
from cms.pages.rights import KnowsItsRights
from coalition.base import freshness

if TYPE_CHECKING:
    from cms.pages.coalitions import CoalitionPage


SPACES = 3  # the depth in the tree at which coalitions stand


class InsideCoalition(KnowsItsRights):
    """A page somewhere below a coalition's page."""

    @cached_property
    def coalition_page(self: Page) -> "CoalitionPage | None":
        """The page of the coalition in whose space this page stands, None outside every coalition; one query."""
        return _look_up(self)

    @property
    def coalition(self):
        return self.coalition_page.coalition if self.coalition_page else None

    def get_context(self, request, *args, **kwargs):
        if is_for_everybody(request) and not getattr(request, "is_preview", False):
            self.__dict__["coalition_page"] = _remembered(self, request)
        context = super().get_context(request, *args, **kwargs)
        context["coalition_page"] = self.coalition_page
        context["coalition"] = self.coalition
        return context


def _look_up(page: Page) -> "CoalitionPage | None":
    from cms.pages.coalitions import CoalitionPage

    spaces = CoalitionPage.objects.ancestor_of(page, inclusive=True).select_related("coalition")
    return spaces.defer("intro", "body").first()


def _remembered(page: Page, request) -> "CoalitionPage | None":
    """The coalition's page as it was found at an earlier visit, while nothing changed there."""
    if page._meta.model_name == "coalitionpage":
        return page
    if page.depth <= SPACES:
        return None
    space = page.path[: SPACES * Page.steplen]
    return freshness.remembered(f"space:{space}", lambda: _look_up(page), scope_of(request))
