"""The sizes of all pictures in a body, looked up together: one query for one picture and for thirty."""

from collections.abc import Iterator

from django.db.models import Prefetch, prefetch_related_objects
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

FORMAT = "format-webp"
# As the templates ask for them: a picture alone, one of several, the still of a film, and the large one behind a small.
WIDE = tuple(f"width-{width}|{FORMAT}" for width in (480, 800, 1200))
SMALL = tuple(f"fill-{width}x{width * 3 // 4}|{FORMAT}" for width in (320, 640))
STILL = tuple(f"fill-{width}x{width * 9 // 16}|{FORMAT}" for width in (480, 800, 1200))
LARGE = f"max-1600x1600|{FORMAT}"


def look_up_sizes(body) -> None:
    """Let every picture in `body` know which of its sizes exist (one query, none without pictures)."""
    pictures = list(_pictures_in(body))
    if pictures:
        rendition = get_image_model().get_rendition_model()
        known = rendition.objects.filter(filter_spec__in=[*WIDE, *SMALL, *STILL, LARGE])
        prefetch_related_objects(pictures, Prefetch("renditions", known, to_attr="prefetched_renditions"))


def _pictures_in(value) -> Iterator[AbstractImage]:
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, blocks.StructValue):
        for part in value.values():
            yield from _pictures_in(part)
    elif isinstance(value, blocks.StreamValue):
        for child in value:
            yield from _pictures_in(child.value)
    elif isinstance(value, blocks.list_block.ListValue):
        for part in value:
            yield from _pictures_in(part)
