"""Who writes a brochure chooses among the producers of his own coalition, whatever his browser sends."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_brochure
from tests.factories.producers import ProducerFactory

pytestmark = pytest.mark.django_db
SECRET = "Geheim van de buren"  # noqa: S105


@pytest.fixture
def editor(now):
    ours, theirs = make_space("pajotse-velden"), make_space("scheldemeersen")
    person = PersonFactory()
    give_mandate(person=person, coalition=ours.coalition, role=Mandate.Role.EDITOR, by=None, now=now)
    return {
        "client": sign_in(Client(), person),
        "page": publish_brochure(ours),
        "own": ProducerFactory(name="Van ons", coalition=ours.coalition),
        "foreign": ProducerFactory(name=SECRET, coalition=theirs.coalition),
        "space": ours,
    }


def send(editor, *producers, kind="in"):
    rows = [
        {"id": "", "ORDER": str(n), "DELETE": "", "producer": row.pk, "kind": kind} for n, row in enumerate(producers)
    ]
    form = {"title": "Ons boekje", "slug": "brochure", "order": "name", "intro": rich_text("<p>Dag.</p>")}
    body = nested_form_data(form) | {
        "picks-TOTAL_FORMS": len(rows), "picks-INITIAL_FORMS": 0, "picks-MIN_NUM_FORMS": 0, "picks-MAX_NUM_FORMS": 1000,
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    body |= {f"picks-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return editor["client"].post(reverse("wagtailadmin_pages:edit", args=[editor["page"].pk]), body)


def latest(editor):
    return Page.objects.get(pk=editor["page"].pk).get_latest_revision_as_object()


def test_the_form_offers_ones_own_producers_only(editor):
    text = editor["client"].get(reverse("wagtailadmin_pages:edit", args=[editor["page"].pk])).content.decode()

    assert "Van ons" in text
    assert SECRET not in text


def test_a_new_brochure_is_begun_with_ones_own_producers(editor):
    address = reverse("wagtailadmin_pages:add", args=["cms", "brochurepage", editor["space"].pk])

    text = editor["client"].get(address).content.decode()

    assert "Van ons" in text
    assert SECRET not in text


def test_a_producer_of_ones_own_is_taken(editor):
    answer = send(editor, editor["own"])

    assert answer.status_code == 302
    assert [pick.producer for pick in latest(editor).picks.all()] == [editor["own"]]


def test_a_producer_of_the_neighbours_is_refused_and_not_named(editor):
    answer = send(editor, editor["foreign"])

    assert SECRET not in answer.content.decode()
    assert list(latest(editor).picks.all()) == []


def test_how_far_the_files_are_stands_beside_the_form(editor):
    text = editor["client"].get(reverse("wagtailadmin_pages:edit", args=[editor["page"].pk])).content.decode()

    assert 'class="sheets"' in text
