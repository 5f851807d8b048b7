"""Where a reader finds his municipality: by name, village, postcode or the name from before a merger."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cms.pages import places
from coalition.base.dates import local_day
from coalition.membership.models import Membership
from coalition.membership.rules import Standing
from coalition.territory.queries import Match, find

LONGEST = 60


@dataclass(frozen=True)
class Found:
    """A municipality that answers, and the coalitions it takes part in: name, address and standing in words."""

    match: Match
    coalitions: tuple[tuple[str, str, str], ...]


def municipality_finder(request: HttpRequest) -> HttpResponse:
    """The page with the question and its answers; asking changes nothing and leaves nothing behind."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = _answers(asked, request) if asked else []
    return render(request, "cms/finder.html", {"asked": asked, "found": found})


def _answers(asked: str, request: HttpRequest) -> list[Found]:
    """The same few queries for one answer as for ten."""
    day = local_day(timezone.now())
    matches = find(asked, day)
    rows = Membership.objects.filter(municipality__in=[match.municipality.pk for match in matches])
    pages = {page.coalition_id: page for page in places.public_coalition_pages()}
    taking_part = defaultdict(list)
    for row in rows:
        page, standing = pages.get(row.coalition_id), row.state_on(day)
        if page is not None and standing in places.SHOWN:
            entry = (page.coalition.name, page.get_url(request), str(Standing(standing).label))
            taking_part[row.municipality_id].append(entry)
    return [Found(match, tuple(sorted(taking_part[match.municipality.pk]))) for match in matches]
