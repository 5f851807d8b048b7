"""A picture that also speaks to who cannot see it: a description, or the statement that it is decoration."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import ImageChooser


class ImageBlock(blocks.StructBlock):
    image = ImageChooser(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Description"),
        max_length=250,
        required=False,
        help_text=_("What is to be seen, for who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decoration only"),
        required=False,
        help_text=_("The picture adds nothing to the text; it gets no description."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    def clean(self, value):
        value = super().clean(value)
        if value["decorative"]:
            value["alt"] = ""
        elif not value["alt"].strip() and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"alt": ValidationError(_("Describe the picture, or tick that it is decoration only."))}
            )
        return value

    class Meta:
        icon = "image"
        template = "cms/blocks/image.html"
