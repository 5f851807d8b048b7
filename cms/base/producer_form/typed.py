"""A whole profile as it is typed on one page: plain fields, and rows that can be added without JavaScript."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst

from cms.base.producer_form.fields import GROUPS, LISTS, ProfileForm, RowForm

# How many empty rows stand below a list, and how many more come each time they are asked for.
SPARE = 3
MORE = "more"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong: the id of its field, its name, and the sentence."""

    id: str
    label: str
    sentence: str


@dataclass(frozen=True)
class RowList:
    """The rows of one kind, with those still empty."""

    key: str
    heading: str
    one: str
    rows: list[RowForm]


class ProducerForm:
    """Give `facts` to show a profile, `data` for what was typed of it.

    `consents`: whether it asks which contact facts may be shown; without it `shown` stays as it is in `facts`.
    In a page the button that saves stands before the buttons `more`: the Enter key presses the first.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, facts: Mapping[str, Any] | None = None, consents: bool = False
    ) -> None:
        self.data, self.known, self.consents = data, dict(facts or {}), consents
        self.plain = ProfileForm(data, initial=self.known)
        if not consents:
            del self.plain.fields["shown"]
        self.lists = [RowList(key, str(LISTS[key][0]), str(LISTS[key][1]), self._rows(key)) for key in LISTS]

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    @property
    def media(self):
        """What the page needs beside its own style: the week of the opening hours."""
        return self.plain.media

    @property
    def wants_more(self) -> bool:
        """Whether only more empty rows were asked for: then nothing is saved and nothing typed is lost."""
        return self.is_bound and self.data.get(MORE) in LISTS

    @property
    def groups(self) -> Iterator[tuple[str, str, list]]:
        """The plain fields as a page puts them together: key, heading and bound fields."""
        for key, (heading, names) in GROUPS.items():
            yield key, str(heading), [self.plain[name] for name in names]

    def _rows(self, key: str) -> list[RowForm]:
        kind = LISTS[key][2]
        if self.data is None:
            typed = [kind(prefix=f"{key}-{n}", initial=kind.typed_as(row)) for n, row in enumerate(self._known(key))]
            spare = SPARE
        else:
            typed = [kind(self.data, prefix=f"{key}-{number}") for number in self._numbers(key)]
            spare = SPARE if self.data.get(MORE) == key else 0
        first = self._numbers(key)[-1] + 1 if self.data is not None and typed else len(typed)
        return typed + [kind(prefix=f"{key}-{first + n}") for n in range(spare)]

    def _known(self, key: str) -> list[dict[str, Any]]:
        return self.known.get(key) or []

    def _numbers(self, key: str) -> list[int]:
        """The numbers of the rows that were sent, in order."""
        pattern = re.compile(rf"{key}-([0-9]{{1,4}})-")
        return sorted({int(found[1]) for found in map(pattern.match, self.data) if found})

    @cached_property
    def _kept(self) -> dict[str, list[RowForm]]:
        """The rows in which something stands, as they are counted in the facts."""
        return {
            each.key: [row for row in each.rows if row.is_bound and (row.is_valid() or True) and not row.is_dropped()]
            for each in self.lists
        }

    def is_valid(self) -> bool:
        """Whether all choices were among what could be chosen; what the facts say comes with the action."""
        rows = [row for kept in self._kept.values() for row in kept]
        return all([self.plain.is_valid(), *(row.is_valid() for row in rows)])

    def facts(self) -> dict[str, Any]:
        """What was typed, as `coalition.producers.facts` reads it."""
        self.plain.is_valid()
        shown = {} if self.consents else {"shown": self.known.get("shown") or []}
        rows = {key: [row.facts() for row in kept] for key, kept in self._kept.items()}
        return self.plain.cleaned_data | shown | rows

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field; the paths are those of FactsRefusal ("products.0.name")."""
        for path, sentence in problems.items():
            key, _dot, rest = path.partition(".")
            number, _dot, name = rest.partition(".")
            form, field = self.plain, key
            if name and number.isdecimal() and int(number) < len(self._kept.get(key, [])):
                form = self._kept[key][int(number)]
                field = form.NAMES.get(name, name)
            form.is_valid()
            form.add_error(field if field in form.fields else None, sentence)

    @property
    def wrong(self) -> list[Wrong]:
        """Everything that is wrong, in the order of the page, for a summary with links."""
        found = list(_wrong(self.plain, ""))
        for each in self.lists:
            for number, row in enumerate(each.rows, start=1):
                found += _wrong(row, f"{capfirst(each.one)} {number}: ") if row.is_bound else []
        return found


def _wrong(form, before: str) -> Iterator[Wrong]:
    for name, sentences in form.errors.items():
        bound = form[name] if name in form.fields else None
        for sentence in sentences:
            label = f"{before}{bound.label}" if bound else before.removesuffix(": ")
            yield Wrong(bound.id_for_label or bound.auto_id if bound else "", capfirst(label), str(sentence))
