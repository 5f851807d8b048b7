"""What the page chooser offers: pages of one's own coalitions, and what stands above them to walk through."""

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import GroupPagePermission
from wagtail.query import PageQuerySet

STEP = 4  # treebeard: one level of a path takes four characters


def own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Only pages in or above the spaces where this person may work (one query more); Wagtail itself offers all."""
    if request.user.is_superuser:
        return pages
    roots = GroupPagePermission.objects.filter(group__user=request.user).values_list("page__path", flat=True).distinct()
    own = Q(pk__in=[])
    for path in roots:
        above = [path[:end] for end in range(STEP, len(path), STEP)]
        own |= Q(path__startswith=path) | Q(path__in=above)
    return pages.filter(own)
