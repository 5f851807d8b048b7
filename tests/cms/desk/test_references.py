"""A page points at what its writer may choose: a number sent by hand opens nothing of the neighbours."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.pages.news import NewsPage
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
SECRET = "Geheim van de buren"  # noqa: S105


@pytest.fixture
def writer(now):
    ours, theirs = make_space("pajotse-velden"), make_space("scheldemeersen")
    person = PersonFactory()
    give_mandate(person=person, coalition=ours.coalition, role=Mandate.Role.EDITOR, by=None, now=now)
    images = get_image_model().objects
    return {
        "client": sign_in(Client(), person),
        "page": publish_news(ours, title="Van ons"),
        "own": images.create(title="Van ons", file=get_test_image_file(), collection=ours.collection),
        "foreign": images.create(title=SECRET, file=get_test_image_file(), collection=theirs.collection),
        "draft": publish_news(theirs, title=SECRET),
    }


def send(writer, blocks=(), path="edit", **facts):
    form = {"title": "Van ons", "slug": writer["page"].slug, "lead": "Kort.", "body": streamfield(list(blocks))}
    comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "comments-MAX_NUM_FORMS": ""}
    body = nested_form_data(form | facts) | comments
    return writer["client"].post(reverse(f"wagtailadmin_pages:{path}", args=[writer["page"].pk]), body)


def latest(writer) -> NewsPage:
    return Page.objects.get(pk=writer["page"].pk).get_latest_revision_as_object()


def test_every_kind_of_page_is_written_in_this_form():
    for model in get_page_models():
        assert issubclass(model.get_edit_handler().get_form_class(), WagtailAdminPageForm), model


def test_a_picture_of_ones_own_is_taken(writer):
    send(writer, picture=writer["own"].pk)

    assert latest(writer).picture == writer["own"]


@pytest.mark.parametrize("path", ["edit", "preview_on_edit"])
def test_a_picture_of_the_neighbours_is_refused_and_not_named(writer, path):
    answer = send(writer, path=path, picture=writer["foreign"].pk, title="")

    assert answer.status_code in (302, 403)
    assert SECRET not in answer.content.decode()
    assert latest(writer).picture is None


def test_a_picture_of_the_neighbours_in_the_text_is_refused_even_where_the_text_has_faults(writer):
    block = ("image", {"image": writer["foreign"].pk, "alt": "", "decorative": "", "caption": ""})

    answer = send(writer, [block])

    assert answer.status_code == 302
    assert SECRET not in answer.content.decode()


def test_a_draft_of_the_neighbours_is_no_goal_for_a_link(writer):
    draft = writer["draft"]
    draft.unpublish()
    block = ("action", {"text": "Lees", "label": "Lees", "page": draft.pk, "url": "", "link": ""})

    answer = send(writer, [block])

    assert answer.status_code == 302
    assert SECRET not in answer.content.decode()


def test_what_a_page_showed_already_may_stay(writer):
    page = writer["page"]
    page.picture = writer["foreign"]
    page.save_revision().publish()

    send(writer, picture=writer["foreign"].pk, title="Ander opschrift")

    assert latest(writer).title == "Ander opschrift"
