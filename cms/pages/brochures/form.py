"""The form of a brochure: only producers and municipalities of its own coalition may be chosen, whatever is sent."""

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.membership.queries import member_municipalities
from coalition.producers.models import Producer
from coalition.producers.queries import of_coalition
from coalition.territory.models import Municipality


class PickForm(WagtailAdminModelForm):
    """One line of the choice by hand; which producers it offers is told by the form of the page."""

    def __init__(self, *args, offer: tuple[QuerySet[Producer], list] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        producers, words = offer or (Producer.objects.none(), [])
        self.fields["producer"].queryset = producers
        # Asked once for all lines.
        self.fields["producer"].choices = [("", "---------"), *words]


class BrochureForm(WagtailAdminPageForm):
    """A producer of the neighbours is refused as one that does not exist: its name is not told."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        coalition = _coalition_of(self.parent_page)
        if "picks" in self.formsets:
            self.formsets["picks"].form_kwargs["offer"] = _offer(coalition)
        if "municipality" in self.fields:
            self.fields["municipality"].queryset = _municipalities(coalition, self.instance.municipality_id)


def _coalition_of(parent) -> Coalition | None:
    return getattr(parent.specific, "coalition", None) if parent else None


def _offer(coalition: Coalition | None) -> tuple[QuerySet[Producer], list]:
    producers = of_coalition(coalition).order_by("name", "pk") if coalition else Producer.objects.none()
    words = producers.values_list("pk", "name", "place", "state")
    states = dict(Producer.State.choices)
    return producers, [(pk, _said(name, place, state, states)) for pk, name, place, state in words]


def _said(name: str, place: str, state: str, states: dict) -> str:
    """The name with its place; one that readers do not see yet says why."""
    where = f"{name} ({place})" if place else name
    return where if state == Producer.State.CONFIRMED else f"{where} – {states[state]}"


def _municipalities(coalition: Coalition | None, known: int | None) -> QuerySet[Municipality]:
    """Today's members, and the one that the page names already."""
    members = member_municipalities(local_day(timezone.now()), coalition) if coalition else []
    return Municipality.objects.filter(pk__in=[*(row.pk for row in members), known]).defer("boundary", "outline")
