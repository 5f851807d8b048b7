"""The public holidays of Belgium, Easter Sunday and Whit Sunday among them."""

from datetime import date
from functools import lru_cache

import holidays

# The names as the library spells them in the languages of the site.
SPOKEN = {"nl": "nl", "fr": "fr", "en": "en_US"}


@lru_cache(maxsize=64)
def _year(year: int, language: str) -> dict[date, str]:
    """The days of one year and what they are called; the source is the library's calendar of Belgium."""
    return dict(holidays.Belgium(years=year, language=SPOKEN.get(language, "nl")).items())


def is_holiday(day: date) -> bool:
    """Whether shops and farms may keep other hours because the whole country has a day off."""
    return day in _year(day.year, "nl")


def holiday_name(day: date, language: str = "nl") -> str:
    """What the holiday is called: "Paasmaandag", "Lundi de Pâques"; empty on any other day."""
    return _year(day.year, language).get(day, "")
