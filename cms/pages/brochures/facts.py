"""A brochure as plain facts for the press: what is public of each producer, and only what he agreed to show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.pages.brochures import ground
from cms.pages.brochures.selection import producers_of
from cms.pages.producers import fresh
from cms.pages.producers.results import way
from cms.templatetags.words import date_medium
from coalition.base.dates import local_day
from coalition.brochures.contents import Brochure, CropRow, Line, Picture, ProducerFacts
from coalition.membership.queries import member_municipalities
from coalition.producers import hours, seasons
from coalition.producers.models import Label, Producer, SalesChannel
from coalition.producers.pictures import path_of
from coalition.producers.seasons import Months, SeasonState
from coalition.producers.words import Contact

if TYPE_CHECKING:
    from cms.pages.brochures.page import BrochurePage

# Languages that the press has words for; a page in another one is printed in Dutch.
PRINTED = ("nl", "fr")
# Wide enough for its frame on paper, and quick to read.
PHOTO_WIDTH = 800
# With fewer crops than these a calendar shows those of the house.
FULL_CALENDAR = 12
SIGNS = {SeasonState.FRESH: "fresh", SeasonState.GLASS: "glass", SeasonState.STORAGE: "stored", SeasonState.NONE: ""}


def language_of(page: "BrochurePage") -> str:
    code = page.locale.language_code
    return code if code in PRINTED else PRINTED[0]


def brochure_of(page: "BrochurePage", *, now: datetime) -> Brochure:
    """The brochure as it is at this moment, in the language of its page; the same queries for 3 and 300 producers."""
    with override(language_of(page)):
        return told(page, producers_of(page, local_day(now)), day=local_day(now))


def told(page: "BrochurePage", rows: Sequence[Producer], *, day: date) -> Brochure:
    """The brochure of these producers (`coalition.producers.queries.with_offer`), in the language of the moment."""
    coalition, language = page.coalition, language_of(page)
    members = member_municipalities(day, coalition) if coalition else []
    managing = next((row.name for row in members if coalition.managing_municipality_id == row.pk), "")
    facts = tuple(producer_facts(row, number, language) for number, row in enumerate(rows, start=1))
    return Brochure(
        title=page.title,
        subtitle=coalition.subtitle if coalition else "",
        coalition=coalition.name if coalition else "",
        language=language,
        day=day,
        url=urljoin(settings.PUBLIC_URL, page.get_url() or "/"),
        intro=paragraphs(page.intro),
        municipalities=tuple(row.name for row in members),
        accent=coalition.accent if coalition else "leaf",
        publisher=", ".join(filter(None, [coalition.name if coalition else "", managing])),
        producers=facts,
        calendar=_calendar(rows, fresh.calendar(coalition)) if page.with_calendar else (),
        map=ground.drawing(coalition, rows, day) if page.with_map and coalition else None,
        cover=Picture(page.cover.file.name, page.cover_alt) if page.cover else None,
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs, headings and lines of a rich text, without any of its marks."""
    soup = BeautifulSoup(text, "html.parser")
    parts = (part.get_text(" ", strip=True) for part in soup.find_all(["p", "h2", "h3", "h4", "li", "blockquote"]))
    return tuple(" ".join(part.split()) for part in parts if part)


# --- one producer


def producer_facts(row: Producer, number: int, language: str) -> ProducerFacts:
    return ProducerFacts(
        number=number,
        name=row.name,
        place=row.place,
        municipality=row.municipality.name if row.municipality else "",
        story=row.story,
        products=tuple(dict.fromkeys(product.name for product in row.products.all())),
        channels=tuple(_channel(channel, language) for channel in row.channels.all()),
        hours="\n".join(_hours(row, language)),
        contact=tuple(_contact(row)),
        labels=tuple(_label(label) for label in row.labels.all()),
        url=urljoin(settings.PUBLIC_URL, reverse("producer", args=[row.slug])),
        picture=_picture(row),
    )


def _channel(channel: SalesChannel, language: str) -> str:
    told = way(channel)
    notes = [
        *told.notes,
        hours.in_words(channel.opening_hours, language) if channel.opening_hours else "",
        channel.note,
    ]
    notes = [note for note in notes if note]
    return f"{told.word} ({'; '.join(notes)})" if notes else told.word


def _hours(row: Producer, language: str) -> list[str]:
    lines = hours.rules_in_words(row.opening_hours, language) if row.opening_hours else []
    return [*filter(None, [*lines, row.hours_note]), *map(_closed, row.closures.all())]


def _closed(closure) -> str:
    if closure.first_day == closure.last_day:
        return _("closed on %(day)s") % {"day": date_medium(closure.first_day)}
    days = {"first": date_medium(closure.first_day), "last": date_medium(closure.last_day)}
    return _("closed from %(first)s to %(last)s") % days


def _contact(row: Producer) -> list[Line]:
    """Only what he agreed to show, and his village."""
    town = " ".join(filter(None, [row.postcode, row.place]))
    street = row.shows(Contact.ADDRESS)
    phone, email, website = (row.shows(field) for field in (Contact.PHONE, Contact.EMAIL, Contact.WEBSITE))
    lines = [Line(row.shows(Contact.CONTACT_NAME)), Line(", ".join([street, town]) if street else "")]
    lines += [Line(phone, "tel:" + "".join(sign for sign in phone if sign.isdigit() or sign == "+"))]
    lines += [Line(email, f"mailto:{email}"), Line(website.split("://")[-1].rstrip("/"), website)]
    return [line for line in lines if line.text]


def _label(label: Label) -> str:
    return f"{label} ({label.body})" if label.body else str(label)


def _picture(row: Producer) -> Picture | None:
    photo = next(iter(row.photos.all()), None)
    return Picture(path_of(photo.file, PHOTO_WIDTH), photo.alt) if photo else None


# --- the year


def crops_shown(rows: Sequence[Producer], known: Mapping[str, Months]) -> list[str]:
    """The crops that somebody in the brochure has, by name; those of the house where that would be a poor calendar."""
    had = {product.crop for row in rows for product in row.products.all() if product.crop in known}
    return fresh.sorted_by_name(list(had if len(had) >= FULL_CALENDAR else known))


def _calendar(rows: Sequence[Producer], known: Mapping[str, Months]) -> tuple[CropRow, ...]:
    return tuple(
        CropRow(fresh.name_of(crop), tuple(SIGNS[state] for state in seasons.strip(known[crop])))
        for crop in crops_shown(rows, known)
    )
