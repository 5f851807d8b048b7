"""What a producer declares on each principle of a coalition: yes, partly or no, and how."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.producers.models import Declaration, Principles
from coalition.producers.words import Answer

HOW = "how"


class DeclarationsForm(forms.Form):
    """Two fields for each principle: `principle-<key>` and `principle-<key>-how`; none has to be filled in."""

    use_required_attribute = False

    def __init__(
        self, data=None, *, principles: Principles | None, known: Mapping[str, Declaration] | None = None
    ) -> None:
        super().__init__(data)
        self.principles = principles
        for item in principles.items if principles else []:
            row, name = (known or {}).get(item["key"]), f"principle-{item['key']}"
            self.fields[name] = forms.ChoiceField(
                label=item["title"], required=False, choices=Answer.choices, widget=forms.RadioSelect,
                initial=row.answer if row else None, help_text=item["text"],
            )  # fmt: skip
            self.fields[f"{name}-{HOW}"] = forms.CharField(
                label=_("how"), required=False, initial=row.words if row else "",
                widget=forms.TextInput(attrs={"maxlength": 300}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple]:
        """Each principle with the bound fields for the answer and for how."""
        names = [f"principle-{item['key']}" for item in self.principles.items] if self.principles else []
        return [(self[name], self[f"{name}-{HOW}"]) for name in names]

    def declarations(self) -> dict[str, tuple[str, str]]:
        """What was declared, as the actions take it: by key the answer and how. Only after `is_valid`."""
        items = self.principles.items if self.principles else []
        typed, names = self.cleaned_data, {item["key"]: f"principle-{item['key']}" for item in items}
        return {key: (typed.get(name, ""), typed.get(f"{name}-{HOW}", "")) for key, name in names.items()}
