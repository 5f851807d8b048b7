"""Making a profile of what people typed, and saying beside each field what is wrong with it."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from coalition.base import geo
from coalition.base.errors import Refusal
from coalition.base.kbo import clean_establishment, clean_kbo
from coalition.producers import hours, rules, seasons
from coalition.producers.words import (
    Allergen,
    AllergenState,
    Category,
    ChannelKind,
    Contact,
    FoodAgencyLevel,
    LabelKind,
    Reach,
)

Problems = dict[str, str]
_is_url = URLValidator(schemes=["http", "https"])
# Invisible marks that turn the direction of the text after them.
TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MOST_CENTS = 1_000_000

EMPTY: dict[str, Any] = {
    "name": "", "story": "", "enterprise_number": "", "establishment_number": "", "favv_level": "",
    "favv_number": "", "favv_checked_on": None, "sells_third_party": False, "processes": False, "contact_name": "",
    "phone": "", "email": "", "website": "", "street": "", "postcode": "", "place": "", "latitude": None,
    "longitude": None, "opening_hours": "", "hours_note": "", "reach": Reach.MAIL.value, "shown": [],
    "channels": [], "products": [], "labels": [], "closures": [],
}  # fmt: skip


class FactsRefusal(Refusal):
    """A profile with problems: `problems` holds a sentence for each field ("products.0.name"), all at once."""

    def __init__(self, problems: Problems) -> None:
        field = next(iter(problems))
        super().__init__(problems[field], field=field)
        self.problems = problems


def must_be_clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The profile, or FactsRefusal with everything that is wrong with it."""
    facts, problems = clean_facts(raw)
    if problems:
        raise FactsRefusal(problems)
    return facts


