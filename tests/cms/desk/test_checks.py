"""Wagtail's checks of what an editor wrote: there in the editor, in the preview and on the page, for editors alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
RULES = {
    "heading-order", "empty-heading", "p-as-heading", "page-has-heading-one",
    "image-alt", "alt-text-quality", "image-redundant-alt",
    "link-name", "empty-table-header", "th-has-data-cells", "scope-attr-valid", "frame-title",
}  # fmt: skip


@pytest.fixture
def news():
    return publish_news(make_space(), "Boerenmarkt")


@pytest.fixture
def editor(news, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=news.coalition, role=Mandate.Role.EDITOR, by=None, now=now)
    return sign_in(Client(), person)


def configuration(html: str) -> dict:
    (found,) = re.findall(r'<script id="checker-axe-configuration" type="application/json">(.*?)</script>', html)
    return json.loads(found)


def test_they_stand_beside_the_page_in_the_editor(editor, news):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()

    assert "data-checks-panel" in html
    assert set(configuration(html)["options"]["runOnly"]) >= RULES


def test_every_rule_that_is_ours_is_told_in_words_of_ours(editor, news):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()

    told = configuration(html)
    assert set(told["messages"]) >= set(told["options"]["runOnly"])


def test_they_look_at_the_preview(editor, news):
    html = editor.get(reverse("wagtailadmin_pages:view_draft", args=[news.pk])).content.decode()

    assert "<wagtail-userbar>" in html
    assert set(configuration(html)["options"]["runOnly"]) >= RULES


def test_editors_find_them_on_the_page_itself_and_readers_get_nothing_of_it(client, editor, news):
    seen, read = editor.get(news.url).content.decode(), client.get(news.url).content.decode()

    assert set(configuration(seen)["options"]["runOnly"]) >= RULES
    assert "userbar" not in read


def test_who_may_not_enter_the_admin_gets_no_bar(news):
    person = sign_in(Client(), PersonFactory())

    assert "userbar" not in person.get(news.url).content.decode()
