"""A coalition's directory of producers, and below its address one page for each and one for the seasons."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms.pages.common import InsideCoalition
from cms.pages.producers import calendar, listing, profile
from cms.pages.producers.scope import Scope, of_one


class ProducerIndexPage(InsideCoalition, RoutablePageMixin, Page):
    """The page holds a sentence and a place in the menu; the records hold the producers."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)

    # No address follows from this title, so Wagtail's panel that fills one in has nothing to fill.
    content_panels = [FieldPanel("title"), FieldPanel("lead")]
    # The address is the same in every coalition: links from elsewhere count on it.
    promote_panels = [FieldPanel("search_description"), FieldPanel("show_in_menus")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    parent_page_types = ["cms.CoalitionPage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "cms/producers/directory.html"
    # Made with the space of its coalition (cms/spaces.py), never from the explorer.
    is_creatable = False

    class Meta:
        verbose_name = _("directory of producers")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The directory itself is a page like any other: what stands at its address is remembered (cms/base/serve)."""
        if not path_components:
            return Page.route(self, request, path_components)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.coalition is None:
            return context
        return context | listing.directory(request, self.scope(), self.get_url(request) or "", now=timezone.now())

    def scope(self) -> Scope:
        return of_one(self.coalition, self.get_url() or "")

    @path("seizoen/")
    def seasons(self, request: HttpRequest) -> HttpResponse:
        """What is in season in a month, and who has it."""
        context = self._context(request)
        context |= calendar.seasons_page(request, self.scope(), self.get_url(request) or "", now=timezone.now())
        return TemplateResponse(request, calendar.TEMPLATE, context)

    @path("<slug:slug>/")
    def producer(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One producer, while readers may see him in this coalition; raises Http404 otherwise."""
        context = self._context(request)
        context |= profile.producer(request, self.scope(), slug, now=timezone.now())
        return TemplateResponse(request, "cms/producers/producer.html", context)

    def _context(self, request: HttpRequest) -> dict:
        context = super().get_context(request)
        if self.coalition is None:
            raise Http404
        return context | {"directory_url": self.get_url(request), "directory_title": self.title}
