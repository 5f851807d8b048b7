"""The sizes of all pictures in a body, looked up together: one query for one picture and for thirty."""

from collections.abc import Iterable

from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

FORMAT = "format-webp"
# As the templates ask for them: a picture alone, one of several, the still of a film, and the large one behind a small.
WIDE = tuple(f"width-{width}|{FORMAT}" for width in (480, 800, 1200))
SMALL = tuple(f"fill-{width}x{width * 3 // 4}|{FORMAT}" for width in (320, 640))
STILL = tuple(f"fill-{width}x{width * 9 // 16}|{FORMAT}" for width in (480, 800, 1200))
LARGE = f"max-1600x1600|{FORMAT}"


def with_sizes(keys: Iterable[int]) -> dict[int, AbstractImage]:
    """Pictures that know which of their sizes exist, by key (one query; one more where a picture has no size yet)."""
    keys, found = set(keys), {}
    specs = [*WIDE, *SMALL, *STILL, LARGE]
    sizes = get_image_model().get_rendition_model().objects.filter(image__in=keys, filter_spec__in=specs)
    for size in sizes.select_related("image").order_by("pk"):
        picture = found.setdefault(size.image_id, size.image)
        picture.__dict__.setdefault("prefetched_renditions", []).append(size)
    bare = get_image_model().objects.in_bulk(keys - found.keys()) if keys - found.keys() else {}
    for picture in bare.values():
        picture.prefetched_renditions = []
    return found | bare
