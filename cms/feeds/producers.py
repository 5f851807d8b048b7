"""Producers as open data: GeoJSON for maps, and tables for spreadsheets, with their licence and the day of the facts.

Only those who confirmed themselves, with what they agreed to show. Names of people, telephone numbers and e-mail
addresses are not among it even where a page shows them: a list of those is for no one to copy.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from cms.pages.producers.scope import everywhere
from coalition.base import freshness
from coalition.base.dates import local_day
from coalition.base.tables import csv_table, xlsx_table
from coalition.membership.models import Coalition
from coalition.producers.models import Producer, Product, SalesChannel
from coalition.producers.queries import public, public_products, valid_labels
from coalition.producers.words import Category, ChannelKind, Contact, LabelKind

MAX_AGE = 300
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
# Decimals of a place: to the metre where he shows his street, else to the kilometre.
EXACT, ROUGH = 5, 2
MAP_COLUMNS = (
    "pk", "name", "slug", "place", "municipality__nis", "opening_hours", "source", "longitude", "latitude", "shown",
)  # fmt: skip
COLUMNS = (
    "pk", "name", "slug", "postcode", "place", "street", "website", "shown", "longitude", "latitude",
    "municipality__nis", "municipality__name_nl", "enterprise_number", "opening_hours", "hours_note", "source",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- GeoJSON


@require_safe
@gzip_page
def on_a_map(request: HttpRequest) -> HttpResponseBase:
    """The producers of one coalition (`?coalitie=<slug>`) or of all, in no particular language."""
    slug, day = request.GET.get("coalitie"), local_day(timezone.now())
    coalitions = _coalitions(slug)
    scope = "site" if slug is None else slug
    content = freshness.remembered(f"producers.geojson:{scope}:{day}", lambda: _written(coalitions, day), scope)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/geo+json")
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = 'inline; filename="producenten.geojson"'
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return get_conditional_response(request, etag=etag, response=response)


def _coalitions(slug: str | None) -> list[Coalition]:
    """The coalitions whose directory anybody may read; raises Http404 for one that is not among them."""
    if slug is not None and not slug_re.fullmatch(slug):
        raise Http404
    found = list(Coalition.objects.filter(pk__in=everywhere().among).order_by("name"))
    found = [coalition for coalition in found if slug in (None, coalition.slug)]
    if slug is not None and not found:
        raise Http404
    return found


def _written(coalitions: list[Coalition], day: date) -> bytes:
    return json.dumps(collection(coalitions, day), ensure_ascii=False, separators=(",", ":")).encode()


def collection(coalitions: list[Coalition], day: date) -> dict[str, Any]:
    """All producers of some coalitions as a FeatureCollection, each once (four queries).

    Keys of a feature: `n` name, `s` name on the web, `p` village, `m` NIS code of the municipality, `c` categories,
    `k` ways of selling, `l` labels, `h` opening hours (OpenStreetMap), `src` source where it is another's.
    """
    producers = _shown(coalitions, day)
    categories = _gathered(public_products(Product.objects.filter(producer__in=producers)), "category")
    kinds = _gathered(SalesChannel.objects.filter(producer__in=producers), "kind")
    labels = _gathered(valid_labels(day).filter(producer__in=producers), "kind")
    offers = (categories, kinds, labels)
    rows = producers.values_list(*MAP_COLUMNS).iterator(chunk_size=2_000)
    features, sources = [], set()
    for row in rows:
        features.append(_feature(row, *(offer.get(row[0]) for offer in offers)))
        sources.add(row[6])
    return {
        "type": "FeatureCollection",
        "licence": LICENCE_URL,
        "attribution": "; ".join([*(coalition.name for coalition in coalitions), *sorted(sources - {""})]),
        "generated": day.isoformat(),
        "features": features,
    }


def _shown(coalitions: Iterable[Coalition], day: date) -> QuerySet[Producer]:
    return public(day, among=[coalition.pk for coalition in coalitions]).order_by("name", "pk")


def _gathered(rows: QuerySet, column: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in rows.order_by("producer", column).values_list("producer", column).distinct():
        found[key].append(value)
    return found


def _feature(row: tuple, categories: list | None, kinds: list | None, labels: list | None) -> dict[str, Any]:
    _key, name, slug, place, nis, hours, source, longitude, latitude, shown = row
    told = (
        ("n", name), ("s", slug), ("p", place), ("m", nis), ("c", categories), ("k", kinds), ("l", labels),
        ("h", hours), ("src", source),
    )  # fmt: skip
    spot = point(longitude, latitude, shown)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": spot} if spot else None,
        "properties": {name: value for name, value in told if value},
    }


def point(longitude: float | None, latitude: float | None, shown: list[str]) -> tuple[float, float] | None:
    """Longitude and latitude as everybody may know them."""
    if longitude is None or latitude is None:
        return None
    decimals = EXACT if Contact.ADDRESS in shown else ROUGH
    return round(longitude, decimals), round(latitude, decimals)


# --- tables


@require_safe
@gzip_page
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """For Belgian spreadsheets; `?decimaal=komma` writes 50,795 for 50.795."""
    comma = request.GET.get("decimaal") == "komma"
    head, rows = _table(request, slug)
    return _file(csv_table(head, rows, comma=comma), "text/csv; charset=utf-8", f"producenten-{slug}.csv")


@require_safe
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    head, rows = _table(request, slug)
    return _file(xlsx_table(head, rows, about=LICENCE_URL), XLSX, f"producenten-{slug}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _table(request: HttpRequest, slug: str) -> tuple[list[str], Iterator[list[Any]]]:
    coalitions, day = _coalitions(slug), local_day(timezone.now())
    head = [
        _("name"), _("postcode"), _("village or town"), _("municipality"), _("street and number"), _("website"),
        _("latitude"), _("longitude"), _("enterprise number"), _("products"), _("sales channels"), _("labels"),
        _("opening hours"), _("remark about the hours"), _("page"), _("source"), _("licence"), _("day of the facts"),
    ]  # fmt: skip
    return head, _lines(request, coalitions, day)


def _lines(request: HttpRequest, coalitions: list[Coalition], day: date) -> Iterator[list[Any]]:
    producers = _shown(coalitions, day)
    products = _gathered(public_products(Product.objects.filter(producer__in=producers)), "name")
    kinds = _gathered(SalesChannel.objects.filter(producer__in=producers), "kind")
    labels = _gathered(valid_labels(day).filter(producer__in=producers), "kind")
    names = {value: str(label) for choices in (ChannelKind, LabelKind, Category) for value, label in choices.choices}
    for values in producers.values_list(*COLUMNS):
        row = dict(zip(COLUMNS, values, strict=True))
        longitude, latitude = point(row["longitude"], row["latitude"], row["shown"]) or (None, None)
        yield [
            row["name"], row["postcode"], row["place"], row["municipality__name_nl"],
            row["street"] if Contact.ADDRESS in row["shown"] else "",
            row["website"] if Contact.WEBSITE in row["shown"] else "",
            latitude, longitude, row["enterprise_number"], ", ".join(products.get(row["pk"], [])),
            ", ".join(names[kind] for kind in kinds.get(row["pk"], [])),
            ", ".join(names[kind] for kind in labels.get(row["pk"], [])),
            row["opening_hours"], row["hours_note"],
            request.build_absolute_uri(reverse("producer", args=[row["slug"]])), row["source"], LICENCE,
            day.isoformat(),
        ]  # fmt: skip
