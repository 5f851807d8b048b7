"""How to reach a desk: a name, an address, a telephone and when somebody is there."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

PHONE = RegexValidator(
    r"^\+?[\d ./()-]{8,20}$", _("Write the number with figures and spaces, such as 02 123 45 67 or +32 2 123 45 67.")
)
_NOT_DIALLED = re.compile(r"\(0\)|[^\d+]")
_MOBILE = re.compile(r"\+324[5-9]\d{7}")


class ContactValue(blocks.StructValue):
    @property
    def dialled(self) -> str:
        """The telephone number as a telephone dials it, with the country in front."""
        return dialled(self.get("phone") or "")


def dialled(number: str) -> str:
    """ "+3221234567" from "02 123 45 67", "0032 2 123 45 67" or "+32 (0)2 123 45 67"; empty from nothing."""
    digits = _NOT_DIALLED.sub("", number)
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+32{digits[1:]}" if digits.startswith("0") else digits


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Desk or name"), max_length=120)
    role = blocks.CharBlock(label=_("What for"), max_length=150, required=False)
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, validators=[PHONE])
    mobile_is_public = blocks.BooleanBlock(
        label=_("This mobile number may be public"),
        required=False,
        help_text=_("Only for a mobile number: its owner agrees that everybody reads it."),
    )
    street = blocks.CharBlock(label=_("Street and number"), max_length=150, required=False)
    town = blocks.CharBlock(label=_("Postcode and town"), max_length=100, required=False)
    hours = blocks.TextBlock(
        label=_("Open"), max_length=300, required=False, rows=3, help_text=_("One line for each day or time.")
    )

    class Meta:
        icon = "user"
        template = "cms/blocks/contact.html"
        value_class = ContactValue

    def clean(self, value):
        value = super().clean(value)
        if _MOBILE.fullmatch(value.dialled) and not value.get("mobile_is_public"):
            error = _("This is a mobile number. Give the number of the desk, or tick that this one may be public.")
            raise StructBlockValidationError({"phone": ValidationError(error)})
        reachable = any(value.get(name) for name in ("email", "phone", "street"))
        if not reachable and not self.is_deferred_validation:
            error = _("Give an e-mail address, a telephone number or an address.")
            raise StructBlockValidationError({"email": ValidationError(error)})
        return value
