"""Questions with answers that fold out, one below the other; they work without JavaScript and print open."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.text import TextBlock

# An answer may not bring headings: it stands below one already.
FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class FoldBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=150)
    answer = TextBlock(label=_("Answer"), features=FEATURES)


class AccordionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(FoldBlock(label=_("Question and answer")), label=_("Questions"), min_num=1, max_num=30)

    class Meta:
        icon = "list-ul"
        template = "cms/blocks/accordion.html"

    def get_context(self, value, parent_context=None):
        # A level is never skipped: below a heading of its own a question is one level lower.
        return super().get_context(value, parent_context) | {"level": "h3" if value.get("heading") else "h2"}
