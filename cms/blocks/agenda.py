"""What is on: dated entries that an editor writes; what is over is no longer shown."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.action import ActionValue
from cms.blocks.choosers import PageChooser
from cms.feeds.events import Event, as_linked_data
from coalition.base.dates import local_day


class EntryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What"), max_length=120)
    day = blocks.DateBlock(label=_("Day"))
    last_day = blocks.DateBlock(label=_("Last day"), required=False, help_text=_("Only when it takes several days."))
    start = blocks.TimeBlock(label=pgettext_lazy("hour", "From"), required=False)
    end = blocks.TimeBlock(label=pgettext_lazy("hour", "Until"), required=False)
    place = blocks.CharBlock(label=_("Where"), max_length=150, help_text=_("Such as “Dorpsplein, 1755 Gooik”."))
    summary = blocks.CharBlock(label=_("In short"), max_length=250, required=False)
    page = PageChooser(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or address"), required=False)

    class Meta:
        icon = "date"
        value_class = ActionValue

    def clean(self, value):
        value = super().clean(value)
        wrong = _wrong(value)
        if wrong:
            raise StructBlockValidationError({field: ValidationError(words) for field, words in wrong.items()})
        return value


def _wrong(value) -> dict[str, str]:
    wrong = {}
    if value.get("last_day") and value.get("day") and value["last_day"] < value["day"]:
        wrong["last_day"] = _("The last day comes before the first.")
    if value.get("end") and not value.get("start"):
        wrong["start"] = _("Give the hour at which it begins as well.")
    elif value.get("end") and value["end"] <= value["start"] and not value.get("last_day"):
        wrong["end"] = _("It ends before it begins.")
    if value.get("page") and value.get("url"):
        wrong["page"] = _("Choose either a page or an address.")
    return wrong


class AgendaBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    entries = blocks.ListBlock(EntryBlock(label=_("Entry")), label=_("Entries"), max_num=60)

    class Meta:
        icon = "calendar-alt"
        template = "cms/blocks/agenda.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        events = still_to_come(events_of(value["entries"]), local_day(timezone.now()))
        context["events"] = events
        context["linked_data"] = as_linked_data(events, organiser=str(context.get("coalition") or ""))
        return context


def events_of(entries: Iterable[ActionValue]) -> list[Event]:
    """The entries that have a day and a title, as events."""
    return [
        Event(
            title=entry["title"], day=entry["day"], last_day=entry.get("last_day"), start=entry.get("start"),
            end=entry.get("end"), place=entry.get("place") or "", summary=entry.get("summary") or "", url=entry.href,
        )
        for entry in entries if entry.get("day") and entry.get("title")
    ]  # fmt: skip


def still_to_come(events: Iterable[Event], day: date) -> list[Event]:
    """Events that are not over on `day`, the first one first."""
    return sorted((event for event in events if day <= event.until), key=Event.order)
