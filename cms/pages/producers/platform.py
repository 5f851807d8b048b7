"""Producers of all coalitions together: who looks for eggs does not ask where a border runs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.base.cache import keep
from cms.pages.producers import calendar, listing
from cms.pages.producers.index import ProducerIndexPage
from cms.pages.producers.scope import everywhere
from coalition.base.dates import local_day
from coalition.producers import queries


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """/producenten/: the list with a map beside it."""
    return _directory(request, reverse("producers"), "list")


@require_safe
def on_a_map(request: HttpRequest) -> HttpResponse:
    """/kaart/: the same with the map first."""
    return _directory(request, reverse("producers_map"), "map")


@require_safe
def as_list(request: HttpRequest) -> HttpResponse:
    """/kaart/lijst/: all that the map says, without a map."""
    return _directory(request, reverse("producers_list"), "words")


def _directory(request: HttpRequest, address: str, shape: str) -> HttpResponse:
    context = listing.directory(request, everywhere(), address, now=timezone.now(), shape=shape)
    return keep(render(request, ProducerIndexPage.template, context))


@require_safe
def seasons(request: HttpRequest) -> HttpResponse:
    """/producenten/seizoen/: the calendar of the house."""
    home = reverse("producers")
    context = calendar.seasons_page(request, everywhere(), home, now=timezone.now())
    context |= {"directory_url": home, "directory_title": _("Producers")}
    return keep(render(request, calendar.TEMPLATE, context))


@require_safe
def producer(request: HttpRequest, producer: str) -> HttpResponse:
    """His page stands in a coalition: the first, by name, that shows him. Raises Http404 where none does."""
    day, scope = local_day(timezone.now()), everywhere()
    row = queries.public(day, among=scope.among).filter(slug=producer).only("pk").first()
    where = queries.where_listed([row.pk], day, scope.among) if row else {}
    if row is None or row.pk not in where:
        raise Http404
    return redirect(f"{scope.directories[where[row.pk].pk]}{producer}/")
