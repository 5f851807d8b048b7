import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Site

from cms.pages.coalitions import CoalitionPage
from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.membership.models import Coalition
from tests.cms.signing_in import sign_in
from tests.factories import MunicipalityFactory, PersonFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db
FACTS = {"name": "Pajotse Velden", "accent": "beet", "contact_email": "a@example.org", "subtitle": "", "slug": ""}


@pytest.fixture
def administrator():
    return sign_in(Client(), PersonFactory(is_superuser=True))


def test_on_an_empty_platform_a_coalition_is_founded_with_its_whole_space(administrator):
    pajottegem = MunicipalityFactory(name_nl="Pajottegem")

    response = administrator.post("/admin/coalities/oprichten/", FACTS | {"managing_municipality": pajottegem.pk})

    assert response.status_code == 302
    page = CoalitionPage.objects.get()
    assert (page.slug, page.coalition.accent) == ("pajotse-velden", "beet")
    assert page.coalition.managing_municipality == pajottegem
    assert Group.objects.filter(name__startswith=f"c{page.coalition_id}-").count() == 3
    assert Site.objects.get().root_page_id == page.get_parent().pk
    assert response.url == "/admin/coalities/pajotse-velden/gemeenten/"
    # A draft until its statements are there.
    assert Client().get("/pajotse-velden/").status_code == 404


def test_a_name_that_is_taken_is_named_beside_its_field_and_nothing_is_written(administrator):
    make_space("pajotse-velden")

    page = administrator.post("/admin/coalities/oprichten/", FACTS | {"subtitle": "Bewaard"}).content.decode()

    assert "pajotse-velden" in page
    assert "Bewaard" in page
    assert Coalition.objects.count() == 1


def test_facts_are_changed_by_the_action_and_remembered(administrator):
    space = make_space("pajotse-velden")

    administrator.post("/admin/coalities/pajotse-velden/", FACTS | {"name": "Nieuwe naam"})

    space.coalition.refresh_from_db()
    assert space.coalition.name == "Nieuwe naam"
    assert Entry.objects.filter(verb=Verb.COALITION_CHANGED).get().details["changed"] == [
        "accent",
        "contact_email",
        "name",
    ]


@pytest.mark.parametrize(
    "path", ["/admin/coalities/", "/admin/coalities/oprichten/", "/admin/coalities/pajotse-velden/"]
)
def test_only_superusers_found_and_change_coalitions(now, path):
    from coalition.membership.actions import give_mandate

    space, person = make_space("pajotse-velden"), PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role="coordinator", by=None, now=now)
    client = sign_in(Client(), person)

    assert client.get(path).status_code in (302, 403)
    assert client.post(path, FACTS | {"name": "Gekaapt"}).status_code in (302, 403, 405)
    space.coalition.refresh_from_db()
    assert space.coalition.name != "Gekaapt"
    assert Coalition.objects.count() == 1
