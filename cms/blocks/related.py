"""A section that leads on: pages an editor chose, or the newest below one page; only what everybody may read."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page, PageViewRestriction

MOST = 12


class RelatedPagesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Page")), label=_("These pages"), min_num=0, max_num=MOST, default=[]
    )
    below = blocks.PageChooserBlock(
        label=_("Or the newest below"), required=False, help_text=_("New pages then appear here by themselves.")
    )
    number = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=MOST)

    class Meta:
        icon = "doc-empty"
        template = "cms/blocks/related.html"

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("below")) == bool(len(value["pages"])) and not self.is_deferred_validation:
            error = ValidationError(_("Choose either some pages, or one page whose newest pages are shown."))
            raise StructBlockValidationError({"below": error})
        return value

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"found": found(value)}


def found(value) -> list[Page]:
    """The live, public pages to show, in the chosen order or newest first (at most two queries, however many)."""
    below = value.get("below")
    if below:
        newest = Page.objects.descendant_of(below).live().public().select_related("locale")
        return list(newest.order_by("-first_published_at", "-pk")[: value.get("number") or 3])
    chosen = {page.pk: page for page in value["pages"] if page is not None and page.live}
    if not chosen:
        return []
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return [page for page in chosen.values() if not page.path.startswith(closed)]
