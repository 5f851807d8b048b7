"""The desk's records of a coalition: seen and changed by its own coordinators only, and always through an action."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from cms.desk.records import CoalitionRecords
from coalition.activity.models import Entry
from coalition.membership import actions
from coalition.membership.models import Agreement, Invitation, Mandate, Membership
from tests.cms.signing_in import sign_in
from tests.factories import MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return make_space("pajotse-velden").coalition


@pytest.fixture
def theirs():
    return make_space("scheldemeersen").coalition


@pytest.fixture
def coordinator(ours, now):
    person = PersonFactory(name="Mieke")
    actions.give_mandate(person=person, coalition=ours, role=Mandate.Role.COORDINATOR, by=None, now=now)
    return person


@pytest.fixture
def desk(coordinator) -> Client:
    return sign_in(Client(), coordinator)


def filled_in(coalition, municipality, person) -> dict[tuple[str, str], dict]:
    """A good answer to every form of the desk, by record and address."""
    return {
        ("membership", "add"): {"coalition": coalition.pk, "municipality": municipality.pk, "standing": "invited"},
        ("mandate", "add"): {"coalition": coalition.pk, "person": person.pk, "role": "editor"},
        ("mandate", "delete"): {},
        ("invitation", "add"): {"coalition": coalition.pk, "email": "nieuw@example.org", "role": "coordinator"},
        ("invitation", "delete"): {},
        ("agreement", "add"): {"coalition": coalition.pk, "form": "interlocal", "duration": "zes jaar"},
        ("agreement", "edit"): {"form": "interlocal", "duration": "tien jaar"},
    }


FORMS = [
    (viewset.model._meta.model_name, name)
    for viewset in CoalitionRecords.items
    for name in sorted(p.name for p in viewset.get_urlpatterns())
    if name not in ("index", "index_results", "inspect", "history")
]


def record_for(kind: str, coalition, by, now):
    person = MandateFactory(coalition=coalition, role=Mandate.Role.EDITOR).person
    if kind == "mandate":
        return Mandate.objects.get(person=person)
    if kind == "invitation":
        return actions.invite(email="x@example.org", role="editor", coalition=coalition, by=by, now=now)
    return actions.write_agreement(coalition=coalition, by=by, now=now, duration="een jaar")


def address(kind: str, name: str, record=None) -> str:
    return reverse(f"{kind}:{name}", args=[] if record is None else [record.pk])


@pytest.mark.parametrize(("kind", "name"), FORMS)
def test_every_form_that_saves_leaves_an_entry_by_whoever_sent_it(kind, name, desk, ours, coordinator, now):
    municipality = MunicipalityFactory()
    record = None if name == "add" else record_for(kind, ours, None, now)
    sent = filled_in(ours, municipality, coordinator)[kind, name]
    before = Entry.objects.filter(by=coordinator).count()

    assert desk.get(address(kind, name, record)).status_code == 200
    answer = desk.post(address(kind, name, record), sent)

    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Entry.objects.filter(by=coordinator).count() == before + 1


@pytest.mark.parametrize(("kind", "name"), [form for form in FORMS if form[1] == "add"])
def test_a_form_takes_no_coalition_of_the_neighbours(kind, name, desk, ours, theirs, coordinator):
    sent = filled_in(theirs, MunicipalityFactory(), coordinator)[kind, name]
    before = Entry.objects.count()

    answer = desk.post(address(kind, name), sent)

    assert answer.status_code == 200
    assert "coalition" in answer.context["form"].errors
    assert theirs.name not in answer.content.decode()
    assert Entry.objects.count() == before


def test_a_mandate_is_given_to_nobody_of_the_neighbours(desk, ours, theirs):
    stranger = MandateFactory(coalition=theirs).person

    answer = desk.post(address("mandate", "add"), {"coalition": ours.pk, "person": stranger.pk, "role": "editor"})

    assert "person" in answer.context["form"].errors
    assert stranger.name not in answer.content.decode()
    assert not Mandate.objects.filter(coalition=ours, person=stranger).exists()


@pytest.mark.parametrize("kind", ["membership", "mandate", "invitation", "agreement"])
def test_lists_searches_and_exports_hold_ones_own_only(kind, desk, ours, theirs, now):
    for coalition, name in ((ours, "Onzegem"), (theirs, "Hunnegem")):
        municipality = MunicipalityFactory(name_nl=name)
        MembershipFactory(coalition=coalition, municipality=municipality)
        person = PersonFactory(name=f"Stem van {name}", email=f"{name.lower()}@example.org")
        MandateFactory(person=person, coalition=coalition, role="representative", municipality=municipality)
        actions.invite(
            email=f"brief.{name.lower()}@example.org", role="representative", municipality=municipality,
            coalition=coalition, by=None, now=now,
        )  # fmt: skip
        actions.write_agreement(coalition=coalition, by=None, now=now)
    own = ours.name if kind == "agreement" else "Onzegem"

    for query in ({}, {"q": "gem"}):
        page = desk.get(address(kind, "index"), query).content.decode()
        assert own in page or "q" in query
        assert "Hunnegem" not in page
        assert "hunnegem" not in page
        assert theirs.name not in page
    if kind == "membership":
        export = b"".join(desk.get(address(kind, "index"), {"export": "csv"}).streaming_content).decode()
        assert "Onzegem" in export
        assert "Hunnegem" not in export


@pytest.mark.parametrize("role", [Mandate.Role.EDITOR])
def test_the_records_are_for_coordinators(role, ours, now):
    person = PersonFactory()
    actions.give_mandate(person=person, coalition=ours, role=role, by=None, now=now)
    client = sign_in(Client(), person)

    for kind in ("membership", "mandate", "invitation", "agreement"):
        assert client.get(address(kind, "index")).status_code == 302
        assert client.get(address(kind, "add")).status_code == 302


def test_a_mandate_that_ends_while_he_is_signed_in_closes_the_desk(desk, coordinator, ours, now):
    assert desk.get(address("mandate", "index")).status_code == 200

    actions.end_mandate(mandate=Mandate.objects.get(person=coordinator), by=None, now=now)

    assert desk.get(address("mandate", "index")).status_code == 403


def test_a_refusal_stands_beside_its_field_and_nothing_is_written(desk, ours, now):
    municipality = MunicipalityFactory(name_nl="Onzegem")
    actions.invite_municipality(coalition=ours, nis=municipality.nis, by=None, now=now)
    actions.invite(email="al@example.org", role="editor", coalition=ours, by=None, now=now)

    twice = desk.post(address("invitation", "add"), {"coalition": ours.pk, "email": "al@example.org", "role": "editor"})

    assert "email" in twice.context["form"].errors
    assert Invitation.objects.count() == 1


def test_the_agreement_shows_what_is_missing_and_founding_it_twice_overwrites_nothing(desk, ours, now):
    agreement = actions.write_agreement(coalition=ours, by=None, now=now, duration="zes jaar")

    page = desk.get(address("agreement", "edit", agreement)).content.decode()
    missing = page.split("help-warning")[1].split("</ul>")[0]
    desk.post(address("agreement", "add"), {"coalition": ours.pk, "form": "project"})

    assert Agreement._meta.get_field("notice").verbose_name.capitalize() in missing
    assert Agreement._meta.get_field("duration").verbose_name.capitalize() not in missing
    agreement.refresh_from_db()
    assert agreement.duration == "zes jaar"


def test_a_link_of_an_invitation_is_shown_nowhere(desk, ours, now):
    invitation = actions.invite(email="al@example.org", role="editor", coalition=ours, by=None, now=now)

    for name, record in (("index", None), ("inspect", invitation), ("history", invitation), ("delete", invitation)):
        page = desk.get(address("invitation", name, record)).content.decode()
        assert invitation.nonce not in page
        assert "/uitnodiging/" not in page


def test_history_says_who_did_what_and_when(desk, ours, coordinator):
    municipality = MunicipalityFactory(name_nl="Onzegem")
    at = datetime.fromisoformat("2026-11-20T10:05:00+01:00")
    membership = actions.invite_municipality(coalition=ours, nis=municipality.nis, by=None, now=at)
    Entry.objects.update(by=coordinator)

    page = desk.get(address("membership", "history", membership)).content.decode()

    assert "Mieke" in page
    assert "20 november 2026" in page


@pytest.mark.parametrize(
    ("standing", "first", "last", "today"),
    [
        ("member", date(2026, 1, 1), None, "member"), ("member", date(2027, 1, 1), None, "planned"),
        ("member", date(2026, 1, 1), date(2026, 3, 1), "left"), ("observer", None, None, "observer"),
        ("invited", None, None, "invited"), ("requested", None, None, "requested"),
        ("observer", None, date(2026, 3, 1), "left"),
    ],
)  # fmt: skip
def test_the_filter_says_what_the_rule_says(desk, ours, standing, first, last, today, settings):
    membership = MembershipFactory(coalition=ours, standing=standing, valid_from=first, valid_until=last)

    for asked in Membership.Standing.values:
        page = desk.get(address("membership", "index"), {"today": asked})
        shown = list(page.context["object_list"])
        assert shown == ([membership] if asked == today else []), asked


@pytest.mark.parametrize("kind", ["membership", "mandate", "invitation"])
def test_a_list_asks_as_much_for_sixty_as_for_one(kind, desk, ours, now, django_assert_num_queries):
    def add(how_many: int) -> None:
        for _ in range(how_many):
            municipality = MunicipalityFactory()
            MembershipFactory(coalition=ours, municipality=municipality)
            MandateFactory(coalition=ours, role="representative", municipality=municipality)
            Invitation.objects.create(
                coalition=ours, municipality=municipality, role="representative", email=f"{municipality.nis}@x.example",
                created_at=now, expires_at=now,
            )  # fmt: skip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.get(address(kind, "index"))
    counts = []
    for more in (1, 2, 57):
        add(more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = desk.get(address(kind, "index"))
        assert len(page.context["object_list"]) >= sum((1, 2, 57)[: len(counts) + 1])
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
