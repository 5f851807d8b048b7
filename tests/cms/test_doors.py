"""Doors that must stay shut, and readers who carry nothing home."""

import pytest
from django.urls import get_resolver

from cms.versions import open_language
from tests.factories import PersonFactory
from tests.factories.pages import make_home

pytestmark = pytest.mark.django_db

SHADOWED = ["/admin/login/", "/_util/login/", "/fr/_util/login/", "/en/_util/login/", "/admin/password_reset/"]


@pytest.mark.parametrize("path", SHADOWED)
def test_wagtails_own_way_in_leads_to_ours(client, path):
    make_home()
    for language in ("fr", "en"):
        open_language(language)
    answer = client.get(path, {"next": "/admin/pages/"})

    assert answer.status_code == 302
    assert "/accounts/login/?next=" in answer.url


@pytest.mark.parametrize("path", SHADOWED)
def test_a_right_password_posted_to_it_opens_nothing(client, path):
    person = PersonFactory(email="jan@example.org", is_superuser=True)
    person.set_password("correct horse battery")
    person.save()

    client.post(path, {"username": person.email, "password": "correct horse battery", "next": "/admin/"})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/admin/password_reset/done/", "/admin/password_reset/confirm/MQ/abc-123/"])
def test_no_step_of_resetting_a_password_is_left(client, path):
    assert client.get(path).url == "/accounts/login/"


@pytest.mark.parametrize(
    "path", ["/django-admin/", "/admin/django/", "/wagtail/", "/cms/", "/admin2/", "/api/v2/pages/"]
)
def test_there_is_no_other_admin(client, path):
    assert client.get(path).status_code in (302, 404)
    assert "/django" not in str(get_resolver().reverse_dict)


@pytest.mark.parametrize(
    "path", ["/", "/no-such-page/", "/fr/", "/healthz", "/.well-known/security.txt", "/robots.txt"]
)
def test_a_reader_gets_no_cookie(client, path):
    answer = client.get(path)

    assert not answer.cookies


def test_looking_at_the_sign_in_page_starts_no_session(client):
    answer = client.get("/accounts/login/")

    assert set(answer.cookies) <= {"csrftoken"}
