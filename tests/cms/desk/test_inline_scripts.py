"""The admin runs no script from within its pages, so its policy may forbid them all."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from cms.pages.news import NewsIndexPage
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db

# Scripts that are data, or come from a file, do not run from within the page.
RUNS = re.compile(
    r"<script(?![^>]*(?:\bsrc=|type=\"(?:application/json|text/x-template|text/django-form-template)))[^>]*>"
)
HANDLERS = re.compile(r"<[^>]+\son[a-z]+=\"|href=\"javascript:")

RECORDS = ("membership", "mandate", "invitation", "agreement")


@pytest.fixture
def desk(client):
    return sign_in(client, PersonFactory(is_superuser=True))


@pytest.fixture
def news():
    return publish_news(make_space())


def test_no_page_of_the_admin_holds_a_script(desk, news):
    index = NewsIndexPage.objects.get()
    paths = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_pages:edit", args=[news.pk]),
        reverse("wagtailadmin_pages:add", args=["cms", "newspage", index.pk]),
        reverse("wagtailadmin_pages:edit", args=[news.coalition_page.pk]),
        reverse("wagtailadmin_pages:history", args=[news.pk]),
        reverse("wagtailimages:add"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailadmin_account"),
        *(reverse(f"{kind}:{name}") for kind in RECORDS for name in ("index", "add")),
    ]
    found = {}
    for path in paths:
        page = desk.get(path)
        assert page.status_code == 200, path
        text = page.content.decode()
        found[path] = RUNS.findall(text) + HANDLERS.findall(text)

    assert {path: what for path, what in found.items() if what} == {}


def test_a_chooser_says_on_the_page_how_it_starts(desk, news):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()

    (start,) = re.findall(r'data-chooser-start-kind-value="ImageChooser".*?options-value="([^"]*)"', page, re.DOTALL)
    assert json.loads(unescape(start))["modalUrl"] == reverse("wagtailimages_chooser:choose")


def test_a_page_being_previewed_may_stand_in_our_own_frame_and_nowhere_else(desk, news):
    path = reverse("wagtailadmin_pages:view_draft", args=[news.pk])

    answer = desk.get(path)

    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
