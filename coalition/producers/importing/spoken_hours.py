"""Hours as people write them in lists ("ma-vr 9-12u en 13u30-18u, zo gesloten") in the codes of OpenStreetMap."""

import re

from unidecode import unidecode

from coalition.base.errors import Refusal
from coalition.producers import hours

_DAYS = {
    "Mo": "maandag maandags ma lundi lun monday mon",
    "Tu": "dinsdag di mardi mar tuesday tue",
    "We": "woensdag wo woe mercredi mer wednesday wed",
    "Th": "donderdag do don jeudi jeu thursday thu",
    "Fr": "vrijdag vr vrij vendredi ven friday fri",
    "Sa": "zaterdag za zat samedi sam saturday sat",
    "Su": "zondag zo zon dimanche dim sunday sun",
    "PH": "feestdagen feestdag jours_feries ferie",
}
DAYS = {word: code for code, words in _DAYS.items() for word in words.split()}
_DAILY = re.compile(r"\b(?:elke dag|alle dagen|dagelijks|tous les jours|daily|every day)\b")
_NOISE = re.compile(r"\b(?:open|van|de|du|le|telkens|uur|heures?)\b(?!:)")
_TO = re.compile(r"\s*(?:\bt\.?e\.?m\.?|\bt/m\b|\btot en met\b|\btot\b|\bau\b|\ba\b|\bto\b|[-–—])\s*")
_AND = re.compile(r"\s*(?:\ben\b|\bet\b|\band\b|[&+])\s*")
_SHUT = re.compile(r"\b(?:gesloten|ferme|closed|dicht)\b")
_CLOCK = re.compile(r"\b(\d{1,2})(?:\s*[u:h.]\s*(\d{2})?)?\s*(?=-)|(?<=-)\s*(\d{1,2})(?:\s*[u:h.]\s*(\d{2})?)?\b")
_WORD = re.compile(r"[a-z]+")


def in_codes(words: str) -> str:
    """The hours in codes where they can be understood whole; else the words as they are, for the form to refuse."""
    try:
        hours.parse_hours(words)
    except Refusal:
        translated = _translated(words)
        try:
            return hours.parse_hours(translated)
        except Refusal:
            return words
    return words


def _translated(words: str) -> str:
    text = unidecode(words).lower().replace(".m.", "m").strip(" .;")
    text = _DAILY.sub("Mo-Su", text)
    text = _SHUT.sub("off", _AND.sub(",", _TO.sub("-", text)))
    text = _WORD.sub(lambda found: DAYS.get(found[0], found[0]), _NOISE.sub(" ", text))
    text = _CLOCK.sub(_time, text)
    text = re.sub(r"(?<=\d\d:\d\d)\s*[uh]\b", "", text)
    text = re.sub(r"(?<=[a-zA-Z])\s*:\s*", " ", text)
    # A day after an hour begins a new rule.
    text = re.sub(r"(?<=[\df])\s*[,;./|]?\s*(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b)", "; ", text)
    return re.sub(r"\s*[,/]\s*(?=\d)|\s*,\s*", ",", " ".join(text.split()))


def _time(found: re.Match) -> str:
    hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{int(hour):02}:{minute or '00'}"
