"""Tags are one list for the whole platform; nobody is offered a tag that only the neighbours use."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from taggit.models import Tag
from wagtail.admin import filters
from wagtail.admin.auth import require_admin_access
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.views import chooser
from wagtail.permissions import policy_registry

MOST_TAGS = 10


@require_admin_access
def autocomplete(request: HttpRequest, app_name: str = "", model_name: str = "") -> HttpResponse:
    """Tags that begin with what was typed: those on files that this person may choose."""
    term = request.GET.get("term", "")
    if not term:
        return JsonResponse([], safe=False)
    names: set[str] = set()
    for model in (get_image_model(), get_document_model()):
        files = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
            request.user, ["choose", "change"]
        )
        through = model.tags.through
        on_files = through.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_id__in=files.values("pk"),
        )
        found = Tag.objects.filter(name__istartswith=term, pk__in=on_files.values("tag"))
        names.update(found.order_by("name").values_list("name", flat=True)[:MOST_TAGS])
    return JsonResponse(sorted(names)[:MOST_TAGS], safe=False)


def offer_none(model: type[Model], count: int = 10) -> QuerySet[Tag]:
    """The most used tags of everybody, of which Wagtail makes a filter and a suggestion: none here."""
    return Tag.objects.none()


def hide_the_popular() -> None:
    """Called once at start-up."""
    filters.popular_tags_for_model = chooser.popular_tags_for_model = offer_none
