"""Events as search engines and calendars read them: schema.org/Event in JSON-LD."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.safestring import SafeString, mark_safe

from coalition.base.dates import BRUSSELS

# Inside a script element these would end it or begin another.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Event:
    """Something that is on: a day, hours on the wall clock of Brussels, and a place; `url` may be empty."""

    title: str
    day: date
    last_day: date | None
    start: time | None
    end: time | None
    place: str
    summary: str
    url: str

    @property
    def until(self) -> date:
        """The last day on which it is on."""
        return max(self.day, self.last_day or self.day)

    def order(self) -> tuple[date, time, str]:
        return self.day, self.start or time.min, self.title


def as_linked_data(events: Sequence[Event], *, organiser: str = "") -> SafeString:
    """The events as one JSON-LD text that may stand in a page; empty where there are none."""
    if not events:
        return mark_safe("")
    graph = [_told(event, organiser) for event in events]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def _told(event: Event, organiser: str) -> dict:
    told = {
        "@type": "Event",
        "name": event.title,
        "startDate": _moment(event.day, event.start),
        "endDate": _moment(event.until, event.end),
        "location": {"@type": "Place", "name": event.place, "address": event.place},
        "description": event.summary,
        "url": event.url if event.url.startswith("http") else "",
    }
    if organiser:
        told["organizer"] = {"@type": "Organization", "name": organiser}
    return {name: value for name, value in told.items() if value}


def _moment(day: date, at: time | None) -> str:
    return datetime.combine(day, at, tzinfo=BRUSSELS).isoformat() if at else day.isoformat()
