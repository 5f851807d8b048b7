"""Two coalitions beside each other: everything of the second carries a secret, and the first must never see it."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from PIL import Image as Picture
from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    CommentReply,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.corners import open_corner
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.standard import StandardPage
from cms.spaces import sync_grants
from coalition.digests.models import DigestSchedule
from coalition.membership import actions
from coalition.membership.models import Agreement, Coalition, JoinRequest, Mandate
from coalition.people.models import Person
from coalition.producers import actions as producing
from coalition.producers.facts import read_facts
from coalition.producers.models import FarmerLink, ProducerDraft
from coalition.rights.actions import write_request
from tests.factories import MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.digests import SubscriptionFactory
from tests.factories.pages import make_space, publish_news
from tests.factories.producers import PhotoFactory, PrinciplesFactory, ProducerFactory, SeasonFactory

# Longer than what comes about by chance in a random word.
SECRET = "xqzbuurt"  # noqa: S105
# What somebody would search for who looks for the neighbours; it stands beside every secret and is none itself.
BAIT = "perenbuur"
# Rows that come and go with every visit, of whomever.
PASSING = {"sessions.session", "usersessions.usersession", "cms.editingsession"}

Row = tuple[str, object]
Snapshot = dict[Row, tuple]


def secret(kind: str) -> str:
    return f"{BAIT.title()} {SECRET}{kind}"


@dataclass
class Neighbours:
    """`mine` and `theirs`: for each model the primary keys of what belongs to the one and to the other."""

    people: dict[str, Person] = field(default_factory=dict)
    spaces: dict[str, Page] = field(default_factory=dict)
    mine: dict[type[models.Model], list] = field(default_factory=dict)
    theirs: dict[type[models.Model], list] = field(default_factory=dict)
    rows: Snapshot = field(default_factory=dict)

    def foreign(self, model: type[models.Model]) -> list:
        return self.theirs.get(model, [])

    @property
    def telling_pages(self) -> list[int]:
        """One page of every kind: in a workflow, the space itself, behind a door, in a municipality's corner."""
        slugs = ("hun-ontwerp", "scheldemeersen", "besloten", "onder")
        found = dict(Page.objects.filter(pk__in=self.foreign(Page)).values_list("slug", "pk"))
        return [found[slug] for slug in slugs]

    def own(self, model: type[models.Model]) -> list:
        return self.mine.get(model, [])


