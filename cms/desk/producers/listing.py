"""All producers of one's own coalitions: found by name, sifted, and dealt with together."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from cms.desk.producers.scope import kept_producers, own_producers
from cms.desk.scoped import ScopedViewSet, coordinated_by
from cms.templatetags.words import date_medium
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.producers import queries, rules, waiting
from coalition.producers.models import Label, Producer, Product, SalesChannel
from coalition.producers.words import Category, ChannelKind, LabelKind
from coalition.territory.models import Municipality
from coalition.territory.rules import fold

Sieve = Callable[[QuerySet[Producer], datetime], QuerySet[Producer]]
# What a coordinator looks for when there is work to do; the names stand in the addresses of the dashboard.
SIEVES: dict[str, tuple[object, Sieve]] = {
    "waits": (gettext_lazy("waits for the farmer"), lambda rows, now: waiting.unanswered(rows)),
    "long": (gettext_lazy("asked more than two weeks ago"), waiting.asked_long_ago),
    "call": (gettext_lazy("wants to be called"), lambda rows, now: waiting.to_call(rows)),
    "stale": (
        gettext_lazy("not confirmed for twelve months"),
        lambda rows, now: waiting.stale(rows, local_day(now)),
    ),
    "incomplete": (gettext_lazy("incomplete"), lambda rows, now: waiting.incomplete(rows)),
    "agency": (gettext_lazy("lacks a declaration to the food agency"), lambda rows, now: waiting.undeclared(rows)),
}


def completeness(producer: Producer) -> str:
    return f"{rules.completeness(waiting.missing(producer))} %"


def remarks(producer: Producer) -> str:
    """What a coordinator should know of a row, in a few words."""
    day, said = local_day(timezone.now()), []
    if producer.has_change:
        said.append(_("a change waits"))
    if rules.lacks_food_agency(producer):
        said.append(_("food agency"))
    if producer.state == Producer.State.CONFIRMED and rules.is_stale(producer, day):
        said.append(_("older than a year"))
    return capfirst(", ".join(said))


def _own_municipalities(request: HttpRequest) -> QuerySet[Municipality]:
    rows = Municipality.objects.filter(producers__in=own_producers(request.user).values("pk"))
    return rows.defer("boundary", "outline").order_by("name_nl").distinct()


def _own_coalitions(request: HttpRequest) -> QuerySet[Coalition]:
    return Coalition.objects.filter(pk__in=coordinated_by(request.user)).order_by("name")


class ProducerFilter(WagtailFilterSet):
    work = ChoiceFilter(
        label=gettext_lazy("to do"), choices=[(name, words) for name, (words, _sieve) in SIEVES.items()], method="sift"
    )
    state = ChoiceFilter(label=gettext_lazy("state"), choices=Producer.State.choices)
    municipality = ModelChoiceFilter(label=gettext_lazy("municipality"), queryset=_own_municipalities)
    category = ChoiceFilter(label=gettext_lazy("category"), choices=Category.choices, method="making")
    channel = ChoiceFilter(label=gettext_lazy("how one buys"), choices=ChannelKind.choices, method="selling")
    label = ChoiceFilter(label=gettext_lazy("label"), choices=LabelKind.choices, method="bearing")
    coalition = ModelChoiceFilter(label=gettext_lazy("coalition"), queryset=_own_coalitions, method="listed")

    class Meta:
        model = Producer
        fields = ("work", "state", "municipality", "category", "channel", "label", "coalition")

    def sift(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return SIEVES[value][1](records, timezone.now())

    # A coordinator looks for drafts too, whose products and labels are not shown yet.
    def making(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return records.filter(pk__in=Product.objects.filter(category=value).values("producer"))

    def selling(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return records.filter(pk__in=SalesChannel.objects.filter(kind=value).values("producer"))

    def bearing(self, records: QuerySet, name: str, value: str) -> QuerySet:
        return records.filter(pk__in=Label.objects.filter(kind=value).values("producer"))

    def listed(self, records: QuerySet, name: str, value: Coalition) -> QuerySet:
        return records.filter(pk__in=queries.of_coalition(value).order_by().values("pk"))


class PickColumn(BaseColumn):
    """A box that picks a producer for the form below the list."""

    cell_template_name = "cms/desk/producers/pick_cell.html"

    def get_cell_context_data(self, instance: Producer, parent_context) -> dict:
        return super().get_cell_context_data(instance, parent_context) | {"producer": instance}


class ProducerList(IndexView):
    template_name = "cms/desk/producers/index.html"
    page_title = gettext_lazy("Producers")

    @cached_property
    def header_buttons(self) -> list:
        return [HeaderButton(_("Draft a producer"), url=reverse("desk_producer_add"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list:
        return []

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Every word that was typed begins a word of his name, place or products; or it is his number or address."""
        if not self.is_searching:
            return queryset
        typed = self.search_query.strip()
        digits = typed.replace(".", "").replace(" ", "")
        if digits.isascii() and digits.isdecimal() and len(digits) > 4:
            return queryset.filter(enterprise_number__contains=digits)
        if "@" in typed:
            kept = kept_producers(self.request.user).filter(email__icontains=typed)
            return queryset.filter(pk__in=kept.values("pk"))
        for word in fold(typed).split() or ["\x01"]:
            queryset = queryset.filter(search_text__contains=f" {word}")
        return queryset


class ProducerViewSet(ScopedViewSet):
    """The list; one profile has pages of its own, because no form of one record holds it."""

    model = Producer
    url_prefix = "producenten"
    coalition_path = "listings__coalition"
    may = frozenset({"view"})
    inspect_view_enabled = False
    is_remembered = False
    icon = "pick"
    index_view_class = ProducerList
    index_template_name = "cms/desk/producers/index.html"
    filterset_class = ProducerFilter
    search_fields = ("search_text",)
    list_per_page = 50
    list_display = (
        PickColumn("pick", label=gettext_lazy("Pick")),
        TitleColumn(
            "name", label=gettext_lazy("Name"), sort_key="name",
            get_url=lambda producer: reverse("desk_producer", args=[producer.pk]),
        ),
        Column("municipality", label=gettext_lazy("Municipality"), sort_key="municipality__name_nl"),
        StatusTagColumn(
            "state", label=gettext_lazy("State"), accessor="get_state_display",
            primary=lambda producer: producer.state == Producer.State.CONFIRMED,
        ),
        Column("complete", label=pgettext_lazy("profile", "Complete"), accessor=completeness),
        Column(
            "confirmed_at", label=gettext_lazy("Last yes"), sort_key="confirmed_at",
            accessor=lambda producer: date_medium(producer.confirmed_at) or "–",
        ),
        Column("remarks", label=gettext_lazy("Remark"), accessor=remarks),
    )  # fmt: skip

    def all_records(self) -> QuerySet[Producer]:
        return Producer.objects.all()

    def scope(self, request: HttpRequest) -> QuerySet[Producer]:
        return waiting.told(own_producers(request.user)).order_by("name", "pk")
