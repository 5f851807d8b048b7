"""What an editor can put on a page: a small set that cannot go wrong."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.action import CallToActionBlock
from cms.blocks.document import DocumentBlock
from cms.blocks.image import ImageBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.text import TextBlock


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    text = TextBlock(label=_("Text"), group=_("Words"))
    quote = QuoteBlock(label=_("Quote"), group=_("Words"))
    image = ImageBlock(label=_("Picture"), group=_("Pictures and files"))
    document = DocumentBlock(label=_("Document"), group=_("Pictures and files"))
    action = CallToActionBlock(label=_("Call to action"), group=_("Words"))

    class Meta:
        block_counts = {"action": {"max_num": 3}}
