"""When they are open: OpenStreetMap's opening_hours read, asked, put in words and told to search engines.

Pure functions; `texts` are what `parse_hours` returned, instants are aware, days are those of Brussels.
"""

from coalition.producers.hours.cleaning import LONGEST, parse_hours
from coalition.producers.hours.clock import (
    Closure,
    Kind,
    Span,
    State,
    closure_on,
    is_open,
    may_differ,
    next_boundary,
    open_on,
    spans_of,
    state_at,
)
from coalition.producers.hours.markup import specification
from coalition.producers.hours.tables import Moment, moment, open_now, table, weekly
from coalition.producers.hours.week import Week, text_from_week, week_from_text
from coalition.producers.hours.words import hour, in_words, rules_in_words, state_in_words

__all__ = [
    "LONGEST",
    "Closure",
    "Kind",
    "Moment",
    "Span",
    "State",
    "Week",
    "closure_on",
    "hour",
    "in_words",
    "is_open",
    "may_differ",
    "moment",
    "next_boundary",
    "open_now",
    "open_on",
    "parse_hours",
    "rules_in_words",
    "spans_of",
    "specification",
    "state_at",
    "state_in_words",
    "table",
    "text_from_week",
    "week_from_text",
    "weekly",
]
