"""Looking back, and looking at what is public."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from coalition.activity.models import Entry, Notice

if TYPE_CHECKING:
    from coalition.membership.models import Coalition


def feed_for(coalition: "Coalition") -> QuerySet[Entry]:
    """What happened in a coalition, newest first."""
    return Entry.objects.filter(coalition=coalition).select_related("by")


def since(coalition: "Coalition", moment: datetime) -> QuerySet[Entry]:
    """What happened in a coalition after `moment`, newest first."""
    return feed_for(coalition).filter(at__gt=moment)


def public_pages(coalition: "Coalition") -> QuerySet[Notice]:
    """The pages of a coalition that everybody may read, newest change first."""
    return Notice.objects.filter(coalition=coalition, visible=True).order_by("-changed_at", "-pk")


def translations_of(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    """The public pages that say the same in another language: the key of the Dutch page to its versions (one query)."""
    found: dict[str, list[Notice]] = {}
    rows = Notice.objects.filter(translation_of__in=[notice.key for notice in notices], visible=True)
    for version in rows.order_by("language"):
        found.setdefault(version.translation_of, []).append(version)
    return found
