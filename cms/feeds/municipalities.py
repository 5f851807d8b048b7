"""Outlines of the municipalities in coalitions as GeoJSON: for our own map, and for whoever reuses open data."""

import hashlib
import json

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from cms.pages.places import memberships_shown, public_coalition_pages
from coalition.base.dates import local_day
from coalition.membership.models import Membership
from coalition.membership.rules import Standing

MAX_AGE = 300


@require_safe
@gzip_page
def municipalities(request: HttpRequest) -> HttpResponseBase:
    """The municipalities of one coalition (`?coalitie=<slug>`) or of all, simplified, in no particular language."""
    content = json.dumps(_collection(request.GET.get("coalitie")), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/geo+json")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="gemeenten.geojson"'
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return get_conditional_response(request, etag=etag, response=response)


def _collection(slug: str | None) -> dict:
    pages = public_coalition_pages()
    if slug is not None and not slug_re.fullmatch(slug):
        raise Http404
    if slug is not None:
        pages = pages.filter(coalition__slug=slug)
    coalitions = {page.coalition_id: page.coalition for page in pages}
    if slug is not None and not coalitions:
        raise Http404
    features: dict[str, dict] = {}
    for membership, standing in memberships_shown(coalitions.values(), local_day(timezone.now())):
        if membership.municipality.outline:
            feature = features.setdefault(membership.municipality.nis, _feature(membership))
            told = {"slug": coalitions[membership.coalition_id].slug, "standing": _standing(standing)}
            feature["properties"]["coalitions"].append(told)
    return {"type": "FeatureCollection", "features": list(features.values())}


def _standing(standing: Standing) -> str:
    return str(standing.value)


def _feature(membership: Membership) -> dict:
    municipality = membership.municipality
    return {
        "type": "Feature",
        "id": municipality.nis,
        "properties": {
            "nis": municipality.nis,
            "name_nl": municipality.name_nl,
            "name_fr": municipality.name_fr,
            "schematic": municipality.is_schematic,
            "source": municipality.source,
            "coalitions": [],
        },
        "geometry": json.loads(municipality.outline),
    }
