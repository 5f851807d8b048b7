"""What the law says about a municipality from its NIS code alone, and how its name is folded for searching."""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from unidecode import unidecode

if TYPE_CHECKING:
    from coalition.base.models import Valid


class Regime(models.TextChoices):
    """Language regime of a municipality (co-ordinated laws of 18 July 1966 on the use of languages)."""

    DUTCH = "nl", _("Dutch")
    PERIPHERY = "rand", _("Dutch, with facilities for French speakers (periphery)")
    BORDER = "taalgrens", _("Dutch, with facilities for French speakers (language border)")
    BILINGUAL = "tweetalig", _("Dutch and French")


# Article 7: Drogenbos, Kraainem, Linkebeek, Sint-Genesius-Rode, Wemmel, Wezembeek-Oppem.
PERIPHERY = frozenset({"23098", "23099", "23100", "23101", "23102", "23103"})
# Article 8: Bever, Herstappe, Mesen, Ronse, Spiere-Helkijn, Voeren.
BORDER = frozenset({"23009", "73028", "33016", "45041", "34043", "73109"})
BRUSSELS = "21"


def regime_of(nis: str) -> Regime:
    """The language regime of a Flemish or Brussels municipality, by its NIS code."""
    if nis in PERIPHERY:
        return Regime.PERIPHERY
    if nis in BORDER:
        return Regime.BORDER
    return Regime.BILINGUAL if nis.startswith(BRUSSELS) else Regime.DUTCH


def needs_french(regime: str) -> bool:
    """Whether a municipality with this regime speaks to its public in Dutch and in French (articles 11 and 24)."""
    return regime in (Regime.PERIPHERY, Regime.BORDER, Regime.BILINGUAL)


def is_nis(value: str) -> bool:
    """Whether a text is a NIS code of a municipality: five digits, the first not 0."""
    return bool(re.fullmatch(r"[1-9][0-9]{4}", value, re.ASCII))


def fold(text: str) -> str:
    """A name as it is searched: no accents, no capitals, no signs, "St" written out as "Sint"."""
    words = re.findall(r"[a-z0-9]+", unidecode(text).lower())
    return " ".join("sint" if word == "st" else word for word in words)


def searchable(*names: str) -> str:
    """Names as one folded text in which every word is preceded by a space, so that a search finds starts of words."""
    return " " + " ".join(fold(name) for name in names if name)


def overlap(one: "Valid", other: "Valid") -> bool:
    """Whether two things that hold from a day until a day (both inclusive, None is open) hold on a same day."""
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_until or date.max, other.valid_until or date.max)
