"""Whose producers a page shows: those of one coalition, or of all whose directory anybody may read."""

from dataclasses import dataclass

from django.db.models.functions import Left, Length

from cms.base.closed import not_closed
from cms.base.languages import dutch
from coalition.base import freshness
from coalition.membership.models import Coalition

PRODUCERS_SLUG = "producenten"


@dataclass(frozen=True)
class Scope:
    """The coalitions whose producers are shown, and the address of each one's directory; `coalition` when it is one."""

    directories: dict[int, str]
    coalition: Coalition | None = None

    @property
    def among(self) -> list[int]:
        return list(self.directories)


def everywhere() -> Scope:
    """All coalitions whose directory is public; two queries, none while nothing changes."""
    return Scope(freshness.remembered("directories", _directories, "site"))


def directory_of(coalition: Coalition) -> str | None:
    """The address of the public directory of one coalition, None where there is none (one query)."""
    from cms.pages.coalitions import CoalitionPage
    from cms.pages.places import corner_url
    from cms.pages.producers.index import ProducerIndexPage

    above = CoalitionPage.objects.live().filter(coalition=coalition, locale__language_code=dutch())
    indexes = ProducerIndexPage.objects.live().alias(above=Left("path", Length("path") - ProducerIndexPage.steplen))
    paths = indexes.filter(not_closed(), above__in=above.order_by().values("path")).values_list("url_path", flat=True)
    return next((corner_url(path) for path in paths[:1]), None)


def of_one(coalition: Coalition, address: str) -> Scope:
    return Scope({coalition.pk: address}, coalition)


def _directories() -> dict[int, str]:
    """The address of each public directory in Dutch, which has no prefix, by the id of its coalition."""
    from cms.pages.places import corner_url, public_coalition_pages
    from cms.pages.producers.index import ProducerIndexPage

    coalitions = {
        page.path: page.coalition_id for page in public_coalition_pages().filter(locale__language_code=dutch())
    }
    indexes = ProducerIndexPage.objects.live().filter(not_closed()).values_list("path", "url_path")
    found = ((coalitions.get(path[: -ProducerIndexPage.steplen]), url_path) for path, url_path in indexes)
    return {pk: corner_url(url_path) for pk, url_path in found if pk is not None}
