"""Days, hours and amounts as people here write them: nl-BE, fr-BE, and British English for the rest."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal
from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext

register = template.Library()

LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
HOURS = {"nl_BE": "{0}.{1:02d} uur", "fr_BE": "{0} h {1:02d}", "en_GB": "{0}:{1:02d}"}


def _locale() -> str:
    return LOCALES.get((get_language() or "nl")[:2], "nl_BE")


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def date_long(value: date | datetime | None) -> str:
    """ "zondag 7 maart 2027": a day as it is said, in the language of this visit; empty for no day."""
    return format_date(_day(value), "EEEE d MMMM y", locale=_locale()) if value else ""


@register.filter
def date_medium(value: date | datetime | None) -> str:
    """ "7 maart 2027": a day in a list or a table."""
    return format_date(_day(value), "d MMMM y", locale=_locale()) if value else ""


@register.filter
def date_short(value: date | datetime | None) -> str:
    """ "07/03/2027": a day where there is no room."""
    return format_date(_day(value), "dd/MM/y", locale=_locale()) if value else ""


@register.filter
def month_year(value: date | datetime | None) -> str:
    """ "maart 2027"."""
    return format_skeleton("yMMMM", _day(value), locale=_locale()) if value else ""


@register.filter
def time_short(value: time | datetime | None) -> str:
    """ "9.00 uur": an hour on the wall clock of Brussels."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return HOURS[_locale()].format(value.hour, value.minute)


@register.filter
def until(start: time | None, end: time | None) -> str:
    """ "9.00-13.00 uur": from one hour until another; only the first where no end is known."""
    if not end:
        return time_short(start)
    return f"{time_short(start).removesuffix(' uur')}-{time_short(end)}"


@register.filter
def euro(cents: int | None) -> str:
    """ "€ 2,80" from 280 cents; empty for no amount."""
    return "" if cents is None else _euro(cents, _locale())


@lru_cache(maxsize=4096)
def _euro(cents: int, locale: str) -> str:
    """Kept, because a list of producers writes hundreds of prices."""
    return format_currency(Decimal(cents) / 100, "EUR", locale=locale)


@register.filter
def number(value: int | Decimal | None) -> str:
    """ "1.250" with the thousands as people here write them; empty for no number."""
    return "" if value is None else format_decimal(value, locale=_locale())


@register.filter
def plainly(value: object) -> str:
    """Whatever a fact is, as it is said to people: days and hours written out, yes or no, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{date_medium(value)}, {time_short(value)}"
    return date_medium(value) if isinstance(value, date) else str(value)
