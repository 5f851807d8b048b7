"""Every address of the admin, filled with what belongs to the neighbours, and every way to knock on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from cms.desk.joining import DEEDS
from cms.desk.producers.deeds import DEEDS as PRODUCER_DEEDS
from cms.desk.producers.importing import DEEDS as LIST_DEEDS
from cms.pages.news import NewsPage
from cms.pages.standard import StandardPage
from coalition.intake.models import Batch
from coalition.membership.models import Invitation, JoinRequest, Membership
from coalition.people.models import Person
from coalition.producers.models import Photo, Producer
from coalition.territory.models import Municipality
from tests.cms.desk.neighbours import BAIT, Neighbours

PARAMETER = re.compile(r"<(?:(?P<kind>[^>:]+):)?(?P<name>\w+)>|\(\?P<(?P<named>\w+)>(?:\([^)]*\)|[^()])*\)")
IMAGE, DOCUMENT = get_image_model(), get_document_model()

# What each parameter names; `pk` names what its view is about.
NAMES: dict[str, type[models.Model]] = {
    "parent_page_id": Page, "page_id": Page, "page_pk": Page, "page_to_move_id": Page, "destination_id": Page,
    "revision_id": Revision, "revision_id_a": Revision, "revision_id_b": Revision,
    "task_id": GroupApprovalTask, "task_state_id": TaskState,
    "workflow_pk": Workflow, "workflow_state_id": WorkflowState,
    "collection_id": Collection, "image_id": IMAGE, "document_id": DOCUMENT, "doc_id": DOCUMENT,
    "uploaded_file_id": UploadedFile, "session_id": EditingSession,
    "restriction_id": CollectionViewRestriction, "page_view_restriction_id": PageViewRestriction,
    "photo": Photo,
}  # fmt: skip
# By the beginning of the address, where the view does not say what it is about.
ABOUT: dict[str, type[models.Model]] = {
    "admin/api/main/pages/": Page, "admin/api/main/images/": IMAGE, "admin/api/main/documents/": DOCUMENT,
    "admin/pages/": Page, "admin/collections/": Collection, "admin/workflows/tasks/": GroupApprovalTask,
    "admin/workflows/": Workflow, "admin/sites/": Site, "admin/locales/": Locale,
    "admin/images/chooser/": IMAGE, "admin/documents/chooser/": DOCUMENT,
}  # fmt: skip
WORDS = {
    "action_name": ["approve", "reject", "copy", "delete", "move", "publish", "unpublish", "revert_to_page_revision"],
    "filter_spec": ["original"],
    "form": ["csv", "xlsx"],
}
# Addresses that everybody in the admin may open and that hold nothing of anybody; Wagtail's own last door.
CATCH_ALL = "admin/.*/"


@dataclass
class Door:
    """One address with its gaps; `model` is what its view is about, where the view says so."""

    path: str
    parameters: list[str]
    model: type[models.Model] | None = None


@dataclass
class Knock:
    path: str
    query: dict = field(default_factory=dict)
    body: dict | None = None
    ajax: bool = False
    head: bool = False

    def __str__(self) -> str:
        how = "HEAD" if self.head else "GET" if self.body is None else "POST"
        return f"{how} {self.path} {self.query or ''}{' ajax' if self.ajax else ''}"


def doors(prefix: str = "admin/") -> list[Door]:
    """Every address below `prefix` that the resolver knows, once."""
    found: dict[str, Door] = {}
    for path, pattern in _walk(get_resolver()):
        if not path.startswith(prefix) or path == CATCH_ALL:
            continue
        plain, names = _readable(path)
        known = found.setdefault(plain, Door(plain, names, _model_of(pattern.callback)))
        assert known.parameters == names
    return list(found.values())


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern).removeprefix("^").removesuffix("$").replace(r"\Z", "")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path)
        else:
            yield path, pattern


def _readable(path: str) -> tuple[str, list[str]]:
    names = []

    def gap(match: re.Match) -> str:
        names.append(match["name"] or match["named"])
        return "{" + names[-1] + "}"

    return PARAMETER.sub(gap, path).replace("\\.", ".").replace("\\-", "-"), names


def _model_of(callback) -> type[models.Model] | None:
    while callback is not None:
        kwargs = getattr(callback, "view_initkwargs", {})
        model = kwargs.get("model") or getattr(getattr(callback, "view_class", None), "model", None)
        if isinstance(model, type) and issubclass(model, models.Model):
            return model
        callback = getattr(callback, "__wrapped__", None)
    return None


def unfilled(found: Iterable[Door], world: Neighbours) -> list[str]:
    """The addresses with a gap for which nobody has said what belongs in it: extend NAMES, ABOUT or WORDS."""
    return [door.path for door in found if not all(_values(door, name, world) for name in _gaps(door))]


def _gaps(door: Door) -> list[str]:
    named = {"app_label", "model_name", "app_name", "content_type_app_name", "content_type_model_name", "action"}
    return [name for name in door.parameters if name not in named]


def _values(door: Door, name: str, world: Neighbours) -> list:
    if name in WORDS:
        return WORDS[name]
    if name == "slug" or door.path.startswith("admin/talen/coalitie/"):
        return [world.spaces["theirs"].slug]
    if door.path.startswith("admin/talen/gemeente/"):
        own = Municipality.objects.filter(memberships__in=world.foreign(Membership))
        return list(own.values_list("nis", flat=True))
    if name == "uidb64":
        return [urlsafe_base64_encode(force_bytes(world.people["their coordinator"].pk))]
    if name == "token":
        return [default_token_generator.make_token(world.people["their coordinator"])]
    if name == "object_id":
        return world.telling_pages
    model = NAMES.get(name)
    if name == "pk":
        begun = (model for start, model in ABOUT.items() if door.path.startswith(start))
        model = door.model or next(begun, Tag if "{model_name}" in door.path else None)
    return _rows(model, world) if model else []


def _rows(model: type[models.Model], world: Neighbours) -> list:
    """Theirs; of what belongs to the platform (sites, locales) simply the first."""
    if model is Page:
        return world.telling_pages
    return world.foreign(model)[:3] or list(model._base_manager.values_list("pk", flat=True)[:1]) or [1]


def paths(door: Door, world: Neighbours) -> list[str]:
    """The address with theirs in every gap; where there are several gaps, also with ours in all but one."""
    gaps = _gaps(door)
    theirs = {name: _values(door, name, world) for name in gaps}
    if len(gaps) > 1:
        theirs = {name: values[:2] for name, values in theirs.items()}
        ours = {name: world.own(NAMES[name])[-1:] if name in NAMES else [] for name in gaps}
        filled = [dict(zip(gaps, v, strict=True)) for v in product(*(theirs[g] + ours[g] for g in gaps))]
        filled = [f for f in filled if any(f[g] in theirs[g] and g not in WORDS for g in gaps)]
    else:
        filled = [dict(zip(gaps, v, strict=True)) for v in product(*theirs.values())]
    names = _natural_names(door)
    return list(dict.fromkeys("/" + door.path.format(**f, **n) for f in filled for n in names))


def _natural_names(door: Door) -> list[dict]:
    if "{action}" in door.path:
        bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
        return [
            {"app_label": app, "model_name": model, "action": action}
            for app, kinds in bulk_action_registry.actions.items()
            for model, actions in kinds.items()
            for action in actions
        ]
    kinds: list[type[models.Model]] = [Page]
    if "tag-autocomplete" in door.path:
        kinds = [Tag]
    elif "tasks/add" in door.path:
        kinds = [GroupApprovalTask]
    elif "/pages/" in door.path:
        kinds = [StandardPage, NewsPage]
    elif "snippet" in door.path or "ping" in door.path:
        kinds = [Page, IMAGE, DOCUMENT, Person, Membership, Collection]
    labels = [(kind._meta.app_label, kind._meta.model_name) for kind in kinds]
    apps, names = ("app_label", "app_name", "content_type_app_name"), ("model_name", "content_type_model_name")
    named = [{**dict.fromkeys(apps, app), **dict.fromkeys(names, name)} for app, name in labels]
    return named if set(door.parameters) & {*apps, *names} else [{}]


def own_paths(door: Door, world: Neighbours) -> list[str]:
    """The address with ours in its only gap: where a hand in the body or the query may reach over the hedge."""
    gaps = _gaps(door)
    if len(gaps) != 1 or gaps[0] in WORDS:
        return []
    if gaps[0] == "slug":
        values = [world.spaces["ours"].slug]
    else:
        begun = (model for start, model in ABOUT.items() if door.path.startswith(start))
        model = NAMES.get(gaps[0]) or door.model or next(begun, None)
        own = world.own(model) if model else []
        values = list(dict.fromkeys([*own[:1], *own[-1:]]))
    return ["/" + door.path.format(**{gaps[0]: v}, **n) for v in values for n in _natural_names(door)[:1]]


def queries(world: Neighbours) -> list[dict]:
    """What may stand behind an address: a search, a collection, a tag, keys, people, a way out."""
    files = [*world.foreign(IMAGE), *world.foreign(DOCUMENT)]
    theirs = world.people["their coordinator"].pk
    return [
        {},
        {"q": BAIT, "term": BAIT, "p": 1, "next": "//evil.example/"},
        {"collection_id": world.foreign(Collection)[0], "id": files, "owner": theirs, "user": theirs,
         "child_of": world.spaces["theirs"].pk, "descendant_of": world.spaces["theirs"].pk},
        {"id": world.foreign(Page), "tag": "hun-label", "url": "https://buren.example/"},
    ]  # fmt: skip


def bulk_queries(world: Neighbours) -> list[dict]:
    """What a bulk action may be asked for: keys of theirs, and all that lies below a page of theirs."""
    every = [*world.foreign(Page), *world.foreign(IMAGE), *world.foreign(DOCUMENT), *world.foreign(Person)]
    return [
        {"id": list(dict.fromkeys(every)), "next": "//evil.example/"},
        {"id": ["all"], "childOf": world.spaces["theirs"].pk},
        {"id": ["all"], "q": BAIT},
    ]


def bodies(door: Door, world: Neighbours) -> list[dict]:
    """What may be sent to an address: in every field that exists somewhere, something of theirs."""
    their_page, coalition = world.spaces["theirs"].pk, world.spaces["theirs"].coalition.pk
    collection = world.foreign(Collection)[0]
    body = {
        "title": "Van mij", "name": "Van mij", "slug": "van-mij", "collection": collection, "parent": their_page,
        "new_title": "Van mij", "new_slug": "van-mij", "new_parent_page": their_page, "copy_subpages": "on",
        "destination_page_id": their_page, "destination": their_page, "chooser": their_page,
        "image": world.foreign(IMAGE)[0], "document": world.foreign(DOCUMENT)[0], "page": their_page,
        "person": world.people["their coordinator"].pk, "municipality": _rows_of(world, Membership, "municipality"),
        "coalition": coalition, "managing_municipality": "", "membership": world.foreign(Membership)[0],
        "tags": "van-mij", "email": "neem@over.example", "role": "coordinator", "groups": [],
        "restriction_type": "none", "locked": "on", "is_editing": "1", "include_descendants": "on",
        "external-link-chooser-url": "https://buren.example/",
        "action-publish": "1", "revision": (world.foreign(Revision) or [1])[-1], "next": "//evil.example/",
        "comment_replies-TOTAL_FORMS": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "body-count": "0", "weekday": "1", "hour": "09:00", "ids": world.foreign(Page), "duration": "van mij",
    }  # fmt: skip
    if door.path.startswith("admin/producenten/lijsten/"):
        pk = world.foreign(Batch)
        return [
            body,
            *({**body, "deed": deed, "coalition": coalition, "choice": "new", "pk": pk} for deed in LIST_DEEDS),
        ]
    if door.path.startswith("admin/producenten/"):
        named = {"pk": world.foreign(Producer), "photo": world.foreign(Photo)[0], "to": coalition, "alt": "x"}
        named |= {"reason": "van mij", "sure": "1", "producer": "hun-hoeve"}
        both = [{**body, **named, "deed": deed, "coalition": of} for deed in PRODUCER_DEEDS for of in (coalition, "")]
        return [body, *both]
    if "gemeenten" not in door.path:
        return [body]
    keys = [*world.foreign(Membership), *world.foreign(JoinRequest), *world.foreign(Invitation)]
    return [{**body, "deed": deed, "pk": pk, "q": BAIT} for deed in DEEDS for pk in dict.fromkeys(keys)]


def _rows_of(world: Neighbours, model: type[models.Model], name: str):
    return model._base_manager.filter(pk__in=world.foreign(model)).values_list(name, flat=True).first()


def knocks(door: Door, world: Neighbours, *, thorough: bool) -> Iterator[Knock]:
    """Every way to ask one door; where several keys fit, every way with the first and the plain ones with the rest.

    Without `thorough` an address that names a record is asked for plainly only.
    """
    asked = bulk_queries(world) if door.path.startswith("admin/bulk/") else queries(world)
    sent = bodies(door, world)
    for nth, path in enumerate(paths(door, world)):
        body = sent[0]
        yield Knock(path, asked[0])
        yield Knock(path, asked[0], body)
        if (nth == 0 and thorough) or not _gaps(door):
            yield Knock(path, head=True)
            yield Knock(path, asked[-1], ajax=True)
            yield Knock(path, asked[0], body, ajax=True)
            for query in asked[1:] if thorough else asked[1:3]:
                yield Knock(path, query)
    for path in own_paths(door, world):
        yield Knock(path, asked[0])
        yield Knock(path, asked[2])
        for body in sent:
            yield Knock(path, {}, body)
        yield Knock(path, asked[-1], sent[0], ajax=True)
