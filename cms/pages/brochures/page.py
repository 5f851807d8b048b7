"""A joint brochure: which producers stand in it, in which order, and the words around them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.blocks.text import FEATURES
from cms.pages.brochures.form import BrochureForm
from cms.pages.brochures.panels import PicksPanel, SheetsPanel
from cms.pages.common import InsideCoalition
from coalition.producers.words import Category, ChannelKind, LabelKind


class BrochurePage(InsideCoalition, Page):
    """The page holds the choice; what stands of each producer is asked of the records, for the screen and for paper."""

    class Order(models.TextChoices):
        NAME = "name", _("by name")
        MUNICIPALITY = "municipality", _("by municipality")
        HAND = "hand", _("as below, then by name")

    shown_with = ("cover",)

    intro = RichTextField(_("introduction"), blank=True, features=FEATURES)
    cover = models.ForeignKey(
        get_image_model_string(), verbose_name=_("picture on the cover"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    cover_alt = models.CharField(
        _("description of the picture"),
        max_length=250,
        blank=True,
        help_text=_("Empty: the picture is decoration only."),
    )
    municipality = models.ForeignKey(
        "coalition.Municipality", verbose_name=_("municipality"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", help_text=_("Empty: all municipalities of the coalition."),
    )  # fmt: skip
    category = models.CharField(_("product"), max_length=12, choices=Category.choices, blank=True)
    channel = models.CharField(_("how one buys"), max_length=20, choices=ChannelKind.choices, blank=True)
    label = models.CharField(_("label"), max_length=15, choices=LabelKind.choices, blank=True)
    only_picked = models.BooleanField(_("only the producers chosen below"), default=False)
    order = models.CharField(_("order"), max_length=12, choices=Order.choices, default=Order.NAME)
    with_calendar = models.BooleanField(_("with a season calendar"), default=True)
    with_map = models.BooleanField(_("with a map"), default=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        MultiFieldPanel(
            [FieldPanel("municipality"), FieldPanel("category"), FieldPanel("channel"), FieldPanel("label")],
            heading=_("Which producers"),
        ),
        PicksPanel("picks", heading=_("Chosen by hand"), label=_("Producer")),
        MultiFieldPanel([FieldPanel("only_picked"), FieldPanel("order")], heading=_("Order")),
        MultiFieldPanel([FieldPanel("with_calendar"), FieldPanel("with_map")], heading=_("What else stands in it")),
        SheetsPanel(heading=_("PDF files")),
    ]
    base_form_class = BrochureForm
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["cms.CoalitionPage"]
    subpage_types = []
    template = "cms/brochure_page.html"

    class Meta:
        verbose_name = _("brochure")

    def get_context(self, request, *args, **kwargs):
        from cms.pages.brochures import screen

        context = super().get_context(request, *args, **kwargs)
        return context | screen.shown(self, request, now=timezone.now())


class BrochurePick(Orderable):
    """A producer whom an editor chose by hand: shown whatever the filters say, or left out whatever they say."""

    class Kind(models.TextChoices):
        IN = "in", _("show")
        OUT = "out", _("leave out")

    page = ParentalKey(BrochurePage, on_delete=models.CASCADE, related_name="picks")
    producer = models.ForeignKey(
        "coalition.Producer", verbose_name=_("producer"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("what with it"), max_length=3, choices=Kind.choices, default=Kind.IN)

    panels = [FieldPanel("producer"), FieldPanel("kind")]

    class Meta(Orderable.Meta):
        verbose_name = _("producer chosen by hand")

    def __str__(self) -> str:
        return f"{self.producer_id}: {self.get_kind_display()}"


class BrochureShown(models.Model):
    """Who stood in the files that were asked for last, and with what; no page of it is anybody's to edit.

    When somebody is not in it any more, the old files are taken away at once (cms/printing.py).
    """

    page = models.OneToOneField(BrochurePage, on_delete=models.CASCADE, related_name="+")
    # Addresses of producers, each also with the kinds of contact and the photo that were shown.
    shown = models.JSONField(default=list)

    class Meta:
        verbose_name = _("who stands in a brochure")
        verbose_name_plural = _("who stands in a brochure")

    def __str__(self) -> str:
        return str(self.page_id)
