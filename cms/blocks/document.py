"""A file to take home, with what it is in words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choosers import DocumentChooser


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooser(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), max_length=150, required=False, help_text=_("Empty: the document's own title.")
    )
    summary = blocks.TextBlock(
        label=_("Summary"), max_length=500, help_text=_("What is in it, for who cannot open the file.")
    )

    class Meta:
        icon = "doc-full"
        template = "cms/blocks/document.html"
