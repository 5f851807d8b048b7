"""What a directory shows: the form with what was asked, what was understood of it, and the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.base.cache import keep_until
from cms.pages.producers import fresh, maps
from cms.pages.producers import question as asked
from cms.pages.producers.directory import answer
from cms.pages.producers.question import Question
from cms.pages.producers.scope import Scope
from coalition.base import freshness
from coalition.base.dates import local_day
from coalition.membership.queries import member_municipalities
from coalition.producers.words import Category, ChannelKind, LabelKind


@dataclass(frozen=True)
class Choice:
    """One filter that is a list: its name in the address, its words, and what may be chosen."""

    name: str
    label: str
    everything: str
    options: Sequence[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Tick:
    """One filter that is on or off."""

    name: str
    label: str
    on: bool


@dataclass(frozen=True)
class Chip:
    """A filter that is on, in words, and the address without it."""

    words: str
    without: str


def directory(request: HttpRequest, scope: Scope, address: str, *, now: datetime, shape: str = "list") -> dict:
    """The context of a directory at `address`; a page that says who is open is kept no longer than that is true.

    `shape` is "list" (with a map beside it), "map" (the map first) or "words" (no map).
    """
    question = Question.read(request.GET)
    found = answer(question, scope, now)
    keep_until(request, found.boundary)
    choices = _choices(question, _municipalities(scope, local_day(now)))
    ticks = _ticks(question)
    return {
        "question": question,
        "answer": found,
        "choices": choices,
        "ticks": ticks,
        "chips": list(_chips(question, choices, ticks)),
        "address": address,
        "previous": question.address(p=str(found.part.number - 1)),
        "next": question.address(p=str(found.part.number + 1)),
        "shape": shape,
        "everywhere": scope.coalition is None,
        "seasons_url": f"{address}seizoen/" if scope.coalition else reverse("producers_seasons"),
        "map": None if shape == "words" else maps.of_results(scope, found.results, local_day(now)),
        "now": now,
    }


def _municipalities(scope: Scope, day: date) -> list[tuple[str, str]]:
    """The municipalities that take part, as NIS code and name; remembered while nothing changes."""
    slug = scope.coalition.slug if scope.coalition else "site"
    name = f"choice:{slug}:{day}:{get_language()}"
    rows = freshness.remembered(
        name, lambda: [(m.nis, m.name) for m in member_municipalities(day, scope.coalition)], slug
    )
    return sorted(rows, key=lambda row: row[1])


def _choices(question: Question, municipalities: Sequence[tuple[str, str]]) -> list[Choice]:
    return [
        Choice(asked.CATEGORY, _("Product"), _("all products"), _options(Category.choices), question.category),
        Choice(asked.CHANNEL, _("How to buy"), _("all ways"), _options(ChannelKind.choices), question.channel),
        Choice(asked.MUNICIPALITY, _("Municipality"), _("everywhere"), municipalities, question.municipality),
        Choice(asked.LABEL, _("Label"), _("with or without"), _options(LabelKind.choices), question.label),
    ]


def _options(choices: Iterable[tuple[str, str | Promise]]) -> list[tuple[str, str]]:
    return [(value, str(word)) for value, word in choices]


def _ticks(question: Question) -> list[Tick]:
    return [
        Tick(asked.OPEN_NOW, _("open now"), question.open_now),
        Tick(asked.OPEN_SUNDAY, _("open on Sunday"), question.open_sunday),
        Tick(asked.IN_SEASON, _("fresh in season now"), question.in_season),
    ]


def _chips(question: Question, choices: Iterable[Choice], ticks: Iterable[Tick]) -> Iterable[Chip]:
    for choice in choices:
        if choice.chosen:
            words = dict(choice.options).get(choice.chosen, choice.chosen)
            yield Chip(words, question.address(**{choice.name: ""}))
    if question.crop:
        yield Chip(fresh.name_of(question.crop), question.address(**{asked.CROP: ""}))
    for tick in ticks:
        if tick.on:
            yield Chip(tick.label, question.address(**{tick.name: ""}))
