"""What a change would make different in a profile: old beside new, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.base.producer_form.fields import GROUPS, LISTS, ProfileForm
from cms.templatetags.words import date_medium, euro
from coalition.base.kbo import show_kbo
from coalition.producers import hours, seasons
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

DAYS = {"expires_on", "first_day", "last_day", "favv_checked_on"}
# What is said in one breath with another fact of the row.
TOLD_TOGETHER = {"price_unit", "allergen_state", "allergens", "may_contain"}
LISTED = {"allergens": Allergen, "may_contain": Allergen, "shown": Contact}
CHOSEN: dict[tuple[str, str], Any] = {
    ("", "favv_level"): FoodAgencyLevel,
    ("", "reach"): Reach,
    ("products", "category"): Category,
    ("channels", "kind"): ChannelKind,
    ("labels", "kind"): LabelKind,
}


@dataclass(frozen=True)
class Difference:
    """One fact that would change; both sides in lines as a person reads them, none where nothing stood."""

    key: str
    label: str
    old: list[str]
    new: list[str]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What stands otherwise in `new` than in `old`, both profiles as `coalition.producers.facts` gives them."""
    return [
        Difference(key, capfirst(label), _lines(key, old.get(key)), _lines(key, new.get(key)))
        for key, label in _labels()
        if (old.get(key) or None) != (new.get(key) or None)
    ]


def _labels() -> Iterator[tuple[str, str]]:
    for _heading, names in GROUPS.values():
        for name in names:
            yield name, str(ProfileForm.base_fields[name].label)
    yield "shown", str(ProfileForm.base_fields["shown"].label)
    for key, (heading, _one, _form) in LISTS.items():
        yield key, str(heading)


def _lines(key: str, value: Any) -> list[str]:
    if key in LISTS:
        return [line for row in value or [] if (line := _row(key, row))]
    return [line for line in [_said("", key, value)] if line]


def _row(key: str, row: Mapping[str, Any]) -> str:
    said = {name: _said(key, name, value) for name, value in row.items() if name not in TOLD_TOGETHER}
    if row.get("price_cents") is not None:
        said["price_cents"] = f"{euro(row['price_cents'])} / {row['price_unit']}"
    fields = LISTS[key][2].base_fields
    if key == "products":
        state = AllergenState(row.get("allergen_state") or AllergenState.UNDECIDED)
        told = {"allergen_state": _said(key, "allergens", row.get("allergens")) or str(state.label)}
        told["may_contain"] = _said(key, "may_contain", row.get("may_contain"))
        said |= {name: f"{fields[name].label}: {words}" for name, words in told.items() if words}
    flags = {name: str(fields[name].label) for name, value in row.items() if value is True}
    return ", ".join(filter(None, (said | flags).values()))


def _said(of: str, name: str, value: Any) -> str:
    if value in (None, "", [], False):
        return ""
    if value is True:
        return _("yes")
    if name in LISTED:
        return ", ".join(str(LISTED[name](one).label) for one in value)
    if name in DAYS:
        return date_medium(date.fromisoformat(value))
    if name == "enterprise_number":
        return show_kbo(value)
    if name == "opening_hours":
        return hours.in_words(value, get_language() or "nl")
    if name == "crop":
        return seasons.CROPS[value].name
    if (of, name) in CHOSEN:
        return str(CHOSEN[of, name](value).label)
    return str(value)
