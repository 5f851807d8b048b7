"""What pages with producers need: addresses of photos, and the way a profile is written."""

from django import template

from coalition.producers.models import Photo

register = template.Library()
# The widths in which a photo is kept ready.
WIDTHS = (480, 960, 1600)


@register.simple_tag
def photo_url(photo: Photo, width: int) -> str:
    """`{% photo_url photo 480 %}`: the address of a photo, at most so many pixels wide."""
    return f"/foto/{photo.file}-{width}.jpg"


@register.simple_tag
def photo_sources(photo: Photo) -> str:
    """The widths of a photo for `srcset`; none is wider than the photo itself, but for the smallest."""
    fitting = [width for width in WIDTHS if width <= photo.width] or WIDTHS[:1]
    return ", ".join(f"{photo_url(photo, width)} {width}w" for width in fitting)
