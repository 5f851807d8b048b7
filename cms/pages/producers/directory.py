"""The directory of producers: what is asked, what was understood, and the answers, nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from cms.pages.producers import around, clock, fresh
from cms.pages.producers.around import Spot
from cms.pages.producers.question import Question
from cms.pages.producers.results import Result, result
from cms.pages.producers.scope import Scope
from coalition.base import geo
from coalition.base.dates import local_day
from coalition.producers import queries
from coalition.producers.models import Producer
from coalition.territory.rules import fold

PER_PAGE = 30
SUNDAY = (6 * 1440, 7 * 1440)


@dataclass(frozen=True)
class Answer:
    """What a question found: how many, those of this page, and the place from which was measured."""

    total: int
    results: Sequence[Result]
    part: Page
    spot: Spot | None = None
    # The words that were looked for in names and products; empty where they are a place.
    words: str = ""
    # When what is said of opening hours is no longer true.
    boundary: datetime | None = None


@dataclass(frozen=True)
class _Found:
    """The ids in their order, and how far each is, in metres."""

    ids: Sequence[int]
    spot: Spot | None = None
    words: str = ""
    metres: dict[int, float] = field(default_factory=dict)


def answer(question: Question, scope: Scope, now: datetime) -> Answer:
    """The producers that answer, in at most ten queries however many there are."""
    day = local_day(now)
    found = _find(question, _filtered(question, scope, now), day)
    part = Paginator(found.ids, PER_PAGE).get_page(question.page or 1)
    rows = queries.with_summary(Producer.objects.filter(pk__in=part.object_list), day)
    by_id = {row.pk: row for row in rows}
    shown = [by_id[pk] for pk in part.object_list if pk in by_id]
    homes = _homes(scope, shown, day)
    results = [
        result(row, number, homes.get(row.pk, ""), found.metres.get(row.pk), now)
        for number, row in enumerate(shown, part.start_index() if found.ids else 1)
    ]
    return Answer(
        total=len(found.ids),
        results=results,
        part=part,
        spot=found.spot,
        words=found.words,
        boundary=clock.first(one.state for one in results),
    )


def _homes(scope: Scope, shown: Sequence[Producer], day: date) -> dict[int, str]:
    """The address of each producer's own page; one query where there are several coalitions."""
    if scope.coalition is not None:
        (address,) = scope.directories.values()
        return {row.pk: f"{address}{row.slug}/" for row in shown}
    where = queries.where_listed([row.pk for row in shown], day, scope.among)
    return {row.pk: f"{scope.directories[where[row.pk].pk]}{row.slug}/" for row in shown if row.pk in where}


# --- which


def _filtered(question: Question, scope: Scope, now: datetime) -> QuerySet[Producer]:
    day = local_day(now)
    rows = queries.public(day, among=scope.among)
    if question.category or question.crop:
        crops = [question.crop] if question.crop else None
        rows = queries.making(rows, category=question.category, crops=crops)
    if question.in_season:
        rows = queries.making(rows, crops=fresh.crops(day.month, fresh.calendar(scope.coalition)))
    if question.channel:
        rows = queries.selling_by(rows, question.channel)
    if question.label:
        rows = queries.bearing(rows, question.label, day)
    if question.municipality:
        rows = rows.filter(municipality__nis=question.municipality)
    if question.open_sunday:
        rows = queries.open_between(rows, *SUNDAY, also=clock.open_on_sunday(day))
    if question.open_now:
        rows = queries.open_at(rows, clock.minute_of_week(now), day, also=clock.open_at(now))
    return rows


def _find(question: Question, rows: QuerySet[Producer], day: date) -> _Found:
    """A place of exactly this name; else who has these words in his name or offer; else the likeliest place."""
    if not question.words:
        return _by_name(queries.places_of(rows))
    meant = around.meant(question.words, day)
    if meant is None or not meant.exact:
        said = queries.places_of(queries.saying(rows, fold(question.words).split()))
        if said or meant is None:
            return replace(_by_name(said), words=question.words)
    return _by_distance(queries.places_of(rows), meant.spot)


# --- in which order


def _by_name(places: Sequence[tuple]) -> _Found:
    return _Found([place[0] for place in sorted(places, key=lambda place: (_alphabetical(place[1]), place[0]))])


def _alphabetical(name: str) -> str:
    """Folding is slow, and most names have no accents."""
    return name.lower() if name.isascii() else fold(name)


def _by_distance(places: Sequence[tuple], spot: Spot) -> _Found:
    """The nearest first, also across the border of a municipality; who has no place stands last, by name."""
    spot = around.settled(spot, places)
    placed = [place for place in places if place[2] is not None] if spot.point else []
    east, north = spot.point or (0, 0)
    metres = geo.distances([row[2] for row in placed], [row[3] for row in placed], longitude=east, latitude=north)
    far = {place[0]: way for place, way in zip(placed, metres.tolist(), strict=True)}
    last = float("inf")
    order = sorted(places, key=lambda place: (far.get(place[0], last), place[1], place[0]))
    return _Found([place[0] for place in order], spot, metres=far)
