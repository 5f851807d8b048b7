"""A section that leads on: pages an editor chose, or the newest below one page; only what everybody may read."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from cms.base.closed import is_closed
from cms.blocks.choosers import PageChooser
from cms.blocks.chosen import Wish, newest_below

MOST = 12
FEW = 3


class RelatedPagesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    pages = blocks.ListBlock(PageChooser(label=_("Page")), label=_("These pages"), min_num=0, max_num=MOST, default=[])
    below = PageChooser(
        label=_("Or the newest below"), required=False, help_text=_("New pages then appear here by themselves.")
    )
    number = blocks.IntegerBlock(label=_("How many"), default=FEW, min_value=1, max_value=MOST)

    class Meta:
        icon = "doc-empty"
        template = "cms/blocks/related.html"

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("below")) == bool(len(value["pages"])) and not self.is_deferred_validation:
            error = ValidationError(_("Choose either some pages, or one page whose newest pages are shown."))
            raise StructBlockValidationError({"below": error})
        return value

    def wishes(self, raw: dict) -> Iterator[Wish]:
        """What this block shows besides what was chosen (see `cms.blocks.chosen`)."""
        if raw.get("below"):
            yield Wish(Page, raw["below"], newest=raw.get("number") or FEW)

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"found": found(value)}


def found(value) -> list[Page]:
    """The live, public pages to show, in the chosen order or newest first."""
    if value.get("below"):
        return newest_below(value["below"], value.get("number") or FEW)
    chosen = {page.pk: page for page in value["pages"] if page is not None and page.live}
    return [page for page in chosen.values() if not is_closed(page)]
