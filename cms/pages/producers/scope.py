"""Whose producers a page shows: those of one coalition, or of all whose directory anybody may read."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
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
    """All coalitions whose directory is public; one query, none while nothing changes."""
    return Scope(freshness.remembered("directories", _directories, "site"))


def directory_of(coalition: Coalition) -> str | None:
    """The address of the public directory of one coalition, None where there is none (one query)."""
    return _addresses(_public_indexes().filter(of=coalition.pk)).get(coalition.pk)


def of_one(coalition: Coalition, address: str) -> Scope:
    return Scope({coalition.pk: address}, coalition)


def _directories() -> dict[int, str]:
    return _addresses(_public_indexes().filter(of__isnull=False))


def _addresses(indexes: QuerySet) -> dict[int, str]:
    """The address of each directory in Dutch, which has no prefix, by the id of its coalition."""
    from cms.pages.places import corner_url

    return {pk: corner_url(url_path) for pk, url_path in indexes.values_list("of", "url_path")}


def _public_indexes() -> QuerySet:
    """The directories that anybody may read, each with the coalition whose Dutch page it stands below (`of`)."""
    from cms.pages.coalitions import CoalitionPage
    from cms.pages.producers.index import ProducerIndexPage

    above = CoalitionPage.objects.live().filter(path=OuterRef("above"), locale__language_code=dutch())
    indexes = ProducerIndexPage.objects.live().filter(not_closed())
    indexes = indexes.alias(above=Left("path", Length("path") - ProducerIndexPage.steplen))
    return indexes.annotate(of=Subquery(above.order_by().values("coalition")[:1]))
