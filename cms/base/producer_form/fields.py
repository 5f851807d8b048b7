"""The fields of the profile's form. They let through what people type: `coalition.producers.facts` judges it.

So a sentence about what is wrong is the same for a form, an import and a change that waits.
"""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.base.hours import WeekField
from coalition.producers import rules, seasons
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

EURO = re.compile(r"(?:€\s*)?([0-9]{1,6})(?:[.,]([0-9]{1,2}))?(?:\s*€)?")


def text(label: str, most: int, help_text: str = "", **attrs: Any) -> forms.CharField:
    """A line of text; how long it may be is said to the browser, and judged with the other facts."""
    widget = forms.TextInput(attrs={"maxlength": most} | attrs)
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


def day(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"type": "date"}))


def hours(label: str) -> forms.CharField:
    return text(label, 255, _("For example: Monday to Friday 9.00-18.00, Saturday 9.00-12.00."))


def choice(label: str, choices, empty: str = "–", **kwargs: Any) -> forms.ChoiceField:
    """One of a list, with an empty line before it where nothing need be chosen."""
    lines = [("", empty), *choices.choices] if empty and "" not in choices.values else choices.choices
    return forms.ChoiceField(label=label, required=False, choices=lines, **kwargs)


def several(label: str, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices.choices, widget=forms.CheckboxSelectMultiple
    )


def tick(label: str, help_text: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class ProfileForm(forms.Form):
    """What there is once of each producer."""

    use_required_attribute = False

    name = text(_("name"), 120)
    story = forms.CharField(
        label=_("story"), required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": rules.LONGEST_STORY}),
        help_text=_("Who are you, what do you make and how? A few sentences do."),
    )  # fmt: skip
    contact_name = text(_("name of the contact"), 120, autocomplete="name")
    phone = text(_("telephone number"), 40, type="tel", autocomplete="tel")
    email = text(_("e-mail address"), 254, type="email", autocomplete="email")
    website = text(_("website"), 200, inputmode="url", autocomplete="url")
    reach = forms.ChoiceField(
        label=_("how he wants to be asked"), required=False, choices=Reach.choices, initial=Reach.MAIL
    )
    street = text(_("street and number"), 160, autocomplete="street-address")
    postcode = text(_("postcode"), 4, inputmode="numeric", autocomplete="postal-code")
    place = text(_("village or town"), 120)
    latitude = text(_("latitude"), 20, inputmode="decimal")
    longitude = text(_("longitude"), 20, inputmode="decimal")
    enterprise_number = text(_("enterprise number"), 20, _("Ten digits, such as 0403.019.261."))
    establishment_number = text(_("establishment number"), 20)
    processes = tick(_("processes products"), _("Makes cheese, jam, soup, bread or something else of them."))
    sells_third_party = tick(_("sells products of others too"))
    favv_level = choice(_("food agency (FAVV)"), FoodAgencyLevel)
    favv_number = text(_("number at the food agency"), 40)
    favv_checked_on = day(_("checked on"))
    opening_hours = WeekField(label=_("opening hours"), required=False)
    hours_note = text(_("remark about the hours"), 160)
    shown = several(_("shown to everybody"), Contact)


# How a page puts them together; `shown` is put beside each by whoever asks the farmer for it.
GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "who": (_("Who"), ("name", "story")),
    "contact": (_("How to reach the producer"), ("contact_name", "phone", "email", "website", "reach")),
    "place": (_("Where"), ("street", "postcode", "place", "latitude", "longitude")),
    "number": (_("Enterprise"), ("enterprise_number", "establishment_number")),
    "food_agency": (
        _("Food agency"),
        ("processes", "sells_third_party", "favv_level", "favv_number", "favv_checked_on"),
    ),
    "hours": (_("Opening hours"), ("opening_hours", "hours_note")),
}


class RowForm(forms.Form):
    """One row of a list; a row in which nothing was typed is no row."""

    use_required_attribute = False
    # What says nothing by itself.
    SILENT: ClassVar[frozenset[str]] = frozenset({"remove"})
    # Where a fact goes by another name in the form.
    NAMES: ClassVar[dict[str, str]] = {}

    remove = tick(_("take this row away"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remove"] = self.fields.pop("remove")

    def is_dropped(self) -> bool:
        facts = self.cleaned_data
        if facts.get("remove"):
            return True
        return not self.errors and not any(value for name, value in facts.items() if name not in self.SILENT)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "remove"}

    @classmethod
    def typed_as(cls, row: dict[str, Any]) -> dict[str, Any]:
        """A row of the profile as its fields show it."""
        return row


class ChannelForm(RowForm):
    SILENT = frozenset({"remove", "is_accessible"})

    kind = choice(_("how one buys"), ChannelKind)
    name = text(_("name"), 120)
    url = text(_("link"), 500, inputmode="url")
    opening_hours = hours(_("opening hours"))
    note = text(_("remark"), 160)
    is_full = tick(_("full, no new customers"))
    is_accessible = forms.ChoiceField(
        label=_("accessible by wheelchair"), required=False,
        choices=[("", _("not known")), ("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip

    @classmethod
    def typed_as(cls, row: dict[str, Any]) -> dict[str, Any]:
        return row | {"is_accessible": {True: "yes", False: "no"}.get(row.get("is_accessible"), "")}


class ProductForm(RowForm):
    SILENT = frozenset({"remove", "allergen_state"})
    NAMES = {"price_cents": "price"}

    name = text(_("product"), 120)
    category = choice(_("category"), Category)
    crop = forms.ChoiceField(
        label=_("crop"), required=False,
        choices=lambda: [("", "–"), *sorted(((slug, crop.name) for slug, crop in seasons.CROPS.items()), key=_named)],
    )  # fmt: skip
    allergen_state = forms.ChoiceField(
        label=_("allergens"), required=False, choices=AllergenState.choices, initial=AllergenState.UNDECIDED,
        help_text=_("A product is not shown until this is decided."),
    )  # fmt: skip
    allergens = several(_("which"), Allergen)
    may_contain = several(_("may contain traces of"), Allergen)
    price = text(_("price from, in euro"), 12, _("Such as 2,80."), inputmode="decimal")
    price_unit = text(_("per"), 20, _("kg, piece, litre"))

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        return facts | {"price_cents": in_cents(facts.pop("price", ""))}

    @classmethod
    def typed_as(cls, row: dict[str, Any]) -> dict[str, Any]:
        cents = row.get("price_cents")
        return row | {"price": "" if cents is None else f"{cents // 100},{cents % 100:02d}"}


class LabelForm(RowForm):
    kind = choice(_("label"), LabelKind)
    name = text(_("name"), 120)
    certificate = text(_("certificate"), 80)
    body = text(_("control body"), 80, _("For organic: BE-BIO-01 to -03."))
    expires_on = day(_("valid until"))


class ClosureForm(RowForm):
    first_day = day(_("first day"))
    last_day = day(_("last day"))
    reason = text(_("reason"), 120)


LISTS: dict[str, tuple[Any, Any, type[RowForm]]] = {
    "products": (_("Products"), _("product"), ProductForm),
    "channels": (_("Ways of buying"), _("sales channel"), ChannelForm),
    "labels": (_("Labels"), _("label"), LabelForm),
    "closures": (_("Closed periods"), _("closed period"), ClosureForm),
}


def _named(line: tuple[str, str]) -> str:
    return line[1].casefold()


def in_cents(price: str) -> str:
    """A price as people write it ("2,80", "€ 3") as digits of cents; what is none stays as it is, to be refused."""
    found = EURO.fullmatch(price.strip())
    if found is None:
        return price
    return str(int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")))
