"""Several pictures side by side, at most twelve; each described, none of them hidden behind an arrow."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.image import ImageBlock

MOST = 12


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    pictures = blocks.ListBlock(ImageBlock(label=_("Picture")), label=_("Pictures"), min_num=2, max_num=MOST)

    class Meta:
        icon = "image"
        template = "cms/blocks/gallery.html"
