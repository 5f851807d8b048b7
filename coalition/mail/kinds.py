"""Which kinds of letters there are: each room names its own, the post office knows none of them.

A room's `letters.py` calls `register` once, at start-up (see `coalition.apps`). When a letter is about to leave the
post office asks its kind to `prepare` it: what it is about may have changed since it was written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from coalition.mail.rules import Stream

if TYPE_CHECKING:
    from coalition.mail.models import Letter


class Withhold(Exception):  # noqa: N818  no error: the house changed its mind
    """Raised by `prepare`: this letter shall not leave; the argument is the reason that is kept."""


@dataclass(frozen=True)
class Prepared:
    """What a letter needs to be rendered.

    context: words and objects for the templates `mail/<kind>.html` and `mail/<kind>.txt`;
    subject: one line; headers: extra header fields (List-Unsubscribe ...);
    sender: the name shown beside our address; reply_to: where answers go; language: of the letter.
    Lazy translations in the subject and the context are read in that language.
    """

    subject: str
    context: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    sender: str = ""
    reply_to: str = ""
    language: str = "nl"


Prepare = Callable[["Letter", datetime], Prepared]


@dataclass(frozen=True)
class LetterKind:
    """`name` is also the path of its templates: "digests/edition" is `templates/mail/digests/edition.{html,txt}`.

    retry_when_unknown: what happens when it is not known whether the mail server took it. True sends again with the
    same Message-ID (reminders: at least once); False leaves it (digests: at most once).
    title: what a letter of this kind is called to whoever got it.
    """

    name: str
    stream: Stream
    prepare: Prepare
    retry_when_unknown: bool = True
    title: Any = ""


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> LetterKind:
    """Make a kind of letter known; the same name twice is a mistake in the code."""
    if kind.name in _kinds and _kinds[kind.name] != kind:
        raise ValueError(f"letter kind {kind.name} is registered twice")
    _kinds[kind.name] = kind
    return kind


def find(name: str) -> LetterKind:
    """The kind called `name`; raises LookupError when no room knows it."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no room writes letters of kind {name!r}") from None


def title(name: str) -> Any:
    """What a letter of this kind is called to whoever got it; of a kind that is no more, just a letter."""
    return (_kinds[name].title if name in _kinds else "") or _("Letter")


def names() -> list[str]:
    """All kinds, sorted."""
    return sorted(_kinds)
