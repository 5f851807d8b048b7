"""What is in season, as a coalition knows it better than the calendar of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.dates import get_month_names
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coalition.base.dates import LOCALES
from coalition.membership.models import Coalition
from coalition.producers import queries, seasons
from coalition.producers.seasons import CROPS, Months, SeasonState

WORDS: dict[SeasonState, str | Promise] = {
    SeasonState.FRESH: gettext_lazy("fresh from the field"),
    SeasonState.GLASS: gettext_lazy("local under glass"),
    SeasonState.STORAGE: gettext_lazy("from storage"),
    SeasonState.NONE: gettext_lazy("not in season"),
}
# What "in season now" means: grown now, under the sky or under glass.
NOW = (SeasonState.FRESH, SeasonState.GLASS)


@dataclass(frozen=True)
class Month:
    """One month of a strip: its letter, its name, and how the crop is there; `is_now` on the month asked."""

    letter: str
    name: str
    state: str
    words: str
    is_now: bool


def month_name(number: int, width: str = "wide") -> str:
    """ "november" in the language of this visit."""
    return get_month_names(width, locale=LOCALES.get(get_language() or "nl", LOCALES["nl"]))[number]


def calendar(coalition: Coalition | None) -> dict[str, Months]:
    """The ranges of every crop as `coalition` goes by them (one query)."""
    return seasons.calendar(queries.seasons_of(coalition) if coalition else None)


def crops(month: int, known: Mapping[str, Months]) -> list[str]:
    """The crops that grow here in `month`."""
    return [crop for crop in seasons.in_season(known, month) if seasons.state_of(known[crop], month) in NOW]


def strip(months: Months, now: int) -> list[Month]:
    """The twelve months of a crop, January first."""
    names = [(month_name(number, "narrow"), month_name(number)) for number in seasons.MONTHS]
    return [
        Month(letter.upper(), name, str(state.value), str(WORDS[state]), number == now)
        for number, (letter, name), state in zip(seasons.MONTHS, names, seasons.strip(months), strict=True)
    ]


def spoken(months: Months, month: int) -> str:
    """How a crop is there in `month`, and otherwise when it is back."""
    state = seasons.state_of(months, month)
    if state != SeasonState.NONE:
        return str(WORDS[state])
    back = seasons.back_when(months, month)
    return _("not in season (back from %(month)s)") % {"month": month_name(back)} if back else str(WORDS[state])


def name_of(crop: str) -> str:
    """The name of a crop in the language of this visit; the word itself where nobody knows it."""
    return CROPS[crop].name if crop in CROPS else crop


def sorted_by_name(slugs: Sequence[str]) -> list[str]:
    return sorted(slugs, key=name_of)
