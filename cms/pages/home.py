"""The front page of the platform: the coalitions and where they are."""

from django.db.models import Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.base.closed import surely_open
from cms.base.languages import is_foreign
from cms.blocks.text import FEATURES

FRONT_DEPTH = 2  # the depth in the tree at which the front page of each language stands
# The kinds of pages that answer addresses below their own.
ANSWERS_BELOW = ("producerindexpage",)


class HomePage(Page):
    intro = RichTextField(_("introduction"), blank=True, features=FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.CoalitionPage",
        "cms.MunicipalityIndexPage",
        "cms.StandardPage",
        "cms.AccessibilityPage",
        "cms.PrivacyPage",
    ]
    max_count_per_parent = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("front page")

    def route(self, request, path_components):
        """Find the page at an address in one step; Wagtail takes two queries for each level of the tree.

        What is neither a page nor an address that a page answers below its own takes Wagtail's way. Raises Http404
        where this front page is not in the language of the visit: Wagtail would show Dutch text as French.
        """
        if is_foreign() and self.locale.language_code != get_language():
            raise Http404
        if path_components:
            page, rest = page_below(self.url_path, path_components)
            if page is not None:
                return page.route(request, rest)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        from cms.pages import places

        context = super().get_context(request, *args, **kwargs)
        return context | places.of_all_coalitions(self, request)


def page_below(front: str | Combinable, components: list[str]) -> tuple[Page | None, list[str]]:
    """The page that answers an address below the front page whose path of slugs is `front`, as its own kind.

    And what of the address is left for it to answer: nothing, but for a kind that answers below its own address. Two
    queries; one for a coalition, three for what else stands right below the front page.
    """
    rests = [f"{'/'.join(components[:depth])}/" for depth in range(len(components), 0, -1)]
    addresses = [f"{front}{rest}" if isinstance(front, str) else Concat(front, Value(rest)) for rest in rests]
    if len(components) == 1 and (page := _coalition_at(addresses[0], components[0])):
        return page, []
    for page in Page.objects.filter(slug__in=components, url_path__in=addresses).order_by("-depth"):
        rest = components[page.depth - FRONT_DEPTH :]
        if not rest or page.cached_content_type.model in ANSWERS_BELOW:
            return as_shown(page), rest
    return None, components


def _coalition_at(address: str | Combinable, slug: str) -> Page | None:
    """The front page of a coalition, which shows most of all pages, as its own kind in one query."""
    from cms.pages.coalitions import CoalitionPage

    pages = CoalitionPage.objects.filter(slug=slug, url_path=address, depth=FRONT_DEPTH + 1)
    pages = pages.select_related(*CoalitionPage.shown_with)
    return pages.annotate(is_surely_open=surely_open(depth=FRONT_DEPTH + 1)).first()


def as_shown(page: Page) -> Page:
    """The page as its own kind, with what it is always shown with (`shown_with`) and `is_surely_open`, in one query."""
    kind = page.cached_content_type.model_class()
    pages = kind.objects.select_related(*getattr(kind, "shown_with", ()))
    return pages.annotate(is_surely_open=surely_open(depth=page.depth)).get(pk=page.pk)
