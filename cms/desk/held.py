"""What the pages hold of somebody: what he wrote, remarked and locked in the admin, and where his address stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, EmailField, Field, SlugField, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    get_page_models,
)
from wagtail.search import index
from wagtail.users.models import UserProfile

from cms.indexing import index_pages
from coalition.base.blotting import BLOT, blot, eraser, mentioning
from coalition.people.holdings import Holding, Item, Subject, register
from coalition.people.models import Person

# Under this name a revision keeps the remarks that were on its page.
REMARKS = "wagtail_admin_comments"


def _show(subject: Subject) -> list[Item]:
    person = subject.person
    if person is None:
        return []
    pages = Page.objects.filter(owner=person).order_by("pk")
    remarks = Comment.objects.filter(user=person).select_related("page").order_by("pk")
    replies = CommentReply.objects.filter(user=person).select_related("comment__page").order_by("pk")
    versions = Revision.objects.filter(user=person).count()
    return [
        *(
            Item(_("A page that you made"), {_("title"): page.title, _("since"): page.first_published_at})
            for page in pages
        ),
        *(
            Item(_("A remark"), {_("on the page"): r.page.title, _("at"): r.created_at, _("text"): r.text})
            for r in remarks
        ),
        *(
            Item(_("A remark"), {_("on the page"): r.comment.page.title, _("at"): r.created_at, _("text"): r.text})
            for r in replies
        ),
        *([Item(_("Versions of pages that you saved"), {_("how many"): versions})] if versions else []),
    ]


def _erase(subject: Subject, now: datetime) -> None:
    """What he wrote stays without his name; what served him alone goes; his address goes from every text."""
    if subject.person is not None:
        _let_go(subject.person)
        _erase_remarks(subject)
    _erase_from_history(subject.addresses)
    pages = {key for model in get_page_models() for key in _erase_from(model, subject.addresses)}
    index_pages(Page.objects.filter(pk__in=pages))
    for model in (get_image_model(), get_document_model()):
        _erase_from(model, subject.addresses)


def _let_go(person: Person) -> None:
    Page.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
    for profile in UserProfile.objects.filter(user=person):
        profile.avatar.delete(save=False)
        profile.delete()
    for model in (EditingSession, FormState, PageSubscription, APIToken):
        model.objects.filter(user=person).delete()
    about = ContentType.objects.get_for_model(Person)
    ModelLogEntry.objects.filter(content_type=about, object_id=str(person.pk)).update(label=BLOT, data={})


def _erase_remarks(subject: Subject) -> None:
    """In remarks of his own his name goes too; in words of others a name is theirs, or somebody else's."""
    person = subject.person
    for model in (Comment, CommentReply):
        blot(model.objects.filter(user=person), ["text"], subject.words)
    blot(TaskState.objects.filter(finished_by=person), ["comment"], subject.words)
    names = [word for word in subject.words if word not in subject.addresses]
    for revision in mentioning(Revision.objects.order_by("pk"), ["content"], names):
        if _blot_remarks(revision.content, person.pk, eraser(names)):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _blot_remarks(content: Any, person: int, erase) -> bool:
    changed = False
    for remark in content.get(REMARKS, []):
        for said in (remark, *remark.get("replies", [])):
            if said.get("user") == person and said.get("text"):
                new = erase(said["text"])
                changed, said["text"] = changed or new != said["text"], new
    return changed


def _erase_from_history(addresses: Iterable[str]) -> None:
    for model, fields in (
        (Revision, ["content", "object_str"]),
        (PageLogEntry, ["label", "data"]),
        (ModelLogEntry, ["label", "data"]),
        (Comment, ["text"]),
        (CommentReply, ["text"]),
        (TaskState, ["comment"]),
        (FormState, ["data"]),
    ):
        blot(model.objects.order_by(), fields, addresses)


def _texts_of(model: type) -> list[Field]:
    """The columns of a model in which people write; addresses of pages and of mailboxes are no texts."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, (StreamField, TextField, CharField))
        and not isinstance(field, (SlugField, EmailField))
        and field.editable
        and not field.choices
        and not field.primary_key
    ]


def _erase_from(model: type, addresses: Iterable[str]) -> set[int]:
    """Blot the addresses out of the texts of a model, and out of the admin's index; returns the keys that changed."""
    erase, changed = eraser(addresses), set()
    for field in _texts_of(model):
        rows = model._base_manager.annotate(as_text=Cast(field.name, TextField()))
        for row in mentioning(rows, ["as_text"], addresses):
            value = field.get_prep_value(getattr(row, field.name))
            model._base_manager.filter(pk=row.pk).update(**{field.name: field.to_python(erase(_plain(value)))})
            index.insert_or_update_object(model._base_manager.get(pk=row.pk))
            changed.add(row.pk)
    return changed


def _plain(value: Any) -> Any:
    """A stream's value as nothing but lists, dicts and texts."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _obstacles(subject: Subject, now: datetime) -> Iterable[str]:
    """A page's address for questions cannot be blotted out: whoever asks must reach somebody."""
    for model in get_page_models():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, EmailField):
                continue
            for address in subject.addresses:
                for page in model.objects.filter(**{f"{field.name}__iexact": address}):
                    yield _("Your address is the one for questions on the page “%(page)s”. Have it changed first.") % {
                        "page": page.title
                    }


register(
    Holding(
        name="pages",
        purpose=gettext_lazy("Writing pages together, and knowing who changed what"),
        kept=gettext_lazy("As long as the pages, whose history the archive law asks us to keep."),
        stays=gettext_lazy(
            "The pages, versions and remarks that you wrote, signed “a former user”, without your address."
        ),
        show=_show,
        erase=_erase,
        obstacles=_obstacles,
    )
)
