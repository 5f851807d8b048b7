"""Running text with headings, lists and links; headings start at level 2 because the page title is level 1."""

import re

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]

_HEADING = re.compile(r"<h([1-6])\b")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
# Read on its own, in a list of links, none of these says where it leads (WCAG 2.4.4).
SAYS_NOTHING = {
    "hier", "klik hier", "lees meer", "meer", "meer info", "link", "deze link", "deze pagina",
    "ici", "cliquez ici", "lire la suite", "en savoir plus", "ce lien", "here", "click here", "read more", "more",
}  # fmt: skip


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation:
            for words in _LINK.findall(value.source):
                _refuse_if_it_says_nothing(strip_tags(words))
        return value

    class Meta:
        icon = "pilcrow"
        template = "cms/blocks/text.html"


def heading_levels(source: str) -> list[int]:
    """The levels of the headings in a rich text, in order."""
    return [int(level) for level in _HEADING.findall(source)]


def _refuse_if_it_says_nothing(words: str) -> None:
    if words.strip(" .!…→»\xa0").casefold() in SAYS_NOTHING:
        raise ValidationError(
            _("The link “%(words)s” does not say where it leads. Write what the reader finds there.")
            % {"words": words.strip()}
        )
