"""What an editor can put on a page: a small set that cannot go wrong."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from cms.blocks.accordion import AccordionBlock
from cms.blocks.action import CallToActionBlock
from cms.blocks.agenda import AgendaBlock
from cms.blocks.chosen import looked_up
from cms.blocks.contact import ContactBlock
from cms.blocks.document import DocumentBlock
from cms.blocks.gallery import GalleryBlock
from cms.blocks.image import ImageBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.related import RelatedPagesBlock
from cms.blocks.table import DataTableBlock
from cms.blocks.text import TextBlock, heading_levels
from cms.blocks.video import VideoBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a page. Every block stands in an element of its own, whose id stays while the block is moved."""

    text = TextBlock(label=_("Text"), group=_("Words"))
    quote = QuoteBlock(label=_("Quote"), group=_("Words"))
    accordion = AccordionBlock(label=_("Questions that fold out"), group=_("Words"))
    action = CallToActionBlock(label=_("Call to action"), group=_("Words"))
    table = DataTableBlock(label=_("Table"), group=_("Facts"))
    agenda = AgendaBlock(label=_("Agenda"), group=_("Facts"))
    contact = ContactBlock(label=_("Contact"), group=_("Facts"))
    related = RelatedPagesBlock(label=_("Other pages"), group=_("Facts"))
    image = ImageBlock(label=_("Picture"), group=_("Pictures and files"))
    gallery = GalleryBlock(label=_("Several pictures"), group=_("Pictures and files"))
    video = VideoBlock(label=_("Film"), group=_("Pictures and files"))
    document = DocumentBlock(label=_("Document"), group=_("Pictures and files"))

    class Meta:
        block_counts = {"action": {"max_num": 3}, "agenda": {"max_num": 1}, "related": {"max_num": 3}}
        template = "cms/blocks/body.html"

    def clean(self, value):
        value = super().clean(value)
        skipped = {} if self.is_deferred_validation else _skipped_headings(value)
        if skipped:
            raise StreamBlockValidationError(block_errors=skipped)
        return value

    def render(self, value, context=None):
        with looked_up(value):
            return super().render(value, context=context)


def _skipped_headings(body) -> dict[int, ValidationError]:
    """Texts that begin with a small heading while no large one stands above it on the page, by place."""
    skipped, above = {}, False
    for place, child in enumerate(body):
        levels = heading_levels(child.value.source) if child.block_type == "text" else []
        if levels and levels[0] > 2 and not above:
            skipped[place] = ValidationError(
                _("A small heading stands below a large one. Make the first heading of the page a large one (H2).")
            )
        # An accordion writes large headings itself; of other blocks only those with a heading of their own.
        above = above or 2 in levels or child.block_type == "accordion" or _has_heading(child.value)
    return skipped


def _has_heading(value) -> bool:
    return isinstance(value, blocks.StructValue) and bool(value.get("heading"))
