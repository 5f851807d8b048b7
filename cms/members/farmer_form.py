"""The page of a farmer as he fills it in: his profile, his consents, what he declares, and a photo."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms.base.producer_form import Difference, ProducerForm, Wrong, differences
from cms.base.producer_form.declared import DeclarationsForm
from cms.base.producer_form.fields import RowForm
from cms.base.producer_form.typed import RowList
from cms.templatetags.words import date_medium
from coalition.base.kbo import show_kbo
from coalition.producers import queries, rules
from coalition.producers.actions import consent_to
from coalition.producers.facts import clean_facts, read_facts
from coalition.producers.models import FarmerLink, Producer, ProducerDraft
from coalition.producers.words import AllergenState, Contact

# What a coordinator keeps and a farmer is not asked.
KEPT = ("reach", "latitude", "longitude", "favv_checked_on")
# By these the law decides whether he may be shown (L-9.2).
NEEDED = ("processes", "sells_third_party", "favv_level")
IN_HIS_WORDS = {
    "processes": _("I process what I grow or keep"),
    "sells_third_party": _("I sell products of others too"),
}
SECTIONS = {
    "who": (_("Who you are"), ("name", "story")),
    "contact": (_("How people reach you"), ("contact_name", "phone", "email", "website")),
    "place": (_("Where you are"), ("street", "postcode", "place")),
    "number": (_("Your enterprise"), ("enterprise_number", "establishment_number")),
    "food_agency": (_("Food agency"), ("processes", "sells_third_party", "favv_level", "favv_number")),
    "hours": (_("When you are open"), ("opening_hours", "hours_note")),
}
ROWS = {
    "products": _("What you make"),
    "channels": _("How people buy from you"),
    "labels": _("Labels"),
    "closures": _("When you are closed"),
}
# Each contact fact has its own consent, beside it.
ASKS = {
    "contact_name": Contact.CONTACT_NAME, "phone": Contact.PHONE, "email": Contact.EMAIL,
    "website": Contact.WEBSITE, "street": Contact.ADDRESS,
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A field, and the tick by which he shows what stands in it."""

    field: BoundField
    consent: BoundWidget | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a list: what it is called when it is folded, and whether it is unfolded."""

    form: RowForm
    title: str
    is_open: bool
    is_new: bool


class FarmerForm:
    """The whole page; `data` is what was typed, without it the form starts from what is known."""

    def __init__(self, link: FarmerLink, day: date, data: Mapping[str, Any] | None = None) -> None:
        self.link, self.producer, self.data = link, link.producer, data
        self.stands = read_facts(self.producer)
        self.draft = ProducerDraft.objects.filter(producer=self.producer).first()
        # Only what he himself agreed to is ticked, whatever a coordinator wrote.
        self.known = (self.draft.facts if self.draft else self.stands) | {"shown": queries.agreed(self.producer)}
        written = {"enterprise_number": show_kbo(self.known["enterprise_number"])}
        self.profile = ProducerForm(data, facts=self.known | written, consents=True)
        for name in KEPT:
            del self.profile.plain.fields[name]
        for name, label in IN_HIS_WORDS.items():
            self.profile.plain.fields[name].label = label
        for form in (self.profile.plain, *(row for each in self.profile.lists for row in each.rows)):
            _with_capitals(form)
        self.principles = queries.principles_of(link.coalition, day) if link.coalition else None
        known = queries.declared(self.producer, self.principles) if self.principles else {}
        self.answers = DeclarationsForm(data, principles=self.principles, known=known)
        self.photo_errors: dict[str, str] = {}

    # --- what is shown

    @property
    def sections(self) -> Iterator[tuple[str, str, list[Line]]]:
        """The plain fields in the order in which they are asked."""
        ticks = {tick.data["value"]: tick for tick in self.profile.plain["shown"].subwidgets}
        for key, (heading, names) in SECTIONS.items():
            yield key, str(heading), [self._line(name, ticks) for name in names]

    def _line(self, name: str, ticks: dict[str, BoundWidget]) -> Line:
        asked = ASKS.get(name)
        field = self.profile.plain[name]
        return Line(field, ticks[asked.value], consent_to(asked)) if asked else Line(field)

    @property
    def rows(self) -> Iterator[tuple[str, str, str, list[Row]]]:
        """The lists of rows: key, heading, what one is called, and the rows."""
        for each in self.profile.lists:
            yield each.key, str(ROWS[each.key]), each.one, [*self._unfolded(each)]

    def _unfolded(self, each: RowList) -> Iterator[Row]:
        fresh = self.data is not None and self.data.get("more") == each.key
        for form in each.rows:
            title = _title(form)
            is_first_new = fresh and not form.is_bound
            yield Row(form, title, is_open=bool(form.errors) or is_first_new, is_new=is_first_new)
            fresh = fresh and not is_first_new

    @property
    def changes(self) -> list[Difference]:
        """What a coordinator proposes to change, old beside new."""
        if self.draft is None:
            return []
        return differences(self.stands | {"shown": []}, self.draft.facts | {"shown": []})

    @property
    def wrong(self) -> list[Wrong]:
        """All that is wrong, for the summary."""
        photo = [Wrong(f"id_{name}", "", sentence) for name, sentence in self.photo_errors.items()]
        return self.profile.wrong + photo if self.data is not None else photo

    @cached_property
    def understood(self) -> dict[str, Any]:
        """The profile as far as it can be read, for showing how everybody will see it."""
        return clean_facts(self.known if self.data is None else self.facts())[0]

    @property
    def preview(self) -> list[Difference]:
        """How everybody will see him, in lines: only what he agrees to show and what may be shown."""
        facts = self.understood
        unseen = {name: "" for name, asked in ASKS.items() if asked not in facts["shown"]}
        seen = [product for product in facts["products"] if product["allergen_state"] != AllergenState.UNDECIDED]
        return differences({}, facts | unseen | dict.fromkeys((*KEPT, "shown")) | {"products": seen})

    @property
    def undecided(self) -> list[str]:
        """The products that are not shown because nobody said which allergens they contain."""
        undecided = AllergenState.UNDECIDED
        return [one["name"] for one in self.understood["products"] if one["allergen_state"] == undecided]

    @property
    def lacks_food_agency(self) -> bool:
        """Whether he is not shown at all, because he processes or resells without saying how he is registered."""
        return rules.lacks_food_agency(Producer(**{name: self.understood[name] for name in NEEDED}))

    @property
    def version(self) -> str:
        """Of which state of the profile this page speaks."""
        return (self.draft.at if self.draft else self.producer.changed_at).isoformat()

    # --- what was typed

    @property
    def is_overtaken(self) -> bool:
        """Whether a coordinator wrote something since the page was opened: nobody confirms what he has not seen."""
        return self.data.get("version", self.version) != self.version

    @property
    def wants_to_look(self) -> bool:
        """Whether he only asks for more rows, or to see his page: nothing is saved then, and nothing is lost."""
        return self.profile.wants_more or "look" in self.data

    def is_valid(self) -> bool:
        return all([self.profile.is_valid(), self.answers.is_valid()])

    def facts(self) -> dict[str, Any]:
        """What was typed, with what he was not asked; a farm that moved loses its point on the map."""
        kept = {name: self.known.get(name) for name in KEPT}
        typed = self.profile.facts()
        if any(typed.get(name, "") != self.known.get(name, "") for name in ("postcode", "place")):
            kept |= {"latitude": None, "longitude": None}
        return typed | kept

    def declarations(self) -> dict[str, tuple[str, str]]:
        """What he answers to each principle, and how."""
        return self.answers.declarations() if self.answers.is_valid() else {}


def _title(row: RowForm) -> str:
    """What a folded row is called: the first two things that stand in it."""
    said = []
    for name in [name for name in row.fields if name != "remove"][:2]:
        value = row[name].value()
        choices = dict(getattr(row.fields[name], "choices", ()))
        said += [str(choices.get(value) or _as_day(value))] if value else []
    return ", ".join(said)


def _as_day(text: str) -> str:
    try:
        return date_medium(date.fromisoformat(text))
    except ValueError:
        return text


def _with_capitals(form: forms.Form) -> None:
    for field in form.fields.values():
        field.label = capfirst(field.label)
