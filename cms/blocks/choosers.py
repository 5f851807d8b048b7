"""Choosers that take what a body has chosen from what was looked up for all its blocks together."""

from copy import copy

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.chosen import known


class Together:
    def bulk_to_python(self, values):
        """As Wagtail's own, which gives each block an object of its own too."""
        at_hand = known(self.model_class)
        if at_hand is None:
            return super().bulk_to_python(values)
        return [copy(at_hand[key]) if key in at_hand else None for key in values]


class PageChooser(Together, blocks.PageChooserBlock):
    pass


class ImageChooser(Together, ImageChooserBlock):
    pass


class DocumentChooser(Together, DocumentChooserBlock):
    pass


# In migrations they are Wagtail's: how something is looked up is no fact of the database.
DECONSTRUCT_ALIASES = {
    PageChooser: "wagtail.blocks.PageChooserBlock",
    ImageChooser: "wagtail.images.blocks.ImageChooserBlock",
    DocumentChooser: "wagtail.documents.blocks.DocumentChooserBlock",
}
