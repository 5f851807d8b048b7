"""The number of the Belgian register of enterprises (KBO/BCE): ten digits of which the last two check the others."""

from django.utils.translation import gettext as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError

from coalition.base.errors import Refusal


def clean_kbo(text: str) -> str:
    """The ten digits of a number as people write it (BE, dots, spaces, the old nine digits).

    Raises Refusal when it cannot be one; a number that could be one need not exist.
    """
    try:
        return vat.validate(text)
    except ValidationError as error:
        raise Refusal(
            _("“%(text)s” is not an enterprise number, such as 0403.019.261.") % {"text": text[:40]}, field="number"
        ) from error


def clean_establishment(text: str) -> str:
    """The ten digits of the number of an establishment unit as people write it: 2.123.456.789.

    The last two digits check the others as those of an enterprise number do; the first is 2 to 8. Raises Refusal.
    """
    digits = text.translate(str.maketrans("", "", " .-"))
    if (
        len(digits) == 10
        and digits.isascii()
        and digits.isdecimal()
        and digits[0] in "2345678"
        and int(digits[8:]) == 97 - int(digits[:8]) % 97
    ):
        return digits
    raise Refusal(
        _("“%(text)s” is not the number of an establishment, ten digits of which the first is 2 to 8.")
        % {"text": text[:40]},
        field="establishment_number",
    )


def show_kbo(number: str) -> str:
    """Ten digits as they are written on paper: 0403.019.261; anything else as it is."""
    if len(number) != 10 or not number.isdigit():
        return number
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"
