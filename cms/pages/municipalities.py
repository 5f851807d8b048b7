"""A municipality's own corner: what it says itself, whatever coalitions it takes part in."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.base.closed import not_closed
from cms.blocks import BodyBlock
from cms.pages.rights import KnowsItsRights
from coalition.base.dates import local_day
from coalition.membership.rules import Standing

if TYPE_CHECKING:
    from coalition.membership.models import Membership

CORNERS_SLUG = "gemeenten"


class MunicipalityIndexPage(KnowsItsRights, Page):
    """All corners, at /gemeenten/; made by `cms.corners`, never from the explorer."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.MunicipalityPage"]
    max_count_per_parent = 1
    template = "cms/municipality_index_page.html"
    is_creatable = False

    class Meta:
        verbose_name = _("municipalities")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["corners"] = self.get_children().live().filter(not_closed(self)).order_by("title")
        return context


class MunicipalityPage(KnowsItsRights, Page):
    """The front page of a corner. Only the municipality's own people publish here (cms/corners.py)."""

    municipality = models.ForeignKey(
        "coalition.Municipality", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    # No address follows from this title, so Wagtail's panel that fills one in has nothing to fill.
    content_panels = [FieldPanel("title"), FieldPanel("lead"), FieldPanel("body")]
    # The address follows from the municipality's name; it is not edited here.
    promote_panels = [FieldPanel("search_description")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["cms.MunicipalityIndexPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/municipality_page.html"
    shown_with = ("municipality", "locale")
    is_creatable = False

    class Meta:
        verbose_name = _("corner of a municipality")

    def get_context(self, request, *args, **kwargs):
        from cms.pages import places
        from cms.pages.producers import makers

        context = super().get_context(request, *args, **kwargs)
        context["taking_part"] = self.taking_part()
        if self.municipality is not None:
            context["makers"] = makers.of_municipality(self.municipality, local_day(timezone.now()))
            context["map"] = places.of_municipality(self.municipality, context["makers"].pins)
        context["below"] = self.get_children().live().filter(not_closed(self)).order_by("path")
        return context

    def taking_part(self) -> list[tuple["Membership", Standing]]:
        """In which coalitions the municipality takes part today, and as what (one query)."""
        from coalition.membership.queries import memberships_of_municipality

        day = local_day(timezone.now())
        told = [(row, row.state_on(day)) for row in memberships_of_municipality(self.municipality)]
        return [pair for pair in told if pair[1] in (Standing.MEMBER, Standing.OBSERVER, Standing.PLANNED)]
