"""What front pages tell of places: which municipalities stand where, as a list and as a map of the same facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.base.closed import not_closed
from coalition.base import freshness, geo
from coalition.base.dates import local_day
from coalition.membership.models import Coalition, Membership
from coalition.membership.rules import Standing
from coalition.press.drawing import TEXTURES, Ground, Kind, Pin, Shape, ground

if TYPE_CHECKING:
    from cms.pages.coalitions import CoalitionPage
    from cms.pages.home import HomePage
    from coalition.territory.models import Municipality

NEWS_SHOWN = 6
# In this order readers see them; who is only invited or has asked to join is not yet a fact for readers.
SHOWN = (Standing.MEMBER, Standing.OBSERVER, Standing.PLANNED)
TEXTURE_OF = {Standing.MEMBER: "plain", Standing.OBSERVER: "dotted", Standing.PLANNED: "hatched"}
# For paper; on a screen the style sheet knows the accents.
COLOURS = {"leaf": "#2f6b3c", "beet": "#8c1d4b", "wheat": "#8a5a00", "sky": "#1f5c8b", "brick": "#a13d1e"}


@dataclass(frozen=True)
class Member:
    """One municipality in a coalition, for readers; `note` tells where it went if it has merged."""

    municipality: str
    nis: str
    standing: str
    standing_label: str
    valid_from: date | None
    decision_body: str
    decision_date: date | None
    decision_url: str
    is_managing: bool
    note: str
    # The municipality's own corner; empty where it has none.
    url: str = ""


@dataclass(frozen=True)
class Card:
    """A coalition as it stands on the front page of the platform."""

    name: str
    subtitle: str
    url: str
    accent: str
    is_demo: bool
    members: tuple[str, ...]

    @property
    def members_count(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Place:
    """A municipality in the list beside a map; `words` say of it what its colour and texture say on the map."""

    nis: str
    name: str
    words: str
    kind: Kind
    drawn: bool


@dataclass(frozen=True)
class Map:
    """A map and the list of the same facts, for `{% map map %}`.

    With pins the list of them stands elsewhere on the page, or in `spots`; its items carry `data-pin`.
    """

    prefix: str
    title: str
    ground: Ground | None
    data_url: str
    places: tuple[Place, ...]
    sources: tuple[str, ...]
    schematic: bool
    pins: tuple[Pin, ...] = ()
    spots: tuple["Spot", ...] = ()

    @cached_property
    def svg(self) -> SafeString:
        """The drawing; empty where no municipality has a boundary."""
        return self.ground.with_pins(self.pins) if self.ground else mark_safe("")


@dataclass(frozen=True)
class Spot:
    """A pin that is named in the map itself, in `words` after its name; `exact` when it is not only nearly there."""

    name: str
    words: str
    longitude: float
    latitude: float
    exact: bool = True


def with_pins(map: Map | None, pins: tuple[Pin, ...]) -> Map | None:  # noqa: A002  as in {% map map %}
    """The same map with the producers that the page names."""
    return replace(map, pins=pins) if map is not None and pins else map


def of_municipality(municipality: "Municipality", pins: tuple[Pin, ...]) -> Map | None:
    """One municipality with the producers that the page names; None where there is nothing to show."""
    kind = Kind("own", _("municipality"), texture="plain")
    found = _map([(municipality, kind, "")], title=_("Producers in %(name)s") % {"name": municipality.name}, query="")
    return with_pins(found, pins) if pins and found is not None and found.ground else None


def memberships_shown(coalitions: Iterable[Coalition], day: date) -> list[tuple[Membership, Standing]]:
    """The memberships that readers may know of on `day`, with outlines, in the readers' order (one query)."""
    rows = (
        Membership.objects.filter(coalition__in=list(coalitions))
        .select_related("municipality__successor")
        .defer("municipality__boundary", "municipality__successor__boundary", "municipality__successor__outline")
        .annotate(corner=_corner())
        .order_by("municipality__name_nl", "municipality__nis")
    )
    told = [(row, row.state_on(day)) for row in rows]
    return sorted((pair for pair in told if pair[1] in SHOWN), key=lambda pair: SHOWN.index(pair[1]))


def _corner() -> Subquery:
    """The path of slugs of a municipality's public corner in Dutch, which has no prefix."""
    from cms.pages.municipalities import MunicipalityPage

    corners = MunicipalityPage.objects.filter(
        municipality=OuterRef("municipality"), live=True, view_restrictions__isnull=True,
        locale__language_code=settings.LANGUAGE_CODE,
    )  # fmt: skip
    return Subquery(corners.values("url_path")[:1])


def corner_url(path: str | None) -> str:
    """The address of a corner, from its path of slugs below the front page; empty where there is none."""
    return "/" + path.split("/", 2)[2] if path else ""


def public_coalition_pages() -> QuerySet["CoalitionPage"]:
    """The coalitions' front pages that anybody may read."""
    from cms.pages.coalitions import CoalitionPage

    return CoalitionPage.objects.live().filter(not_closed(), coalition__isnull=False).select_related("coalition")


# --- the front page of the platform


def of_all_coalitions(page: "HomePage", request: HttpRequest) -> dict:
    """`coalitions` (cards) and `map` (None where there is nothing to show); the same queries for 1 and for 100."""
    day = local_day(timezone.now())
    name = f"coalitions:{page.pk}:{day}:{get_language()}:{request.get_host()}"
    return freshness.remembered(name, lambda: _all_coalitions(page, request, day), "site")


