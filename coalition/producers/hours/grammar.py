"""The parts of a clean opening_hours text: rules, and in each its season, its days, its hours and its remark.

The language is OpenStreetMap's (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification). The library
that evaluates it gives no parts, so they are read here, from the one spelling that the library writes itself.
"""

import re
from dataclasses import dataclass

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = "(?:" + "|".join(DAYS) + ")"
MONTH = "(?:" + "|".join(MONTHS) + ")"
SEPARATOR = re.compile(r'("[^"]*")|( \|\| |; |, )')
RULE = re.compile(
    r"^(?P<wide>(?:(?!\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)\b|\d\d:\d\d|24/7|\(|sunrise|sunset|dawn|dusk).)*?)"
    r"(?P<days>\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)\b[^\s]*(?: [+-]\d+ days?)?)?\s*"
    r"(?P<always>24/7)?\s*"
    r"(?P<times>(?:\d\d:\d\d|\(|sunrise|sunset|dawn|dusk)\S*)?\s*"
    r"(?P<modifier>closed|off|unknown|open)?\s*"
    r'(?:"(?P<remark>[^"]*)")?$'
)
SIMPLE_DAYS = re.compile(rf"(?:(?:{DAY}(?:-{DAY})?|PH)(?:,|$))*")
SIMPLE_TIMES = re.compile(r"(?:\d\d:\d\d-\d\d:\d\d(?:,|$))*")


@dataclass(frozen=True)
class Rule:
    """One rule; every part is the text as it stands, empty where the rule does not have it."""

    joined_by: str  # ";" replaces what was said of these days, "," adds to it, "||" holds where nothing else does
    wide: str  # months, dates, weeks, years
    days: str
    times: str
    modifier: str  # "off", "unknown" or nothing: open
    remark: str
    always: bool = False
    unread: str = ""  # the whole rule, where its parts could not be told apart


def outside_remarks(text: str) -> str:
    """The text without what stands between quotes."""
    return re.sub(r'"[^"]*"', '""', text)


def rules_of(text: str) -> list[Rule]:
    """The rules of a clean text, in order."""
    if not text:
        return []
    pieces, start, joined_by = [], 0, ";"
    for found in SEPARATOR.finditer(text):
        if found[2]:
            pieces.append((joined_by, text[start : found.start()]))
            joined_by, start = found[2].strip(), found.end()
    pieces.append((joined_by, text[start:]))
    return [_rule(joined_by, piece.strip()) for joined_by, piece in pieces]


def _rule(joined_by: str, piece: str) -> Rule:
    found = RULE.match(piece)
    if found is None:
        return Rule(joined_by, "", "", "", "", "", unread=piece)
    parts = {name: found[name] or "" for name in ("wide", "days", "times", "modifier", "remark")}
    modifier = {"closed": "off", "open": ""}.get(parts["modifier"], parts["modifier"])
    return Rule(
        joined_by,
        parts["wide"].strip(" :"),
        parts["days"],
        parts["times"],
        modifier,
        parts["remark"],
        always=bool(found["always"]),
    )


def is_weekly(text: str) -> bool:
    """Whether the hours depend on nothing but the day of the week and on its being a public holiday."""
    return all(
        not rule.unread and not rule.wide and SIMPLE_DAYS.fullmatch(rule.days) and SIMPLE_TIMES.fullmatch(rule.times)
        for rule in rules_of(text)
    )


def minutes(clock: str) -> int:
    """ "09:30" as minutes since midnight; an hour may go past 24."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def clock(minute: int) -> str:
    """Minutes since midnight as "09:30"; 24:00 keeps its name, later ones begin anew."""
    minute = minute if minute <= 1440 else minute - 1440
    return f"{minute // 60:02d}:{minute % 60:02d}"


def span(text: str) -> tuple[int, int]:
    """ "22:00-02:00" as minutes (1320, 1560): the end always comes after the start."""
    start, end = (minutes(part) for part in text.split("-"))
    return start, end if end > start else end + 1440


def days_of(text: str) -> list[int] | None:
    """ "Mo-We,Fr" as [0, 1, 2, 4]; every day where none is named; None where there is more to it (PH, SH, Mo[1])."""
    if not text:
        return list(range(7))
    found: set[int] = set()
    for part in text.split(","):
        ends = part.split("-")
        if len(ends) > 2 or not all(end in DAYS for end in ends):
            return None
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return sorted(found)
