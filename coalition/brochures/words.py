"""The fixed words of a printed brochure, in the language of the moment."""

from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, Any]:
    """Every heading and label that `templates/print/brochure.typ` prints, by the name that it has there."""
    return {
        "contents": _("Contents"),
        "calendar": _("Season calendar"),
        "map": _("Map"),
        "map_legend": _("Who is where"),
        "producers": _("Producers"),
        "hours": _("Opening hours"),
        "channels": _("How to buy"),
        "contact": _("Contact"),
        "labels": _("Labels"),
        "products": _("Offer"),
        "code": _("Today's hours and offer"),
        "qr": _("QR code to this brochure on the web"),
        "qr_of": _("QR code to the page of %(name)s"),
        "online": _("Always up to date on the web"),
        "facts_of": _("Facts of"),
        "publisher": _("Responsible publisher"),
        "of_coalition": _("A publication of"),
        "municipalities": _("Municipalities"),
        "crop": _("Crop"),
        "page": _("Page"),
        "months": [str(MONTHS_3[number])[:1].upper() for number in range(1, 13)],
        "states": [
            {"key": "fresh", "sign": pgettext("season sign", "F"), "word": _("fresh from the field")},
            {"key": "glass", "sign": pgettext("season sign", "G"), "word": _("local, under glass")},
            {"key": "stored", "sign": pgettext("season sign", "S"), "word": _("from storage")},
        ],
        "no_state": _("An empty box: not in season here."),
    }