def _all_coalitions(page: "HomePage", request: HttpRequest, day: date) -> dict:
    pages = list(public_coalition_pages().child_of(page).order_by("title"))
    members: dict[int, list[Membership]] = defaultdict(list)
    for membership, standing in memberships_shown([p.coalition for p in pages], day):
        if standing == Standing.MEMBER:
            members[membership.coalition_id].append(membership)
    cards = [_card(p, members[p.coalition_id], request) for p in pages]
    return {"coalitions": cards, "map": _map_of_coalitions([p.coalition for p in pages], members)}


def _card(page: "CoalitionPage", members: Sequence[Membership], request: HttpRequest) -> Card:
    coalition = page.coalition
    return Card(
        name=coalition.name,
        subtitle=coalition.subtitle,
        url=page.get_url(request),
        accent=coalition.accent,
        is_demo=coalition.is_demo,
        members=tuple(membership.municipality.name for membership in members),
    )


def _map_of_coalitions(coalitions: Sequence[Coalition], members: dict[int, list[Membership]]) -> Map | None:
    kinds = _kinds_of_coalitions(coalitions)
    several = Kind("several", _("in several coalitions"), colour="#1f2a24", texture="hatched")
    found: dict[int, list[Membership]] = defaultdict(list)
    for coalition in coalitions:
        for membership in members[coalition.pk]:
            found[membership.municipality_id].append(membership)
    names = {coalition.pk: coalition.name for coalition in coalitions}
    told = [
        (
            rows[0].municipality,
            kinds[rows[0].coalition_id] if len(rows) == 1 else several,
            ", ".join(names[row.coalition_id] for row in rows),
        )
        for rows in found.values()
    ]
    return _map(sorted(told, key=lambda one: (one[2], one[0].name)), title=_("Where the coalitions are"), query="")


def _kinds_of_coalitions(coalitions: Iterable[Coalition]) -> dict[int, Kind]:
    """A colour for each coalition; those with the same accent differ by texture."""
    used: dict[str, int] = defaultdict(int)
    kinds = {}
    for coalition in coalitions:
        texture = TEXTURES[used[coalition.accent] % 3]
        used[coalition.accent] += 1
        kinds[coalition.pk] = _kind(f"c{coalition.pk}", coalition.name, coalition, texture)
    return kinds


def _kind(key: str, word: str, coalition: Coalition, texture: str) -> Kind:
    return Kind(key, word, COLOURS.get(coalition.accent, COLOURS["leaf"]), texture, coalition.accent)


# --- the front page of one coalition


def of_coalition(page: "CoalitionPage", request: HttpRequest) -> dict:
    """`members` (ordered by standing), `map` (None where there is nothing to show) and `news` (the latest six)."""
    from cms.pages.news import NewsPage

    news = NewsPage.objects.descendant_of(page).live().filter(not_closed(page)).order_by("-first_published_at", "-pk")
    context = {"members": [], "map": None, "news": list(news.select_related("picture")[:NEWS_SHOWN])}
    if page.coalition is None:
        return context
    coalition, day = page.coalition, local_day(timezone.now())
    name = f"members:{coalition.pk}:{day}:{get_language()}"
    return context | freshness.remembered(name, lambda: _members_and_map(coalition, day), coalition.slug)


def _members_and_map(coalition: Coalition, day: date) -> dict:
    told = memberships_shown([coalition], day)
    members = [_member(membership, standing, coalition) for membership, standing in told]
    return {"members": members, "map": _map_of_members(coalition, told)}


def _member(membership: Membership, standing: Standing, coalition: Coalition) -> Member:
    municipality = membership.municipality
    return Member(
        municipality=municipality.name,
        nis=municipality.nis,
        standing=str(standing.value),
        standing_label=str(standing.label),
        valid_from=membership.valid_from,
        decision_body=membership.decision_body,
        decision_date=membership.decision_date,
        decision_url=membership.decision_url,
        is_managing=coalition.managing_municipality_id == municipality.pk,
        note=_merged(membership),
        url=corner_url(membership.corner),
    )


def _merged(membership: Membership) -> str:
    municipality = membership.municipality
    if municipality.successor is None:
        return ""
    return _("merged into %(name)s") % {"name": municipality.successor.name}


def _map_of_members(coalition: Coalition, told: Sequence[tuple[Membership, Standing]]) -> Map | None:
    kinds = {s: _kind(s.value, str(s.label), coalition, TEXTURE_OF[s]) for s in SHOWN}
    rows = []
    for membership, standing in told:
        words = str(standing.label)
        if standing == Standing.PLANNED and membership.valid_from:
            words = _("member from %(day)s") % {"day": date_format(membership.valid_from, "DATE_FORMAT")}
        rows.append((membership.municipality, kinds[standing], words))
    title = _("Municipalities of %(name)s") % {"name": coalition.name}
    return _map(rows, title=title, query=f"?coalitie={coalition.slug}")


# --- the map itself


def _map(rows: Sequence[tuple], *, title: str, query: str) -> Map | None:
    """A map of (municipality, kind, words); municipalities without an outline stand in the list only."""
    if not rows:
        return None
    drawn = [row for row in rows if row[0].outline]
    schematic = any(municipality.is_schematic for municipality, _kind, _words in drawn)
    shapes = [Shape(municipality.name, kind, geo.from_text(municipality.outline)) for municipality, kind, _w in drawn]
    description = ngettext(
        "%(count)s municipality; the list beside the map names it.",
        "%(count)s municipalities; the list beside the map names them.",
        len(rows),
    ) % {"count": len(rows)}
    return Map(
        prefix="map",
        title=title,
        ground=ground(shapes, title=title, description=description, schematic=schematic) if shapes else None,
        data_url=reverse("municipalities_geojson") + query,
        places=tuple(Place(m.nis, m.name, words, kind, bool(m.outline)) for m, kind, words in rows),
        sources=tuple(sorted({m.source for m, _kind, _words in drawn if m.source})),
        schematic=schematic,
    )
