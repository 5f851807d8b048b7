"""What a coalition goes by: its principles of the short chain, and what it knows better about seasons."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from unidecode import unidecode

from coalition.activity.actions import record
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.membership.models import Coalition
from coalition.producers import permits, seasons
from coalition.producers.facts.cleaning import tidy
from coalition.producers.models import Principles, Season

if TYPE_CHECKING:
    from coalition.people.models import Person

HOW_MANY = 5


@transaction.atomic
def adopt_principles(
    *, coalition: Coalition, items: Sequence[tuple[str, str]], adopted_on: date, by: "Person | None", now: datetime,
    source: str = "",
) -> Principles:  # fmt: skip
    """Adopt five principles (title and text each) as a new version; earlier versions and what was declared stay."""
    permits.must_coordinate(by, coalition, now)
    texts = [(tidy(title), tidy(text, lines=True)) for title, text in items]
    texts = [(title, text) for title, text in texts if title]
    if len(texts) != HOW_MANY:
        raise Refusal(_("Give all five principles a title."), field="items")
    if any(len(title) > 120 or len(text) > 1000 for title, text in texts):
        words = _("A principle has a title of at most 120 and a text of at most 1,000 characters.")
        raise Refusal(words, field="items")
    newest = Principles.objects.select_for_update().filter(coalition=coalition).first()
    if newest is not None and adopted_on < newest.adopted_on:
        raise Refusal(_("The version before this one was adopted later."), field="adopted_on")
    keys = _keys([title for title, _text in texts])
    principles = Principles.objects.create(
        coalition=coalition, version=newest.version + 1 if newest else 1, adopted_on=adopted_on,
        source=tidy(source)[:200],
        items=[{"key": key, "title": title, "text": text} for key, (title, text) in zip(keys, texts, strict=True)],
    )  # fmt: skip
    record(Verb.PRINCIPLES_ADOPTED, subject=principles, by=by, about=coalition, now=now, version=principles.version)
    return principles


def _keys(titles: Sequence[str]) -> list[str]:
    """A short key for each title; titles that begin alike get a number."""
    keys: list[str] = []
    for number, title in enumerate(titles, start=1):
        key = slugify(unidecode(title))[:17].strip("-") or "principe"
        keys.append(key if key not in keys else f"{key}-{number}")
    return keys


@transaction.atomic
def set_season(
    *, coalition: Coalition, crop: str, fresh: str, glass: str, storage: str, by: "Person | None", now: datetime
) -> Season | None:
    """Write down what a coalition knows better about a crop; three empty texts go back to the calendar of the house."""
    permits.must_coordinate(by, coalition, now)
    if crop not in seasons.CROPS:
        raise Refusal(_("Choose one of the list."), field="crop")
    months = {"fresh": fresh, "glass": glass, "storage": storage}
    for field, text in months.items():
        try:
            months[field] = seasons.clean_months(text)
        except Refusal as refusal:
            raise Refusal(str(refusal), field=field) from refusal
    if not any(months.values()):
        season = None
        Season.objects.filter(coalition=coalition, crop=crop).delete()
    else:
        season, _created = Season.objects.update_or_create(coalition=coalition, crop=crop, defaults=months)
    record(Verb.SEASON_CHANGED, subject=season, by=by, about=coalition, now=now, crop=crop)
    return season
