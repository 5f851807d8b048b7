"""Blotting words out of rows that stay: an address in a remark, in a revision, in what a mail server answered."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import escape

BLOT = "[…]"
# A dot and more letters make a longer domain, unless they are the end of a file's name.
LONGER = r"\.(?!(?:csv|txt|pdf|docx?|odt|ods|xlsx?|json|geojson|gpx|ics|zip)\b)\w"


def spellings(words: Iterable[str]) -> list[str]:
    """The words as they may stand in a column: as they are, escaped for HTML, and escaped for JSON (SQLite)."""
    found: dict[str, None] = {}
    for word in filter(None, words):
        for spelling in (word, escape(word), json.dumps(word)[1:-1]):
            found[spelling] = None
    return list(found)


def eraser(words: Iterable[str]) -> Callable[[Any], Any]:
    """What makes the words unreadable in a text, or in whatever JSON can hold, in any case of letters.

    Only whole words: "an@example.org" is not found in "jan@example.org".
    """
    either = "|".join(re.escape(spelling) for spelling in sorted(spellings(words), key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.+%-])(?:{either})(?![\w-]|{LONGER})", re.IGNORECASE) if either else None

    def erase(value: Any) -> Any:
        if pattern is None:
            return value
        if isinstance(value, str):
            return pattern.sub(BLOT, value)
        if isinstance(value, dict):
            return {erase(key): erase(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [erase(inner) for inner in value]
        return value

    return erase


def mentioning(rows: QuerySet, fields: Sequence[str], words: Iterable[str]) -> QuerySet:
    """The rows in which one of the fields may hold one of the words."""
    tests = [Q(**{f"{field}__icontains": spelling}) for field in fields for spelling in spellings(words)]
    return rows.filter(reduce(or_, tests)) if tests else rows.none()


def blot(rows: QuerySet, fields: Sequence[str], words: Iterable[str]) -> int:
    """Blot the words out of these text and JSON columns; returns how many rows changed."""
    words = [word for word in words if word]
    erase, changed = eraser(words), 0
    for row in mentioning(rows, fields, words).values("pk", *fields).order_by("pk"):
        new = {field: erase(row[field]) for field in fields}
        if any(new[field] != row[field] for field in fields):
            changed += rows.model._base_manager.filter(pk=row["pk"]).update(**new)
    return changed
