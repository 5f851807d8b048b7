"""In which languages pages may stand, and on which ground: the language law, objects in, answers out (L-4.1 to L-4.5).

Dutch comes first, always. A municipality with facilities tells its public the same in French; elsewhere another
language is the exception that says what it is for, and a translation of what stands in Dutch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.territory.rules import needs_french

if TYPE_CHECKING:
    from coalition.membership.models import Coalition
    from coalition.territory.models import Municipality

DUTCH, FRENCH = "nl", "fr"
# What a recognised tourist centre adds to Dutch, both or neither; English may come on top (L-4.4).
TOURIST = frozenset({"fr", "de"})


class Choice(models.TextChoices):
    """What a coalition with a facility municipality among its members decided about its shared pages (L-4.3)."""

    BOTH = "both", _("every shared page in Dutch and in French")
    DUTCH = "dutch", _("shared pages in Dutch, and in French where the coalition wants it")


class Ground(models.TextChoices):
    """Why pages may stand in a language that the law does not ask for."""

    TRANSLATION = "translation", _("translation for a special purpose")
    TOURIST = "tourist", _("recognised tourist centre")


@dataclass(frozen=True)
class Voice:
    """Who speaks on a page: a municipality in its corner, a coalition on its shared pages, or the platform (neither).

    `with_facilities`: the municipality has facilities, or one that has is a member. `grounds`: language to ground.
    """

    municipality: "Municipality | None" = None
    coalition: "Coalition | None" = None
    with_facilities: bool = False
    choice: Choice = Choice.BOTH
    grounds: dict[str, Ground] = field(default_factory=dict)


def must_be_french(voice: Voice) -> bool:
    """Whether each page of this voice that is told to the public stands in French beside Dutch."""
    if voice.municipality is not None:
        return needs_french(voice.municipality.regime)
    return voice.coalition is not None and voice.with_facilities and voice.choice == Choice.BOTH


def may_speak(voice: Voice, language: str) -> bool:
    """Whether pages of this voice may stand in `language` at all."""
    if language == DUTCH or (language == FRENCH and voice.with_facilities):
        return True
    return language in voice.grounds


def lacking_for_tourists(voice: Voice, language: str, there: Iterable[str]) -> set[str]:
    """What a page on the ground of tourism still lacks when it stands in `there` and is to stand in `language`."""
    if voice.grounds.get(language) != Ground.TOURIST:
        return set()
    return set(TOURIST - {language, *there})
