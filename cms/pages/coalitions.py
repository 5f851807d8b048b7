"""A coalition's own front page: who we are, what is fresh, how to stay informed. The record holds the facts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.blocks.text import FEATURES
from cms.pages.common import InsideCoalition
from coalition.base.dates import local_day


class CoalitionPage(InsideCoalition, Page):
    shown_with = ("coalition",)
    # No one-to-one: versions in other languages belong to the same coalition.
    coalition = models.ForeignKey(
        "coalition.Coalition", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    intro = RichTextField(_("introduction"), blank=True, features=FEATURES)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    # No address follows from this title, so Wagtail's panel that fills one in has nothing to fill.
    content_panels = [FieldPanel("title"), FieldPanel("intro"), FieldPanel("body")]
    # The address is the coalition's own name on the web; it is not edited here.
    promote_panels = [FieldPanel("search_description"), FieldPanel("show_in_menus")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = [
        "cms.NewsIndexPage",
        "cms.ProducerIndexPage",
        "cms.BrochurePage",
        "cms.StandardPage",
        "cms.AccessibilityPage",
        "cms.PrivacyPage",
    ]
    template = "cms/coalition_page.html"
    # Founded in one transaction with its record (cms/spaces.py), never from the explorer.
    is_creatable = False

    class Meta:
        verbose_name = _("coalition's front page")

    def full_clean(self, *args, **kwargs) -> None:
        if self.coalition_id:
            self.slug = self.coalition.slug
        super().full_clean(*args, **kwargs)

    @property
    def coalition_page(self):
        return self

    def get_context(self, request, *args, **kwargs):
        from cms.pages import places
        from cms.pages.producers import makers

        context = super().get_context(request, *args, **kwargs)
        context |= places.of_coalition(self, request)
        if self.coalition is not None:
            context["makers"] = makers.of_coalition(self.coalition, local_day(timezone.now()))
            context["map"] = places.with_pins(context["map"], context["makers"].pins)
        return context