def clean_facts(raw: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    """The profile as far as it can be read, and for each field a sentence about what is wrong with it.

    Keys that are missing are as in `EMPTY`; keys that nobody knows are left out.
    """
    raw = EMPTY | {key: value for key, value in raw.items() if key in EMPTY}
    paper = _Paper(raw)
    for key, read in PLAIN.items():
        paper.read(key, read)
    paper.place()
    for key, (read_row, most) in LISTS.items():
        paper.rows(key, read_row, most)
    return paper.facts, paper.problems


class _Paper:
    """One profile while it is read: what was understood, and what was not."""

    def __init__(self, raw: Mapping[str, Any], path: str = "") -> None:
        self.raw, self.path = raw, path
        self.facts: dict[str, Any] = {}
        self.problems: Problems = {}

    def read(self, key: str, reader: Callable[[Any], Any], empty: Any = "") -> None:
        try:
            self.facts[key] = reader(self.raw.get(key))
        except Refusal as refusal:
            self.facts[key] = empty
            self.problems[f"{self.path}{key}"] = str(refusal)

    def place(self) -> None:
        self.facts["latitude"] = self.facts["longitude"] = None
        given = [self.raw.get(key) for key in ("latitude", "longitude")]
        if all(value in (None, "") for value in given):
            return
        try:
            longitude, latitude = geo.place_from(*(_number(value) for value in given))
        except Refusal as refusal:
            self.problems["latitude"] = str(refusal)
            return
        self.facts |= {"latitude": latitude, "longitude": longitude}

    def rows(self, key: str, read_row: Callable[["_Paper"], None], most: int) -> None:
        self.facts[key] = []
        rows = self.raw.get(key)
        rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        if len(rows) > most:
            self.problems[key] = _("At most %(most)d.") % {"most": most}
            return
        for number, row in enumerate(rows):
            paper = _Paper(row, f"{key}.{number}.")
            read_row(paper)
            self.facts[key].append(paper.facts)
            self.problems |= paper.problems


# --- one value


def tidy(value: Any, *, lines: bool = False) -> str:
    """A text as people meant it: composed, without control characters or marks that turn text round."""
    text = unicodedata.normalize("NFC", str(value if value is not None else "")).replace("\r\n", "\n")
    kept = "".join(c for c in text if c not in TURNING and (c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")))
    return kept.strip() if lines else " ".join(kept.split())


def _text(most: int, *, lines: bool = False, needed: str = "") -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = tidy(value, lines=lines)
        if len(text) > most:
            raise Refusal(_("At most %(most)d characters; these are %(count)d.") % {"most": most, "count": len(text)})
        if needed and not text:
            raise Refusal(_("Fill in a name."))
        return text

    return read


def _or_empty(reader: Callable[[str], str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = tidy(value)
        return reader(text) if text else ""

    return read


def _choice(choices: Any, *, needed: bool = True) -> Callable[[Any], str]:
    # Asked anew, an enumeration works out its labels each time.
    known = frozenset(choices.values)

    def read(value: Any) -> str:
        text = tidy(value)
        if text in known or (not text and not needed):
            return text
        raise Refusal(_("Choose one of the list."))

    return read


def _some(choices: Any) -> Callable[[Any], list[str]]:
    known = tuple(choices.values)

    def read(value: Any) -> list[str]:
        chosen = value if isinstance(value, (list, tuple, set)) else []
        if any(one not in known for one in chosen):
            raise Refusal(_("Choose from the list."))
        return [one for one in known if one in chosen]

    return read


def _flag(value: Any) -> bool:
    return value is True or tidy(value).lower() in ("true", "on", "1", "yes", "ja", "oui")


def _maybe(value: Any) -> bool | None:
    return None if value in (None, "", "unknown") else _flag(value)


def _day(value: Any) -> str | None:
    text = value.isoformat() if isinstance(value, date) else tidy(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise Refusal(_("“%(text)s” is not a day, such as 2027-03-07.") % {"text": text[:40]}) from None


def _must_have_day(value: Any) -> str:
    day = _day(value)
    if day is None:
        raise Refusal(_("Fill in a day."))
    return day


def _number(value: Any) -> float:
    try:
        number = float(tidy(value).replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refusal(_("A place is two numbers: latitude such as 50.795 and longitude such as 4.118."))
    return number


def _phone(text: str) -> str:
    digits = [c for c in text if c.isdecimal()]
    if len(text) > 40 or not 8 <= len(digits) <= 15 or not set(text) <= set("0123456789+()/.- "):
        raise Refusal(_("“%(text)s” is not a telephone number, such as 02 123 45 67.") % {"text": text[:40]})
    return text


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise Refusal(_("“%(text)s” is not an e-mail address.") % {"text": text[:80]}) from None
    return text


def web_address(text: str) -> str:
    """An address of the web, with https:// where nothing stands; refuses every other kind of link."""
    whole = text if "://" in text else f"https://{text}"
    try:
        _is_url(whole)
    except ValidationError:
        raise Refusal(_("“%(text)s” is not an address of the web.") % {"text": text[:80]}) from None
    return whole


def _postcode(text: str) -> str:
    if len(text) == 4 and text.isascii() and text.isdecimal() and text[0] != "0":
        return text
    raise Refusal(_("“%(text)s” is not a postcode of four digits.") % {"text": text[:20]})


def _crop(text: str) -> str:
    if text in seasons.CROPS:
        return text
    raise Refusal(_("Choose one of the list."))


def _cents(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not str(value).isascii() or not str(value).isdecimal() or int(value) > MOST_CENTS:
        raise Refusal(_("Write a price such as 2,80."))
    return int(value)


# --- rows of the profile


_KIND_OF_CHANNEL, _CATEGORY, _KIND_OF_LABEL = _choice(ChannelKind), _choice(Category), _choice(LabelKind)
_ALLERGEN_STATE, _ALLERGENS = _choice(AllergenState, needed=False), _some(Allergen)


def _channel(paper: _Paper) -> None:
    paper.read("kind", _KIND_OF_CHANNEL)
    paper.read("name", _text(120))
    paper.read("url", _or_empty(web_address))
    paper.read("opening_hours", _or_empty(hours.parse_hours))
    paper.read("note", _text(160))
    paper.read("is_full", _flag)
    paper.read("is_accessible", _maybe)
    if paper.facts["kind"] == ChannelKind.PLATFORM and not paper.facts["url"]:
        paper.problems.setdefault(f"{paper.path}url", _("Where can one order there? Give the link."))


def _product(paper: _Paper) -> None:
    paper.read("name", _text(120, needed="name"))
    paper.read("category", _CATEGORY)
    paper.read("crop", _or_empty(_crop))
    paper.read("allergen_state", _ALLERGEN_STATE)
    paper.read("allergens", _ALLERGENS, [])
    paper.read("may_contain", _ALLERGENS, [])
    paper.read("price_cents", _cents, None)
    paper.read("price_unit", _text(20))
    facts = paper.facts
    facts["allergen_state"] = facts["allergen_state"] or AllergenState.UNDECIDED.value
    if facts["allergen_state"] == AllergenState.CONTAINS and not facts["allergens"]:
        paper.problems[f"{paper.path}allergens"] = _("Which ones? Tick at least one, or choose “none, unprocessed”.")
    if facts["allergen_state"] != AllergenState.CONTAINS:
        facts["allergens"] = []
    if facts["price_cents"] is not None and not facts["price_unit"]:
        paper.problems[f"{paper.path}price_unit"] = _("For how much is this price? For example kg, piece or litre.")


def _label(paper: _Paper) -> None:
    paper.read("kind", _KIND_OF_LABEL)
    paper.read("name", _text(120))
    paper.read("certificate", _text(80))
    paper.read("body", _text(80))
    paper.read("expires_on", _day, None)


def _closure(paper: _Paper) -> None:
    paper.read("first_day", _must_have_day, None)
    paper.read("last_day", _must_have_day, None)
    paper.read("reason", _text(120))
    first, last = paper.facts["first_day"], paper.facts["last_day"]
    if first and last and last < first:
        paper.problems[f"{paper.path}last_day"] = _("The last day cannot come before the first.")


PLAIN: dict[str, Callable[[Any], Any]] = {
    "name": _text(120, needed="name"),
    "story": _text(rules.LONGEST_STORY, lines=True),
    "enterprise_number": _or_empty(clean_kbo),
    "establishment_number": _or_empty(clean_establishment),
    "favv_level": _choice(FoodAgencyLevel, needed=False),
    "favv_number": _text(40),
    "favv_checked_on": _day,
    "sells_third_party": _flag,
    "processes": _flag,
    "contact_name": _text(120),
    "phone": _or_empty(_phone),
    "email": _or_empty(_email),
    "website": _or_empty(web_address),
    "street": _text(160),
    "postcode": _or_empty(_postcode),
    "place": _text(120),
    "opening_hours": _or_empty(hours.parse_hours),
    "hours_note": _text(160),
    "reach": _choice(Reach),
    "shown": _some(Contact),
}
LISTS: dict[str, tuple[Callable[[_Paper], None], int]] = {
    "channels": (_channel, rules.MOST_CHANNELS),
    "products": (_product, rules.MOST_PRODUCTS),
    "labels": (_label, rules.MOST_LABELS),
    "closures": (_closure, rules.MOST_CLOSURES),
}
