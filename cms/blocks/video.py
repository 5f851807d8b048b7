"""A film that stands elsewhere: nothing is asked of anybody before the reader clicks, and the words are here."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.base.policy import allow_frame, frames_allowed
from cms.blocks.choosers import ImageChooser
from cms.blocks.films import Film, film_at

LENGTH = re.compile(r"(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)", re.ASCII)


class VideoValue(blocks.StructValue):
    @property
    def film(self) -> Film | None:
        return film_at(self.get("url") or "")

    @property
    def minutes(self) -> int:
        return int(LENGTH.fullmatch(self["length"])["minutes"]) if self._timed else 0

    @property
    def seconds(self) -> int:
        return int(LENGTH.fullmatch(self["length"])["seconds"]) if self._timed else 0

    @property
    def _timed(self) -> bool:
        return bool(LENGTH.fullmatch(self.get("length") or ""))


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120, help_text=_("What the film is about."))
    url = blocks.URLBlock(label=_("Address of the film"), help_text=_("On YouTube or Vimeo."))
    length = blocks.RegexBlock(
        label=_("Length"), regex=rf"^{LENGTH.pattern}$", help_text=_("Minutes and seconds, such as 3:45."),
        error_messages={"invalid": _("Write minutes and seconds, such as 3:45.")},
    )  # fmt: skip
    captions = blocks.ChoiceBlock(
        label=_("Captions"),
        choices=[
            ("yes", _("The film has captions")),
            ("silent", _("Nobody speaks in the film")),
            ("no", _("The film has no captions")),
        ],
    )
    transcript = blocks.RichTextBlock(
        label=_("What is said and shown"),
        features=["bold", "italic", "ol", "ul", "link"],
        help_text=_(
            "For who cannot hear or see it, and for who would rather read: all that is said, and what is seen."
        ),
    )
    still = ImageChooser(
        label=_("Picture"), required=False, help_text=_("Stands where the film will be.")
    )  # fmt: skip

    class Meta:
        icon = "media"
        template = "cms/blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        value = super().clean(value)
        if value.get("url") and value.film is None:
            error = ValidationError(_("This is not the address of one film on YouTube or Vimeo."))
            raise StructBlockValidationError({"url": error})
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request = context.get("request")
        if value.film and request is not None:
            # The script comes along with the first film only.
            context["is_first"] = not frames_allowed(request)
            allow_frame(request, value.film.host)
        return context
