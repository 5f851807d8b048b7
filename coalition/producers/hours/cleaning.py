"""Opening hours as people type them made into what computers everywhere read, or refused with a reason that helps."""

import re
import unicodedata

import opening_hours as library
from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.producers.hours.grammar import DAY, DAYS, MONTH, MONTHS, outside_remarks

LONGEST = 255
CODES = {code.lower(): code for code in (*DAYS, *MONTHS, "PH", "SH")}
KNOWN = {
    *CODES,
    "week",
    "easter",
    "sunrise",
    "sunset",
    "dawn",
    "dusk",
    "off",
    "closed",
    "open",
    "unknown",
    "day",
    "days",
}
# What people write instead, in Dutch, German, French and English; whole words only.
FOREIGN_DAY = re.compile(
    r"di|mi|do|so|ma|wo|vr|za|zo|lu|me|je|ve|dim|mon|tue|wed|thu|thur|fri|sat|sun|daily|dagelijks|täglich"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    re.IGNORECASE,
)
FOREIGN_MONTH = re.compile(
    r"januar|februar|märz|mär|mai|juni|juli|oktober|okt|dezember|dez|januari|februari|maart|mrt|april|mei|augustus"
    r"|september|november|december|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|january|february|march|june|july|august|october|sept",
    re.IGNORECASE,
)
LENGTHS = dict(zip(MONTHS, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True))

# What people type and what they mean; only where it can mean one thing.
MENDINGS = (
    (re.compile(r"[–—−‐‑]"), "-"),
    (re.compile(r"(?<![\d.:])(\d{1,2})[.](\d{2})(?![\d.])"), r"\1:\2"),
    (re.compile(rf"\b({DAY}|PH|SH)\s*[:.]\s*"), r"\1 "),
    (re.compile(r"(\d:\d\d)\s+(?=\d{1,2}:\d\d)"), r"\1,"),
    (re.compile(rf"\b({DAY})(?=\d)"), r"\1 "),
    (re.compile(rf"\b({DAY})\s+(?=\[)"), r"\1"),
    (re.compile(rf"\b({DAY}|PH|SH)(\[[^\]]*\])?\s*,\s*(?=(?:{DAY}|PH|SH)\b)"), r"\1\2,"),
    (re.compile(rf"\b({MONTH})\s*,\s*(?={MONTH}\b)"), r"\1,"),
    (re.compile(rf"\b({DAY}|PH),\s*(?=\d)"), r"\1 "),
    # ", " before an hour would begin a rule for every day of the week
    (re.compile(r"(\d:\d\d\+?)\s*,\s*(?=\d{1,2}:\d\d)"), r"\1,"),
    (re.compile(rf"(\d:\d\d\+?)\s*,\s*(?=(?:{DAY}|PH)\b)"), r"\1, "),
    (re.compile(r"\s*-\s*"), "-"),
)


def parse_hours(text: str) -> str:
    """The hours in OpenStreetMap's spelling ("Tu-Fr 09:00-12:00,13:30-18:00; PH off"); empty where none are given.

    Raises Refusal, for the field `opening_hours`, with what is wrong and what to write instead.
    """
    text = _readable(text)
    if not text:
        return ""
    mended = _mend(text)
    _refuse_what_is_clear(mended)
    try:
        clean = str(_parsed(mended))
    except SyntaxError as error:
        raise _not_understood(mended, str(error)) from error
    clean = re.sub(r'("[^"]*")|\bclosed\b', lambda found: found[1] or "off", clean)
    # The library leaves "open" out, without which it would be a remark alone.
    clean = re.sub(r'[^;|"]*"[^"]*"', lambda found: _saying(found[0], "open"), clean)
    _refuse_what_cannot_be(clean)
    if len(clean) > LONGEST:
        raise _too_long()
    return clean


def _parsed(text: str) -> library.OpeningHours:
    try:
        return library.OpeningHours(text)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001  a panic of the library is no Exception, and no reason to fall over
        raise SyntaxError(str(error)) from error


def _readable(text: str) -> str:
    if len(text) > 4 * LONGEST:
        raise _too_long()
    text = " ".join(unicodedata.normalize("NFC", text).translate(str.maketrans("“”„«»", '"""""')).split())
    if any(unicodedata.category(letter)[0] == "C" for letter in text):
        raise Refusal(_("There is a character in these hours that cannot be read."), field="opening_hours")
    if len(text) > LONGEST:
        raise _too_long()
    if text.count('"') % 2:
        raise Refusal(_("A remark begins and ends with a double quote; one is missing."), field="opening_hours")
    return text


def _too_long() -> Refusal:
    return Refusal(
        _("These hours are too long: at most %(number)d characters.") % {"number": LONGEST}, field="opening_hours"
    )