def snapshot(tables: set[str] | None = None) -> Snapshot:
    """Every row of the database, or of these tables only, by model and key."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or model._meta.label_lower in PASSING:
            continue
        if tables is not None and model._meta.db_table not in tables:
            continue
        names = [f.attname for f in model._meta.local_concrete_fields]
        label = model._meta.label
        for values in model._base_manager.values_list("pk", *names):
            rows[label, values[0]] = values[1:]
    return rows


def make_neighbours() -> Neighbours:
    """Ours first, then theirs; what came into the database with theirs is theirs."""
    world = Neighbours()
    before = snapshot()
    _make_ours(world)
    ours = snapshot()
    _make_theirs(world)
    everything = snapshot()
    world.mine, world.theirs = _by_model(before, ours), _by_model(ours, everything)
    world.rows = {key: values for key, values in everything.items() if key not in ours}
    return world


def _by_model(earlier: Snapshot, later: Snapshot) -> dict[type[models.Model], list]:
    found: dict[type[models.Model], list] = {}
    for label, pk in later:
        if (label, pk) not in earlier:
            found.setdefault(apps.get_model(label), []).append(pk)
    return found


def changes(world: Neighbours, tables: set[str]) -> list[str]:
    """What of theirs is not what it was in the tables that were written to, and what new rows there point at them."""
    now = snapshot(tables)
    then = {key: was for key, was in world.rows.items() if apps.get_model(key[0])._meta.db_table in tables}
    found = [f"{label} {pk} changed or gone" for (label, pk), was in then.items() if now.get((label, pk)) != was]
    for label, pk in now.keys() - world.rows.keys():
        model = apps.get_model(label)
        values = dict(zip([f.attname for f in model._meta.local_concrete_fields], now[label, pk], strict=True))
        if pk not in world.mine.get(model, []) and _points_at_them(world, model, values):
            found.append(f"{label} {pk} is new and points at them")
    return found


def _points_at_them(world: Neighbours, model: type[models.Model], values: dict) -> bool:
    return any(
        values[f.attname] in world.foreign(f.related_model)
        for f in model._meta.local_concrete_fields
        if f.is_relation and f.related_model and values[f.attname] is not None and f.related_model in world.theirs
    )


def _make_ours(world: Neighbours) -> None:
    space = make_space("pajotse-velden")
    coalition, now = space.coalition, timezone.now()
    municipality = MunicipalityFactory(name_nl="Onzegem")
    membership = MembershipFactory(coalition=coalition, municipality=municipality)
    actions.write_agreement(coalition=coalition, by=None, now=now, duration="zes jaar")
    actions.invite(email="welkom@example.org", role="editor", coalition=coalition, by=None, now=now)
    JoinRequest.objects.create(
        coalition=coalition, municipality=municipality, name="Iemand", email="i@example.org", asked_at=now, office="x"
    )
    producer = ProducerFactory(coalition=coalition, name="Onze hoeve", slug="onze-hoeve", email="o@hoeve.example")
    PhotoFactory(producer=producer)
    for role in (Mandate.Role.COORDINATOR, Mandate.Role.EDITOR):
        world.people[role.value] = PersonFactory()
        actions.give_mandate(person=world.people[role.value], coalition=coalition, role=role, by=None, now=now)
    world.people["representative"] = PersonFactory()
    corner = open_corner(municipality)
    MandateFactory(
        person=world.people["representative"], coalition=coalition, role="representative",
        municipality=membership.municipality,
    )  # fmt: skip
    actions.sync_groups(coalition=coalition, now=now)
    sync_grants(coalition=coalition, now=now)
    world.people["farmer"] = PersonFactory(email="boer@example.org")
    SubscriptionFactory(coalition=coalition, email="boer@example.org")
    own = publish_news(space, title="Van onszelf")
    own.save_revision(user=world.people["coordinator"])
    corner.add_child(instance=StandardPage(title="Uit onze gemeente", slug="uit-onze-gemeente"))
    get_image_model().objects.create(title="Onze foto", file=_picture("ons.png"), collection=space.collection)
    get_document_model().objects.create(
        title="Ons stuk", file=ContentFile(b"x", name="ons.txt"), collection=space.collection
    )
    world.spaces["ours"] = space


def _make_theirs(world: Neighbours) -> None:
    space = make_space("scheldemeersen", name=secret("coalition"), contact_email=f"{SECRET}contact@buren.example")
    coalition, now = space.coalition, timezone.now()
    Coalition.objects.filter(pk=coalition.pk).update(subtitle=secret("subtitle"))
    theirs = PersonFactory(email=f"{SECRET}person@buren.example", name=secret("person"))
    world.people["their coordinator"], world.people["superuser"] = theirs, PersonFactory(is_superuser=True)
    municipality = MunicipalityFactory(name_nl="Hunnegem")
    _make_their_records(coalition, municipality, theirs, now)
    corner = open_corner(municipality)
    corner.title = corner.draft_title = secret("corner")
    corner.save_revision().publish()
    actions.sync_groups(coalition=coalition, now=now)
    sync_grants(coalition=coalition, now=now)
    _make_their_pages(space, corner, theirs, now)
    _make_their_files(space, theirs)
    world.spaces["theirs"] = space


def _make_their_records(coalition, municipality, theirs, now) -> None:
    MembershipFactory(
        coalition=coalition, municipality=municipality, decision_body=secret("decision"),
        decision_url=f"https://buren.example/{SECRET}decisionurl",
    )  # fmt: skip
    waiting = MunicipalityFactory(name_nl="Wachtegem")
    MembershipFactory(coalition=coalition, municipality=waiting, standing="requested", decision_body=secret("body"))
    actions.give_mandate(person=theirs, coalition=coalition, role=Mandate.Role.COORDINATOR, by=None, now=now)
    voice = PersonFactory(email=f"{SECRET}voice@buren.example", name=secret("voice"))
    MandateFactory(person=voice, coalition=coalition, role="representative", municipality=municipality)
    email = f"{SECRET}invited@buren.example"
    actions.invite(email=email, role="editor", coalition=coalition, by=theirs, now=now)
    Agreement.objects.create(coalition=coalition, duration=secret("duration"), changed_at=now)
    JoinRequest.objects.create(
        coalition=coalition, municipality=waiting, name=secret("asker"), email=f"{SECRET}asker@buren.example",
        office="schepen", message=secret("message"), state="confirmed", asked_at=now, confirmed_at=now,
    )  # fmt: skip
    DigestSchedule.objects.create(coalition=coalition, weekday=3, hour="07:35", since=now.date())
    SubscriptionFactory(coalition=coalition, email=f"{SECRET}reader@buren.example")
    _make_their_producers(coalition, municipality, theirs, now)
    write_request(kind="see", address=f"{SECRET}wants@buren.example", coalition=coalition, by=None, now=now)


def _make_their_producers(coalition, municipality, theirs, now) -> None:
    """A draft, one whom everybody sees, and one with a change that waits."""
    facts = {"coalition": coalition, "municipality": municipality, "phone": f"{SECRET}phone"}
    ProducerFactory(name=secret("producer"), state="draft", slug="hun-ontwerp-hoeve", **facts)
    waits = ProducerFactory(name=secret("confirmed"), slug="hun-wachtende", **facts)
    ProducerDraft.objects.create(
        producer=waits, facts=read_facts(waits) | {"story": secret("change")}, at=now, by=theirs
    )
    # Everybody may read the name of this one; what he did not agree to show is a secret all the same.
    open_to_all = ProducerFactory(name="Open hoeve", slug="hun-hoeve", **facts)
    PhotoFactory(producer=open_to_all, alt=secret("photo"))
    FarmerLink.objects.create(producer=open_to_all, coalition=coalition, asked_at=now, asked_by=theirs)
    _make_their_list(coalition, theirs, now)
    PrinciplesFactory(coalition=coalition, source=secret("principles"))
    SeasonFactory(coalition=coalition, fresh="1-2")


def _make_their_list(coalition, theirs, now) -> None:
    """A list that was looked at, and what stands in it."""
    raw = f"naam;gsm;kolom {SECRET}\n{secret('row')};{SECRET}phone;x\n".encode()
    producing.start_import(coalition=coalition, file_name=secret("list"), raw=raw, by=theirs, now=now)


def _make_their_pages(space, corner, theirs, now) -> None:
    live = publish_news(space, title=secret("live"), slug="hun-nieuws")
    index = NewsIndexPage.objects.child_of(space).get()
    draft = NewsPage(title=secret("draft"), lead=secret("lead"), slug="hun-ontwerp", live=False, owner=theirs)
    index.add_child(instance=draft)
    draft.save_revision(user=theirs)
    draft.save_revision(user=theirs, approved_go_live_at=now + timedelta(days=30))
    private = StandardPage(title=secret("private"), slug="besloten", owner=theirs)
    space.add_child(instance=private)
    private.save_revision(user=theirs).publish(user=theirs)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    below = StandardPage(title=secret("below"), slug="onder", owner=theirs, live=False)
    corner.add_child(instance=below)
    below.save_revision(user=theirs)
    locked = StandardPage(title=secret("locked"), slug="op-slot", locked=True, locked_by=theirs, locked_at=now)
    space.add_child(instance=locked)
    locked.save_revision(user=theirs).publish(user=theirs)
    comment = Comment.objects.create(page=draft, user=theirs, text=secret("comment"), contentpath="title")
    CommentReply.objects.create(comment=comment, user=theirs, text=secret("reply"))
    workflow = Workflow.objects.create(name=secret("workflow"))
    task = GroupApprovalTask.objects.create(name=secret("task"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=space)
    workflow.start(draft, theirs)
    EditingSession.objects.create(
        user=theirs, content_type=ContentType.objects.get_for_model(NewsPage), object_id=live.pk, last_seen_at=now
    )


def _make_their_files(space, theirs) -> None:
    image = get_image_model().objects.create(
        title=secret("image"), file=_picture(f"{SECRET}imagefile.png"), collection=space.collection,
        description=secret("alt"), uploaded_by_user=theirs,
    )  # fmt: skip
    document = get_document_model().objects.create(
        title=secret("document"), file=ContentFile(b"x", name=f"{SECRET}documentfile.txt"),
        collection=space.collection, uploaded_by_user=theirs,
    )  # fmt: skip
    image.tags.add(Tag.objects.create(name=secret("tag"), slug="hun-label"))
    for kind in (image, document):
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(kind), uploaded_by_user=theirs,
            file=_picture(f"{SECRET}upload.png"),
        )  # fmt: skip


def _picture(name: str) -> ContentFile:
    content = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(content, "PNG")
    return ContentFile(content.getvalue(), name=name)
