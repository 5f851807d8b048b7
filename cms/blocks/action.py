"""One thing a reader can do next: a button that says the act."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import PageChooser


class ActionValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """Where it leads; empty while the page is not published."""
        page = self.get("page")
        return (page.url or "") if page and page.live else self.get("url") or ""


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Sentence"), max_length=200, required=False)
    label = blocks.CharBlock(label=_("Button"), max_length=60, help_text=_("Say the act: “Ask for a stall”."))
    page = PageChooser(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or address"), required=False)

    def clean(self, value):
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")):
            raise StructBlockValidationError({"page": ValidationError(_("Choose either a page or an address."))})
        return value

    class Meta:
        icon = "link"
        template = "cms/blocks/action.html"
        value_class = ActionValue
