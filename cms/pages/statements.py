"""What the law asks every site to say: how accessible it is (L-1.1) and what it does with personal data (L-2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.pages.common import InsideCoalition


class AccessibilityPage(InsideCoalition, Page):
    class Status(models.TextChoices):
        FULL = "full", _("fully accessible")
        PARTIAL = "partial", _("partially accessible")
        NONE = "none", _("not accessible")

    class Method(models.TextChoices):
        SELF = "self", _("self-assessment")
        THIRD_PARTY = "third_party", _("assessment by a third party")

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PARTIAL)
    exceptions = models.TextField(_("what is not accessible, and why"), blank=True)
    alternatives = models.TextField(_("what there is instead"), blank=True)
    assessed_on = models.DateField(_("assessed on"))
    reviewed_on = models.DateField(_("last reviewed on"))
    method = models.CharField(_("method"), max_length=12, choices=Method.choices, default=Method.SELF)
    contact_email = models.EmailField(_("address for remarks"))
    complaints_url = models.URLField(_("where to complain"), default="https://www.vlaamseombudsdienst.be/")
    body = StreamField(BodyBlock(), verbose_name=_("further text"), blank=True)

    content_panels = [
        *Page.content_panels,
        *(
            FieldPanel(name)
            for name in (
                "status", "exceptions", "alternatives", "assessed_on", "reviewed_on", "method", "contact_email",
                "complaints_url", "body",
            )
        ),
    ]  # fmt: skip
    search_fields = [*Page.search_fields, *(index.SearchField(name) for name in ("exceptions", "alternatives", "body"))]
    parent_page_types = ["cms.HomePage", "cms.CoalitionPage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "cms/accessibility_page.html"

    class Meta:
        verbose_name = _("accessibility statement")


class PrivacyPage(InsideCoalition, Page):
    controller = models.TextField(_("who is responsible for the data"))
    roles = models.TextField(
        _("who does what"), help_text=_("The essence of the arrangement between the municipalities.")
    )
    contact_email = models.EmailField(_("address for questions"))
    reviewed_on = models.DateField(_("last reviewed on"))
    body = StreamField(BodyBlock(), verbose_name=_("further text"), blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("controller", "roles", "contact_email", "reviewed_on", "body")),
    ]
    search_fields = [*Page.search_fields, *(index.SearchField(name) for name in ("controller", "roles", "body"))]
    parent_page_types = ["cms.HomePage", "cms.CoalitionPage"]
    subpage_types = []
    max_count_per_parent = 1
    template = "cms/privacy_page.html"

    class Meta:
        verbose_name = _("privacy statement")
