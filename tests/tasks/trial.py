"""Kinds of letters for tests of the post office itself: facts decide what `prepare` does."""

from datetime import datetime
from pathlib import Path

from coalition.mail.kinds import LetterKind, Prepared, Withhold, register
from coalition.mail.models import Letter
from coalition.mail.rules import Stream

TEMPLATES = Path(__file__).parent / "templates"


def prepare(letter: Letter, now: datetime) -> Prepared:
    if letter.facts.get("withheld"):
        raise Withhold(letter.facts["withheld"])
    if letter.facts.get("broken"):
        raise KeyError(letter.to)
    return words(letter.facts)


def words(facts: dict) -> Prepared:
    return Prepared(
        subject=facts.get("subject", "Nieuws van één week"),
        context={"number": facts.get("number", 0), "place": facts.get("place", "Halle")},
        headers=facts.get("headers", {}),
        sender=facts.get("sender", "Voedselcoalitie Proef"),
        reply_to=facts.get("reply_to", "coordinator@example.org"),
    )


def register_kinds() -> None:
    for kind in (
        LetterKind("trial/digest", Stream.DIGEST, prepare, retry_when_unknown=False),
        LetterKind("trial/reminder", Stream.SERVICE, prepare, retry_when_unknown=True),
        LetterKind("trial/broken", Stream.SERVICE, prepare),
        LetterKind("trial/code", Stream.SIGN_IN, prepare, retry_when_unknown=False),
    ):
        register(kind)