def _mend(text: str) -> str:
    parts = re.split(r'("[^"]*")', text)
    remarks = parts[1::2]
    # By the specification a rule of days and a remark alone does not say that it is open; the library thinks it does.
    # One private letter for each remark, so that nothing in it is mistaken for hours.
    plain = "".join(part if at % 2 == 0 else chr(0xE000 + at // 2) for at, part in enumerate(parts))
    plain = re.sub(r"[^\W\d_]+", lambda found: CODES.get(found[0].lower(), _lower(found[0])), plain.strip(" .,;"))
    for pattern, meant in MENDINGS:
        plain = pattern.sub(meant, plain)
    plain = re.sub(r"[^;|]*[\uE000-\uF8FF][^;|]*", lambda found: _saying(found[0], "unknown"), plain)
    return re.sub(r"[\uE000-\uF8FF]", lambda found: remarks[ord(found[0]) - 0xE000], plain)


def _lower(word: str) -> str:
    return word.lower() if word.lower() in KNOWN else word


def _saying(rule: str, state: str) -> str:
    """A rule of days and a remark alone (We "by appointment") with the state that it leaves out."""
    if re.search(r"\d:\d|24/7|sunrise|sunset|dawn|dusk|\b(?:off|closed|open|unknown)\b", outside_remarks(rule)):
        return rule
    return re.sub(r"\s*([\uE000-\uF8FF\"])", rf" {state} \1", rule, count=1)


def _refuse_what_is_clear(text: str) -> None:
    """What people most often type instead, each with its own answer."""
    plain = outside_remarks(text)
    for word in re.findall(r"[^\W\d_]{2,}", plain):
        if FOREIGN_DAY.fullmatch(word):
            reason = _("“%(word)s” is not a day in these codes: write Mo, Tu, We, Th, Fr, Sa or Su.")
        elif FOREIGN_MONTH.fullmatch(word):
            reason = _("“%(word)s” is not a month in these codes: write Jan, Feb, Mar … Dec.")
        elif word.lower() not in KNOWN:
            reason = _("“%(word)s” cannot be read as hours. Put words between double quotes after the hours.")
        else:
            continue
        raise Refusal(reason % {"word": word[:40]}, field="opening_hours")
    for clock in re.findall(r"\d+:\d+", plain):
        hour, minute = clock.split(":")
        if int(hour) > 48 or int(minute) > 59 or len(minute) != 2:
            raise _no_such_time(clock)
    if late := re.search(r"(?<![-\d])(2[4-9]|[34]\d):\d\d\s*-", plain):
        raise _no_such_time(late[0].rstrip("- "))
    if bare := re.search(r"(?<![\d:/-])(\d{1,2})\s*-\s*(\d{1,2})(?![\d:/-])", _without_dates(plain)):
        raise Refusal(
            _("Write the minutes too: “%(wrong)s” becomes “%(right)s”.")
            % {"wrong": bare[0], "right": f"{int(bare[1]):02d}:00-{int(bare[2]):02d}:00"},
            field="opening_hours",
        )


def _no_such_time(clock: str) -> Refusal:
    return Refusal(_("“%(clock)s” is not a time of the day.") % {"clock": clock[:20]}, field="opening_hours")


def _without_dates(plain: str) -> str:
    """The text without days of a month, weeks, ordinals of a weekday and offsets, which are bare numbers by right."""
    plain = re.sub(r"\[[^\]]*\]", "", plain)
    plain = re.sub(r"\bweek\s*[\d,/\s-]+", "", plain)
    return re.sub(rf"\b{MONTH}\s*\d{{1,2}}(?:-\d{{1,2}})?", "", plain)


def _not_understood(text: str, complaint: str) -> Refusal:
    if re.search(r"\d{1,2}[./]\d{1,2}|\d{4}-\d", outside_remarks(text)):
        return Refusal(_("Write a date as month and day, such as May 15 or Dec 24-26."), field="opening_hours")
    at = re.search(r"--> \d+:(\d+)", complaint)
    rest = text[max(int(at[1]) - 1, 0) :] if at else text
    return Refusal(
        _("These hours cannot be read from “%(rest)s” on. Write them as Tu-Fr 09:00-12:00,13:30-18:00; Sa 09:00-16:00.")
        % {"rest": (rest or text)[:40]},
        field="opening_hours",
    )


def _refuse_what_cannot_be(clean: str) -> None:
    """What the library lets pass although no such day or no such while exists."""
    plain = outside_remarks(clean)
    for month, first, last in re.findall(rf"\b({MONTH}) (\d{{1,2}})\b(?!:)(?:-(\d{{1,2}})\b(?!:))?", plain):
        for day in filter(None, (first, last)):
            if not 1 <= int(day) <= LENGTHS[month]:
                raise Refusal(
                    _("There is no such day as %(day)s.") % {"day": f"{month} {int(day)}"}, field="opening_hours"
                )
    for start, end in re.findall(r"(\d\d:\d\d)-(\d\d:\d\d)", plain):
        if start == end:
            raise Refusal(
                _("“%(hours)s” begins and ends at the same time; write 00:00-24:00 for the whole day.")
                % {"hours": f"{start}-{end}"},
                field="opening_hours",
            )
