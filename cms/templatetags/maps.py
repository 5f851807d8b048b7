"""A map on a page: the list of places first, a picture for everybody, a map to move for whoever has JavaScript."""

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from cms.pages.places import Map

register = template.Library()
LEAFLET = "leaflet/leaflet.js"


@register.inclusion_tag("cms/parts/map.html")
def map(map: Map | None) -> dict:  # noqa: A001  the word that page authors write
    """`{% map map %}`: nothing where there is no map."""
    return {"map": map, "with_leaflet": map is not None and bool(map.svg) and _leaflet_is_here()}


def _leaflet_is_here() -> bool:
    """Whether the map library is served: among the collected files, or in the package folder while developing."""
    collected = getattr(staticfiles_storage, "hashed_files", None)
    return LEAFLET in collected if collected else finders.find(LEAFLET) is not None
