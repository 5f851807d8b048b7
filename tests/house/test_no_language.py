"""No language is kept with a person, a reader or a farmer: every model is looked at (circular BB 2010/03, F1)."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from wagtail.users.models import UserProfile

from coalition.people.models import Person
from tests.cms.signing_in import sign_in
from tests.factories import MembershipFactory, PersonFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db

SUSPECT = re.compile(r"lang|locale|taal|tongue|idiom", re.IGNORECASE)
# What is not about a person: in which language a page stands, and why pages may.
OF_PAGES = {
    "coalition.notice.language",
    "coalition.searchdocument.language",
    "coalition.languageground.language",
    "wagtailcore.locale.language_code",
}
# Comes with Wagtail's admin and is never written; the tests below hold it empty.
NEVER_WRITTEN = {"wagtailusers.userprofile.preferred_language"}


def suspects(all_models: Iterator[type[models.Model]]) -> set[str]:
    """Columns that might keep somebody's language: by their name, or by offering the site's languages as choices."""
    found = set()
    codes = {code for code, _name in settings.LANGUAGES}
    for model in all_models:
        for field in model._meta.get_fields():
            if not isinstance(field, models.Field) or (field.is_relation and _is_of_a_page(field)):
                continue
            offers = {str(value) for value, _label in field.flatchoices} if field.choices else set()
            if SUSPECT.search(field.name) or len(offers & codes) > 1:
                found.add(f"{model._meta.label_lower}.{field.name}")
    return found


def _is_of_a_page(field: models.Field) -> bool:
    """The link of a page to the language that it stands in."""
    from wagtail.models import Locale, TranslatableMixin

    return field.related_model is Locale and issubclass(field.model, TranslatableMixin)


def test_no_model_keeps_a_language_of_anybody():
    assert suspects(apps.get_models(include_auto_created=True)) - OF_PAGES - NEVER_WRITTEN - _regimes() == set()


def _regimes() -> set[str]:
    """The language regime of a municipality is law, not anybody's wish."""
    return {"coalition.municipality.regime"}


def test_a_column_for_a_language_would_be_found():
    class Wish(models.Model):
        preferred_language = models.CharField(max_length=5)
        wish = models.CharField(max_length=5, choices=[("nl", "Nederlands"), ("fr", "Frans")])

        class Meta:
            app_label = "planted"
            managed = False

    try:
        assert suspects([Wish]) == {"planted.wish.preferred_language", "planted.wish.wish"}
    finally:
        apps.all_models.pop("planted", None)
        apps.clear_cache()


def test_free_columns_of_people_hold_no_language_either():
    """What rooms keep as JSON about a letter, a session or an entry is asked with a French visit behind it."""
    make_space()
    person = PersonFactory()
    client = sign_in(Client(), person)

    client.get("/fr/accounts/email/", HTTP_ACCEPT_LANGUAGE="fr")

    kept = {**client.session}
    assert not [key for key in kept if SUSPECT.search(key)]
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_whoever_reads_in_french_carries_no_cookie_home():
    from cms.versions import open_language

    make_space()
    open_language("fr")

    client = Client()
    answer = client.get("/fr/", HTTP_ACCEPT_LANGUAGE="fr")

    assert answer.status_code == 200
    assert not client.cookies
    assert 'lang="nl"' in client.get("/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()[:300]


def test_the_admin_offers_no_language_and_takes_none():
    space = make_space()
    person = PersonFactory(is_superuser=True)
    MembershipFactory(coalition=space.coalition)
    client = sign_in(Client(), person)

    shown = client.get("/admin/account/")
    client.post(
        "/admin/account/",
        {
            "name-name": "Nieuwe Naam", "locale-preferred_language": "nl", "preferred_language": "nl",
            "theme-theme": "system", "theme-density": "default", "theme-contrast": "system",
        },
    )  # fmt: skip

    assert shown.status_code == 200
    assert "preferred_language" not in shown.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Nieuwe Naam", "the form was really taken"
    assert UserProfile.objects.exclude(preferred_language="").count() == 0
