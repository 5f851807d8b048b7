"""What templates say of producers."""

from django import template
from django.urls import reverse

from coalition.producers.models import Photo
from coalition.producers.pictures import WIDTHS

register = template.Library()


@register.simple_tag
def photo_url(photo: Photo, width: int) -> str:
    """Where a photo stands that everybody may see, in the smallest kept size of at least `width` dots."""
    return reverse("producer_photo", args=[photo.file, next((one for one in WIDTHS if one >= width), WIDTHS[-1])])


@register.simple_tag
def photo_sizes(photo: Photo) -> str:
    """The same photo in all its sizes, as `srcset` wants them; a size bigger than the photo itself is left out."""
    sizes = [width for width in WIDTHS if width <= photo.width] or WIDTHS[:1]
    return ", ".join(f"{reverse('producer_photo', args=[photo.file, width])} {width}w" for width in sizes)
