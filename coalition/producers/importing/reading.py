"""One row of a list as the profile of a producer: what could be read, and a sentence about what could not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition.base.tables import as_typed
from coalition.producers.facts import clean_facts
from coalition.producers.importing.columns import JOINED
from coalition.producers.importing.offers import category_of, channel_of, crop_of, parts_of
from coalition.producers.importing.spoken_hours import in_codes
from coalition.producers.rules import MOST_PRODUCTS
from coalition.producers.words import ChannelKind

Problem = tuple[str, str]
_ADDRESS = re.compile(
    r"(?P<street>.*?)[\s,]*\b(?:B-?\s?)?(?P<postcode>[1-9]\d{3})\s+(?P<place>\D[^,]*)(?:,.*)?", re.DOTALL
)
_YES = ("yes", "only", "ja", "oui", "true", "1", "x", "bio", "j", "y", "waar", "vrai")
_PLAIN = (
    "name", "story", "opening_hours", "hours_note", "contact_name", "enterprise_number", "establishment_number",
    "favv_number",
)  # fmt: skip
# Of several telephone numbers in one cell the first counts.
_FIRST = ("phone", "email", "website")
# What maps call a place where others sell.
_NO_PRODUCER = ("marketplace", "marktplaats")
LONGEST_REMARK = 160


@dataclass(frozen=True)
class Read:
    """A row that was read; `usable` says whether a profile can be made of it."""

    facts: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    key: str = ""
    usable: bool = True
    label: str = field(default="")
    # The list gave no name, and it goes by how one buys there and where.
    is_nameless: bool = False


def read_row(cells: Mapping[str, str], mapping: Mapping[str, str], remarks: tuple[str, ...] = ()) -> Read:
    """The profile in a row of words; `mapping` says which field each column is, the likeliest column first.

    What cannot be read is left empty and told. A row without a name goes by how one buys there and where, if it tells
    that; one that does not, or of a market place, cannot be used.
    """
    values = _values(cells, mapping)
    raw, problems = _raw(values)
    facts, wrong = clean_facts(raw)
    problems = [*(("", remark) for remark in remarks), *problems, *wrong.items()]
    _keep_unread_hours(facts, raw, wrong)
    is_market = any(part.lower() in _NO_PRODUCER for part in parts_of(values.get("channels", "")))
    if is_market:
        problems.insert(0, ("channels", _("This is a market place, not a producer: it is left out.")))
    is_nameless = "name" not in values and not is_market
    if is_nameless and (called := _called(facts)):
        facts["name"] = called
        problems.remove(("name", wrong["name"]))
        problems.append(
            ("name", _("It has no name here: call it something better than “%(name)s”.") % {"name": called})
        )
    label = facts["name"] or facts["place"] or values.get("source_key", "")
    usable = bool(facts["name"]) and not is_market
    return Read(facts, tuple(problems), values.get("source_key", "")[:80], usable, label, is_nameless)


def _called(facts: Mapping[str, Any]) -> str:
    """What a place without a name is called meanwhile, in Dutch as the lists are; nothing where too little is known."""
    if not facts["channels"] or not facts["place"]:
        return ""
    with override("nl"):
        way = str(ChannelKind(facts["channels"][0]["kind"]).label)
        return _("%(way)s in %(place)s") % {"way": way[:1].upper() + way[1:], "place": facts["place"]}


def _values(cells: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for column, name in mapping.items():
        words = as_typed(cells.get(column, ""))
        if not words:
            continue
        if name in JOINED and name in values:
            values[name] += f";{words}"
        values.setdefault(name, words)
    return values


def _raw(values: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    raw: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    raw |= {name: re.split(r"[;,\n]| / ", values[name])[0].strip() for name in _FIRST if name in values}
    if raw.get("phone", "").isdecimal() and len(raw["phone"]) in (8, 9) and raw["phone"][0] != "0":
        # A spreadsheet took it for a number, and the zero was gone.
        raw["phone"] = f"0{raw['phone']}"
    if "opening_hours" in raw:
        raw["opening_hours"] = in_codes(raw["opening_hours"])
    raw |= _address(values)
    raw |= {name: values.get(name, "") for name in ("latitude", "longitude")}
    products, unknown = _products(values.get("products", ""))
    channels, unread = _channels(values.get("channels", ""))
    raw |= {"products": products, "channels": channels}
    if values.get("organic", "").lower() in _YES:
        raw["labels"] = [{"kind": "organic"}]
    return raw, [*unknown, *unread]


def _address(values: Mapping[str, str]) -> dict[str, str]:
    found = _ADDRESS.fullmatch(values.get("address", "").strip())
    whole = {key: part.strip(" ,\n") for key, part in found.groupdict().items()} if found else {}
    street = " ".join(filter(None, (values.get("street", ""), values.get("house_number", ""))))
    postcode = re.sub(r"^B\s?-?\s?(?=\d{4}$)", "", values.get("postcode", "").strip(), flags=re.IGNORECASE)
    return {
        "street": street or whole.get("street", "") or ("" if found else values.get("address", "")),
        "postcode": postcode or whole.get("postcode", ""),
        "place": values.get("place", "") or whole.get("place", ""),
    }


def _products(words: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    found, unknown = [], []
    for name in parts_of(words)[:MOST_PRODUCTS]:
        category = category_of(name)
        if category:
            found.append({"name": name[:1].upper() + name[1:], "category": category, "crop": crop_of(name)})
        else:
            sentence = _("“%(word)s” is no product that can be put in a category: add it by hand.")
            unknown.append(("products", sentence % {"word": name[:60]}))
    return [product | {"name": product["name"][:120]} for product in found], unknown


def _channels(words: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    kinds, unread = {}, []
    for word in parts_of(words):
        kind = channel_of(word)
        if kind:
            kinds[kind] = {"kind": kind}
        elif word.lower() not in _NO_PRODUCER:
            sentence = _("“%(word)s” is no known way of selling.")
            unread.append(("channels", sentence % {"word": word[:60]}))
    return list(kinds.values()), unread


def _keep_unread_hours(facts: dict[str, Any], raw: Mapping[str, Any], wrong: Mapping[str, str]) -> None:
    """Hours that are no hours for us still say something to people."""
    if "opening_hours" in wrong and not facts["hours_note"]:
        facts["hours_note"] = " ".join(str(raw["opening_hours"]).split())[:LONGEST_REMARK]
