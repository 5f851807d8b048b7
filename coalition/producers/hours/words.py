"""Opening hours in words: "dinsdag tot vrijdag 9.00-12.00 en 13.30-18.00 uur, gesloten op feestdagen"."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from coalition.base.dates import BRUSSELS, LOCALES, local_day
from coalition.producers.hours.clock import APPOINTMENT, Kind, State
from coalition.producers.hours.grammar import DAYS, MONTHS, Rule, minutes, rules_of

ORDINARY_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)(\+?)(?:/\S+)?$")
OPEN_END = re.compile(r"(\d\d:\d\d)\+$")
SUN_OR_CLOCK = re.compile(r"(\d\d:\d\d|sunrise|sunset|dawn|dusk|\((sunrise|sunset|dawn|dusk)([+-])(\d\d:\d\d)\))")


class Wordless(Exception):
    """A part for which there are no words: the rule is then told in general terms."""


def in_words(text: str, language: str) -> str:
    """The hours as people would say them in Dutch, French or English; empty where there are none.

    Never a code such as "Tu-Fr": a rule that cannot be put in words is told as "on certain days".
    """
    return ", ".join(rules_in_words(text, language))


def rules_in_words(text: str, language: str) -> list[str]:
    """The same, rule by rule, for a list; Dutch where the language is another than the three of the site."""
    language = language if language in LOCALES else "nl"
    with override(language):
        return [sentence for rule in rules_of(text) if (sentence := _rule(rule, language))]


def _rule(rule: Rule, language: str) -> str:
    try:
        if rule.unread:
            raise Wordless
        parts = _parts(rule, language)
    except Wordless:
        found = re.search(r'"([^"]*)"', rule.unread)
        parts = [_("on certain days"), f"({found[1] if found else rule.remark})" if found or rule.remark else ""]
    return " ".join(filter(None, parts))


def _parts(rule: Rule, language: str) -> list[str]:
    season, when = _wide(rule.wide, language), _days(rule.days, language)
    if season and when:
        when = _("%(season)s: %(when)s") % {"season": season, "when": when}
    when = when or season
    hours = _times(rule.times, language)
    if rule.remark and APPOINTMENT.search(rule.remark) and rule.modifier != "off":
        return [_appointment(rule, when, hours)]
    remark = f"({rule.remark})" if rule.remark else ""
    if rule.modifier == "off":
        return [_closed(rule, language, hours), remark]
    if rule.modifier == "unknown":
        if rule.remark:
            return [_otherwise(rule), when, hours, rule.remark if not when else f": {rule.remark}"]
        return [_otherwise(rule), when, hours, _("hours not known")]
    if not hours:
        hours = _("round the clock") if rule.always or not (rule.wide or rule.days) else _("all day")
        if (rule.wide or rule.days) and not rule.always:
            return [when, hours, remark]
    return [_otherwise(rule), when, hours, remark]


def _otherwise(rule: Rule) -> str:
    return pgettext("opening hours", "otherwise") if rule.joined_by == "||" else ""


def _appointment(rule: Rule, when: str, hours: str) -> str:
    """ "by appointment", and what else the remark says, such as a number to call."""
    own = _("by appointment") if len(rule.remark.split()) <= 3 else f"{_('by appointment')} ({rule.remark})"
    return " ".join(filter(None, [_otherwise(rule), when, hours, own]))


def _closed(rule: Rule, language: str, hours: str) -> str:
    if rule.days in ("PH", "") and not rule.wide and not hours:
        return _("closed on public holidays") if rule.days else pgettext("opening hours", "closed")
    wide, when = _wide(rule.wide, language), " ".join(filter(None, [_days(rule.days, language), hours]))
    if wide:
        return _("closed: %(when)s") % {"when": " ".join(filter(None, [wide, when]))}
    return _("closed on %(when)s") % {"when": when}


# --- days


def _days(text: str, language: str) -> str:
    if not text:
        return ""
    names = get_day_names("wide", locale=LOCALES[language])
    if text in ("Mo-Su", "Su-Sa"):
        return _("every day")
    return joined([_day(part, names) for part in re.split(r",(?![^\[]*\])", text)])


def _day(part: str, names: dict[int, str]) -> str:
    if part == "PH":
        return _("public holidays")
    if part == "SH":
        return _("school holidays")
    if found := re.fullmatch(r"(\w\w)\[([-\d,]+)\]", part):
        which = joined([_ordinal(number) for number in found[2].split(",")])
        return _("the %(which)s %(day)s of the month") % {"which": which, "day": names[_weekday(found[1])]}
    ends = part.split("-")
    if len(ends) == 1:
        return names[_weekday(part)]
    if len(ends) == 2:
        first, last = (_weekday(end) for end in ends)
        if (last - first) % 7 == 1:
            return joined([names[first], names[last]])
        return pgettext("days", "%(first)s to %(last)s") % {"first": names[first], "last": names[last]}
    raise Wordless


def _weekday(code: str) -> int:
    if code not in DAYS:
        raise Wordless
    return DAYS.index(code)


def _ordinal(number: str) -> str:
    words = {
        "1": pgettext("of the month", "first"),
        "2": pgettext("of the month", "second"),
        "3": pgettext("of the month", "third"),
        "4": pgettext("of the month", "fourth"),
        "5": pgettext("of the month", "fifth"),
        "-1": pgettext("of the month", "last"),
        "-2": pgettext("of the month", "last but one"),
    }
    if number not in words:
        raise Wordless
    return words[number]


# --- months, dates, weeks, years


def _wide(text: str, language: str) -> str:
    if not text:
        return ""
    if found := re.fullmatch(r"week(\d\d?)-(\d\d?)/2", text):
        return _("in even weeks") if int(found[1]) % 2 == 0 else _("in odd weeks")
    if found := re.fullmatch(r"week(\d\d?)(?:-(\d\d?))?", text):
        if not found[2]:
            return _("in week %(number)d") % {"number": int(found[1])}
        return _("in weeks %(first)d to %(last)d") % {"first": int(found[1]), "last": int(found[2])}
    return joined([_period(part.strip(), language) for part in text.split(",")])


def _period(part: str, language: str) -> str:
    ends = re.split(r"-(?=[A-Z]|\d{4}|easter)", part)
    if len(ends) == 1:
        return _days_of_month(part, language)
    if len(ends) == 2:
        return _range(ends[0], ends[1], language)
    raise Wordless


def _range(first: str, last: str, language: str) -> str:
    ends = {"first": _date(first, language), "last": _date(last, language)}
    if re.search(r"\d", first + last):
        return pgettext("dates", "%(first)s to %(last)s") % ends
    return pgettext("months", "%(first)s to %(last)s") % ends


def _days_of_month(part: str, language: str) -> str:
    """ "Dec 24-26" too, which is one month and two days."""
    if found := re.fullmatch(r"((?:\d{4} ?)?[A-Z]\w\w) (\d+)-(\d+)", part):
        return _range(f"{found[1]} {found[2]}", f"{found[1]} {found[3]}", language)
    return _date(part, language)


def _date(text: str, language: str) -> str:
    if text == "easter":
        return _("Easter")
    found = re.fullmatch(r"(?P<year>\d{4})? ?(?P<month>[A-Z]\w\w)? ?(?P<day>\d{1,2})?", text)
    if not found or not text or (found["month"] and found["month"] not in MONTHS):
        raise Wordless
    if not found["month"]:
        if found["day"]:
            raise Wordless
        return found["year"]
    month = MONTHS.index(found["month"]) + 1
    if found["day"]:
        # 2000 is a leap year: 29 February has its words.
        day = date(int(found["year"] or 2000), month, int(found["day"]))
        named = format_date(day, "d MMMM", locale=LOCALES[language])
    else:
        named = get_month_names("wide", locale=LOCALES[language])[month]
    return " ".join(filter(None, [named, found["year"]]))


# --- hours


def _times(text: str, language: str) -> str:
    if not text:
        return ""
    spans = [_span(part, language) for part in text.split(",")]
    words = joined([word for word, _bare in spans])
    bare = all(is_bare for _word, is_bare in spans)
    return pgettext("hours of the day", "%(hours)s") % {"hours": words} if bare else words


def _span(part: str, language: str) -> tuple[str, bool]:
    """The span in words, and whether it is nothing but hours."""
    if found := ORDINARY_SPAN.fullmatch(part):
        hours = f"{hour(minutes(found[1]), language)}-{hour(minutes(found[2]), language)}"
        return (_("%(hours)s or later") % {"hours": hours}, False) if found[3] else (hours, True)
    if found := OPEN_END.fullmatch(part):
        return _("from %(hour)s") % {"hour": hour(minutes(found[1]), language)}, False
    if found := re.fullmatch(rf"{SUN_OR_CLOCK.pattern}-{SUN_OR_CLOCK.pattern}\+?", part):
        return _("from %(start)s to %(end)s") % {
            "start": _end_of_span(found.groups()[:4], language),
            "end": _end_of_span(found.groups()[4:], language),
        }, False
    raise Wordless


def _end_of_span(groups: Sequence[str | None], language: str) -> str:
    whole, event, sign, offset = groups
    names = {"sunrise": _("sunrise"), "sunset": _("sunset"), "dawn": _("dawn"), "dusk": _("dusk")}
    if event is None:
        return names.get(whole) or hour(minutes(whole), language)
    while_ = {"while": duration(minutes(offset)), "event": names[event]}
    return _("%(while)s after %(event)s") % while_ if sign == "+" else _("%(while)s before %(event)s") % while_


def duration(length: int) -> str:
    """ "1:30" hours as "1 h 30 min", the same in all three languages."""
    hours, rest = divmod(length, 60)
    return " ".join(filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]))


def hour(minute: int, language: str) -> str:
    """Minutes since midnight as each language writes them: 9.00, 9 h 30, 9:00."""
    hours, rest = divmod(minute if minute <= 1440 else minute - 1440, 60)
    if language == "fr":
        return f"{hours} h {rest:02d}" if rest else f"{hours} h"
    return f"{hours}.{rest:02d}" if language == "nl" else f"{hours}:{rest:02d}"


def joined(words: Sequence[str]) -> str:
    """ "a, b en c" in the language of the moment."""
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


# --- how it stands now


def state_in_words(state: State, at: datetime, language: str) -> str:
    """ "Open tot 18.00 uur", "Gesloten; opent dinsdag om 9.00 uur"; what a visitor wants to know first."""
    language = language if language in LOCALES else "nl"
    with override(language):
        if state.kind == Kind.OPEN and state.until:
            said = _("Open until %(when)s") % {"when": _when(state.until, at, language)}
        elif state.kind == Kind.OPEN:
            said = pgettext("opening hours", "Open")
        elif state.kind == Kind.APPOINTMENT:
            said = _("By appointment")
        elif state.kind == Kind.UNKNOWN:
            said = _("Opening hours not known")
        elif state.opens:
            said = _("Closed; opens %(when)s") % {"when": _when(state.opens, at, language, today_too=True)}
        else:
            said = pgettext("opening hours", "Closed")
        if state.may_differ:
            said = f"{said} ({_('may differ: public holiday')})"
        return said


def _when(instant: datetime, at: datetime, language: str, *, today_too: bool = False) -> str:
    wall, today = instant.astimezone(BRUSSELS), local_day(at)
    clock = pgettext("hours of the day", "%(hours)s") % {"hours": hour(wall.hour * 60 + wall.minute, language)}
    if wall.date() == today:
        return _("today at %(clock)s") % {"clock": clock} if today_too else clock
    if wall.date() == today + timedelta(days=1):
        return _("tomorrow at %(clock)s") % {"clock": clock}
    pattern = "EEEE" if wall.date() < today + timedelta(days=7) else "EEEE d MMMM"
    day = format_date(wall.date(), pattern, locale=Locale.parse(LOCALES[language]))
    return _("%(day)s at %(clock)s") % {"day": day, "clock": clock}
