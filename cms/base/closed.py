"""Which pages not everybody may read, asked once for a whole page of lists instead of by every list.

For what is shown in lists. Whether a reader may come in is asked of the database each time, in the query that fetches
the page (`surely_open`).
"""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left
from wagtail.models import Page, PageViewRestriction

from coalition.base import freshness


def closed_branches() -> tuple[str, ...]:
    """The tree paths of the pages that are closed, with all below them; whatever closes or opens one renews it."""
    return freshness.remembered("closed", _look_up)


def _look_up() -> tuple[str, ...]:
    return tuple(sorted(set(PageViewRestriction.objects.values_list("page__path", flat=True))))


def not_closed(page: Page | None = None) -> Q:
    """The condition that nothing closes a page, for a list of pages below `page`; no query by itself."""
    condition = Q()
    for path in closed_branches():
        if page is None or path.startswith(page.path):
            condition &= ~Q(path__startswith=path)
        elif page.path.startswith(path):
            return Q(pk__in=[])
    return condition


def is_closed(page: Page) -> bool:
    """Whether a page shown in a list is closed, by itself or by a page above it."""
    return page.path.startswith(closed_branches())


def surely_open(*, depth: int) -> Exists:
    """A column for the query of a page at `depth`: nothing on its way closes it, and nothing on it is an alias.

    An alias is as closed as what it stands for; Wagtail finds out, for two queries more.
    """
    way = [Left(OuterRef("path"), level * Page.steplen) for level in range(1, depth + 1)]
    doubtful = Q(view_restrictions__isnull=False) | Q(alias_of__isnull=False)
    return ~Exists(Page.objects.filter(doubtful, path__in=way))
