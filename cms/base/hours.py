"""The opening hours in a form: a week of days with from and until, or the text where a week cannot say it.

Works without JavaScript. What is posted under the field's own name is the text, and wins when it is filled in;
the week is posted beside it, as "<name>-0-0-from" (day, span) and so on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coalition.base.errors import Refusal
from coalition.producers import hours
from coalition.producers.hours.grammar import clock
from coalition.producers.hours.week import MOST_SPANS, Hours, Week

CLOCK = re.compile(r"(\d{1,2})(?:\s*[.:hu]\s*(\d{2})?(?::\d{2})?)?(?:\s*(?:uur|h))?", re.IGNORECASE)
DAY, NOON, SMALL_HOURS = 1440, 720, 360


@dataclass
class Typed:
    """What was typed, read as far as it goes: the text that is kept, and what is wrong beside which part."""

    text: str = ""
    problems: dict[str, str] = field(default_factory=dict)


class NotATime(ValueError):
    """A time that cannot be read."""


def read_time(text: str) -> int | None:
    """ "9:00", "9.00", "9u30", "9 h" or "9" as minutes since midnight; None for nothing."""
    text = text.strip()
    if not text:
        return None
    found = CLOCK.fullmatch(text)
    minute = int(found[1]) * 60 + int(found[2] or 0) if found else DAY + 1
    if minute > DAY or (found and int(found[2] or 0) > 59):
        raise NotATime(text)
    return minute


def read_span(start: str, end: str) -> Hours | None:
    """One span of a day, None where both are empty; past midnight only into the small hours. Raises Refusal."""
    try:
        begin, until = read_time(start), read_time(end)
    except NotATime as error:
        raise Refusal(_("“%(text)s” is not a time of the day, such as 9:00.") % {"text": str(error)[:10]}) from error
    if begin is None and until is None:
        return None
    if begin is None or until is None:
        raise Refusal(_("Fill in both from and until.") if begin is None else _("Until when? Fill in the end too."))
    begin %= DAY
    if until == 0:
        until = DAY
    if until <= begin:
        if until > SMALL_HOURS or begin < NOON:
            raise Refusal(_("Until must be later than from."))
        until += DAY
    return begin, until


def read_day(spans: list[tuple[str, str]]) -> tuple[Hours, ...]:
    """The spans of one day in order; raises Refusal."""
    found = sorted(span for start, end in spans if (span := read_span(start, end)))
    if any(found[at][1] > found[at + 1][0] for at in range(len(found) - 1)):
        raise Refusal(_("These hours overlap."))
    return tuple(found)


def read(raw: Mapping[str, Any]) -> Typed:
    """What the widget gathered, as the text that is kept; with a sentence for every part that is wrong."""
    if raw.get("text", "").strip():
        try:
            return Typed(hours.parse_hours(raw["text"]))
        except Refusal as refusal:
            return Typed(problems={"text": str(refusal)})
    typed, days = Typed(), []
    for day, spans in enumerate(raw.get("days", [])):
        try:
            days.append(read_day(spans))
        except Refusal as refusal:
            typed.problems[str(day)] = str(refusal)
    season = [int(month) if month.isdecimal() else 0 for month in raw.get("season", ("", ""))]
    if any(season) and not all(1 <= month <= 12 for month in season):
        typed.problems["season"] = _("Choose both the first and the last month, or neither.")
    if not typed.problems and days:
        week = Week(tuple(days), tuple(season) if all(season) else None, raw["holidays"], raw["appointment"])
        typed.text = hours.text_from_week(week)
    return typed


class WeekInput(forms.Widget):
    """The week, or the text where the hours say more than a week can."""

    template_name = "cms/parts/week.html"
    use_fieldset = True

    class Media:
        css = {"all": ["cms/css/week.css"]}  # noqa: RUF012  as Django asks for it

    def value_from_datadict(self, data: Mapping, files: Any, name: str) -> dict[str, Any]:
        return {
            "text": data.get(name) or "",
            "days": [
                [(data.get(f"{name}-{day}-{at}-from", ""), data.get(f"{name}-{day}-{at}-until", "")) for at in range(2)]
                for day in range(7)
            ],
            "season": (data.get(f"{name}-season-from", ""), data.get(f"{name}-season-until", "")),
            "holidays": bool(data.get(f"{name}-holidays")),
            "appointment": bool(data.get(f"{name}-appointment")),
        }

    def value_omitted_from_data(self, data: Mapping, files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-start" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        raw = value if isinstance(value, Mapping) else raw_from_text(value or "")
        problems = read(raw).problems if isinstance(value, Mapping) else {}
        id_ = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"] |= {
            "id": id_,
            # Both may have been typed: then both are shown again.
            "as_text": bool(raw["text"]) and not any(part for spans in raw["days"] for span in spans for part in span),
            "text": raw["text"],
            "said": hours.in_words(raw["text"], get_language() or "nl") if raw["text"] and not problems else "",
            "days": [_day(name, id_, day, spans, problems) for day, spans in enumerate(raw["days"])],
            "season": [
                _month(name, id_, which, month) for which, month in zip(("from", "until"), raw["season"], strict=True)
            ],
            "holidays": raw["holidays"],
            "appointment": raw["appointment"],
            "problems": problems,
        }
        return context


def raw_from_text(text: str) -> dict[str, Any]:
    """What the widget would have gathered had these hours been typed: the week, or the text where no week says it."""
    week = hours.week_from_text(text)
    spans = [[(_clock(start), _clock(end)) for start, end in day] for day in (week or Week()).days]
    return {
        "text": "" if week else text,
        "days": [day + [("", "")] * (MOST_SPANS - len(day)) for day in spans],
        "season": tuple(str(month) for month in week.season) if week and week.season else ("", ""),
        "holidays": bool(week and week.closed_on_holidays),
        "appointment": bool(week and week.by_appointment),
    }


def _clock(minute: int) -> str:
    return clock(minute % DAY)


def _day(name: str, id_: str, day: int, spans: list[tuple[str, str]], problems: Mapping[str, str]) -> dict[str, Any]:
    def end(at: int, which: str, value: str) -> dict[str, str]:
        first = day == at == 0 and which == "from"
        return {
            "name": f"{name}-{day}-{at}-{which}",
            "id": f"{id_}-start" if first else f"{id_}-{day}-{at}-{which}",
            "value": value,
        }

    return {
        "name": capfirst(str(WEEKDAYS[day])),
        "id": f"{id_}-{day}",
        "spans": [
            {"start": end(at, "from", span[0]), "end": end(at, "until", span[1])} for at, span in enumerate(spans)
        ],
        "problem": problems.get(str(day), ""),
    }


def _month(name: str, id_: str, which: str, chosen: str) -> dict[str, Any]:
    return {
        "name": f"{name}-season-{which}",
        "id": f"{id_}-season-{which}",
        "which": which,
        "months": [(str(month), str(words), str(month) == chosen) for month, words in MONTHS.items()],
    }


class WeekField(forms.Field):
    """Opening hours; its clean value is OpenStreetMap's text as `hours.parse_hours` keeps it, "" for none."""

    widget = WeekInput
    default_error_messages = {  # noqa: RUF012  as Django asks for it
        "days": gettext_lazy("Look again at the hours of %(days)s."),
    }

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = raw_from_text("") | {"text": value}
        typed = read(value or raw_from_text(""))
        if typed.problems:
            raise forms.ValidationError(self._sentences(typed.problems))
        return typed.text

    def _sentences(self, problems: dict[str, str]) -> list[str]:
        """What goes above the field: the days by name, for what is wrong with each stands beside it."""
        days = [str(WEEKDAYS[int(key)]) for key in problems if key.isdecimal()]
        others = [sentence for key, sentence in problems.items() if not key.isdecimal()]
        return [self.error_messages["days"] % {"days": ", ".join(days)}, *others] if days else others

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or "")
        except forms.ValidationError:
            return True
