"""What the explorer and the page chooser offer: pages of one's own coalitions, and what stands above them."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import GroupPagePermission, Page, PageLogEntry
from wagtail.query import PageQuerySet

from coalition.people.models import Person

STEP = 4  # treebeard: one level of a path takes four characters


def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Only pages in or above the spaces where this person may work (one query more); Wagtail itself offers all."""
    return pages_of(pages, request.user)


def pages_of(pages: PageQuerySet, person: Person) -> PageQuerySet:
    """Those of `pages` in or above the spaces where `person` may work."""
    if person.is_superuser:
        return pages
    roots = GroupPagePermission.objects.filter(group__user=person).values_list("page__path", flat=True).distinct()
    own = Q(pk__in=[])
    for path in roots:
        above = [path[:end] for end in range(STEP, len(path), STEP)]
        own |= Q(path__startswith=path) | Q(path__in=above)
    return pages.filter(own)


def owners(request: HttpRequest) -> QuerySet[Person]:
    """Who wrote a page that this person may see; Wagtail offers everybody who ever wrote one."""
    return Person.objects.filter(pk__in=own_pages(Page.objects.order_by(), request).values("owner"))


def writers(request: HttpRequest) -> QuerySet[Person]:
    """Who changed a page that this person may see."""
    pages = own_pages(Page.objects.order_by(), request)
    changes = PageLogEntry.objects.order_by().filter(action="wagtail.edit", page__in=pages.values("pk"))
    return Person.objects.filter(pk__in=changes.values("user"))


def narrow_filters() -> None:
    """Called once at start-up: the filters beside every list of pages name one's own people only."""
    for name, people in (("owner", owners), ("edited_by", writers)):
        PageFilterSet.declared_filters[name].queryset = people
