"""What somebody of one coalition finds of another in the admin: nothing."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.pages.news import NewsPage
from coalition.membership.actions import end_mandate, give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
SECRET = "Geheim van de buren"  # noqa: S105


@pytest.fixture
def editor(now):
    """An editor of one coalition, and a neighbour with a page, a picture and a document."""
    ours, theirs = make_space("pajotse-velden"), make_space("scheldemeersen")
    person = PersonFactory()
    mandate = give_mandate(person=person, coalition=ours.coalition, role=Mandate.Role.EDITOR, by=None, now=now)
    client = sign_in(Client(), person)
    assert client.get("/admin/").status_code == 200, "a test before a closed door would see nothing, and prove nothing"
    return {
        "client": client, "ours": ours, "theirs": theirs, "mandate": mandate,
        "page": publish_news(theirs, title=SECRET),
        "own": publish_news(ours, title="Van onszelf"),
        "image": get_image_model().objects.create(
            title=SECRET, file=get_test_image_file(), collection=theirs.collection
        ),
        "document": get_document_model().objects.create(
            title=SECRET, file=ContentFile(b"x", name="x.txt"), collection=theirs.collection
        ),
    }  # fmt: skip


def assert_nothing_there(response):
    assert response.status_code in (302, 403, 404, 405)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "edit", "delete", "unpublish", "move", "copy", "history", "usage", "view_draft", "set_privacy",
        "workflow_history",
    ],
)  # fmt: skip
def test_a_neighbours_page_by_its_address(editor, name):
    path = reverse(f"wagtailadmin_pages:{name}", args=[editor["page"].pk])

    assert_nothing_there(editor["client"].get(path))
    assert_nothing_there(editor["client"].post(path, {"title": "Van mij"}))
    assert NewsPage.objects.get(pk=editor["page"].pk).title == SECRET


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("wagtailimages:edit", "image"), ("wagtailimages:delete", "image"), ("wagtailimages:url_generator", "image"),
        ("wagtaildocs:edit", "document"), ("wagtaildocs:delete", "document"),
    ],
)  # fmt: skip
def test_a_neighbours_file_by_its_address(editor, name, what):
    path = reverse(name, args=[editor[what].pk])

    assert_nothing_there(editor["client"].get(path))
    assert_nothing_there(editor["client"].post(path, {"title": "Van mij"}))
    editor[what].refresh_from_db()
    assert editor[what].title == SECRET


@pytest.mark.parametrize(
    "path",
    [
        "/admin/images/", "/admin/documents/", "/admin/pages/", "/admin/images/chooser/", "/admin/documents/chooser/",
        "/admin/pages/search/?q=Geheim", "/admin/images/?q=Geheim", "/admin/documents/?q=Geheim", "/admin/",
        "/admin/choose-page/", "/admin/choose-page/search/?q=Geheim", "/admin/images/chooser/results/?q=Geheim",
    ],
)  # fmt: skip
def test_lists_searches_and_choosers_show_nothing_of_the_neighbours(editor, path):
    response = editor["client"].get(path)

    assert response.status_code in (200, 302)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    "report", ["site-history", "aging-pages", "page-types-usage", "locked", "workflow", "workflow_tasks"]
)
def test_reports_tell_nothing_of_the_neighbours(editor, report):
    response = editor["client"].get(f"/admin/reports/{report}/")

    assert response.status_code in (200, 302, 403, 404)
    assert SECRET not in response.content.decode()
    assert "Scheldemeersen" not in response.content.decode()


def test_choosers_do_not_open_below_a_neighbours_page(editor):
    for page in (editor["theirs"], editor["page"].get_parent()):
        response = editor["client"].get(f"/admin/choose-page/{page.pk}/")
        assert SECRET not in response.content.decode()


def test_he_edits_his_own_pages_and_adds_to_his_own_collection(editor):
    client = editor["client"]

    assert client.get(reverse("wagtailadmin_pages:edit", args=[editor["own"].pk])).status_code == 200
    assert client.get("/admin/images/add/").status_code == 200
    assert "Scheldemeersen" not in client.get("/admin/images/add/").content.decode()


@pytest.mark.parametrize(
    "path", ["/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/workflows/list/", "/admin/locales/"]
)
def test_what_belongs_to_the_whole_platform_is_closed(editor, path):
    assert_nothing_there(editor["client"].get(path))


def test_when_his_mandate_ends_the_admin_is_closed_at_once(editor, now):
    end_mandate(mandate=editor["mandate"], by=None, now=now)

    assert_nothing_there(editor["client"].get("/admin/"))
    assert_nothing_there(editor["client"].get(reverse("wagtailadmin_pages:edit", args=[editor["own"].pk])))
