"""The admin asks as much for a large coalition as for a small one; the figures themselves are in `make bench`."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.pages.municipalities import MunicipalityIndexPage
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space
from tests.factories.spaces import populate, write_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space("pajotse-velden")


def somebody(space, role: Mandate.Role, now) -> Client:
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=role, by=None, now=now)
    return sign_in(Client(), person)


@pytest.fixture
def coordinator(space, now):
    return somebody(space, Mandate.Role.COORDINATOR, now)


def asked(client: Client, path: str) -> int:
    """How many queries a visit costs, the second time: the first one also learns what kinds of things there are."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(captured)


def test_the_explorer_asks_as_much_for_forty_pages_as_for_three(space, coordinator, now):
    """Of an editor too, who may not publish: Wagtail alone would look below every page in the list."""
    editor = somebody(space, Mandate.Role.EDITOR, now)
    news = write_news(space, 3)
    path = reverse("wagtailadmin_explore", args=[news.pk])
    few = [asked(client, path) for client in (coordinator, editor)]

    write_news(space, 37)

    assert coordinator.get(path).content.decode().count("Nieuws ") >= 40
    assert [asked(client, path) for client in (coordinator, editor)] == few


def test_search_asks_as_much_for_many_as_for_three(space, coordinator):
    path = reverse("wagtailadmin_pages:search") + "?q=nieuws"
    write_news(space, 3)
    few = asked(coordinator, path)

    write_news(space, 12)

    assert asked(coordinator, path) == few


def test_home_and_the_list_of_municipalities_ask_as_much_for_sixty_as_for_one(space, coordinator, now):
    paths = [reverse("wagtailadmin_home"), reverse("joining_desk", args=["pajotse-velden"])]
    counts = []
    for more in (1, 2, 57):
        populate(space, municipalities=more, people=more, now=now)
        counts.append([asked(coordinator, path) for path in paths])

    assert coordinator.get(paths[1]).content.decode().count("<tr>") > 60
    assert counts[0] == counts[1] == counts[2]


def test_the_corners_of_municipalities_ask_as_much_for_many_as_for_three(space, coordinator, now):
    populate(space, municipalities=3, people=3, now=now)
    index = MunicipalityIndexPage.objects.get()
    paths = [reverse("wagtailadmin_explore", args=[pk]) for pk in (index.pk, index.get_parent().pk)]
    few = [asked(coordinator, path) for path in paths]

    populate(space, municipalities=12, people=12, now=now)

    assert coordinator.get(paths[0]).content.decode().count("Gemeente ") >= 15
    assert [asked(coordinator, path) for path in paths] == few
