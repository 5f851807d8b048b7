"""What all our pages share."""

from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from wagtail.models import Page

if TYPE_CHECKING:
    from cms.pages.coalitions import CoalitionPage


class InsideCoalition:
    """A page somewhere below a coalition's page."""

    @cached_property
    def coalition_page(self: Page) -> "CoalitionPage | None":
        """The page of the coalition in whose space this page stands, None outside every coalition; one query."""
        from cms.pages.coalitions import CoalitionPage

        return CoalitionPage.objects.ancestor_of(self, inclusive=True).select_related("coalition").first()

    @property
    def coalition(self):
        return self.coalition_page.coalition if self.coalition_page else None

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["coalition_page"] = self.coalition_page
        context["coalition"] = self.coalition
        return context
