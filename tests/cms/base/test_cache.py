import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import PageViewRestriction

from cms.pages.home import HomePage
from cms.pages.municipalities import MunicipalityPage
from cms.spaces import MEMBERS_SLUG
from coalition.base import freshness
from coalition.membership.actions import change_coalition, record_membership
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality
from tests.factories import MunicipalityFactory, PersonFactory
from tests.factories.languages import make_bilingual_space
from tests.factories.pages import make_space, publish_news
from tests.factories.producers import ProducerFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def back_to_dutch():
    """A visit in French leaves its language behind in this thread."""
    with translation.override("nl"):
        yield


@pytest.fixture
def space():
    return make_space("pajotse-velden")


@pytest.fixture
def at_once(monkeypatch):
    """Run what waits for a commit at once: a test's transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda what, robust=False, using=None: what())


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_the_second_reader_costs_no_query(client, space):
    for path in ("/", "/pajotse-velden/", "/pajotse-velden/nieuws/"):
        assert queries(client, path) > 0
        assert queries(client, path) == 0


def test_the_cached_page_is_the_page(client, space):
    first, second = client.get("/pajotse-velden/"), client.get("/pajotse-velden/")

    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    assert first.content == second.content
    assert second["Content-Type"] == first["Content-Type"]
    assert "default-src 'none'" in second["Content-Security-Policy"]


def test_readers_get_no_cookie(client, space):
    for path in ("/", "/pajotse-velden/", "/pajotse-velden/nieuws/"):
        for _time in range(2):
            assert not client.get(path).cookies


def test_a_page_is_new_as_soon_as_it_is_published(client, space, at_once):
    news = publish_news(space, title="Eerste titel")
    path = news.get_url()
    client.get(path)

    news.title = "Tweede titel"
    news.save_revision().publish()

    assert "Tweede titel" in client.get(path).content.decode()
    assert "Tweede titel" in client.get("/pajotse-velden/nieuws/").content.decode()


def test_a_withdrawn_page_is_gone_at_once(client, space, at_once):
    news = publish_news(space)
    assert client.get(news.get_url()).status_code == 200

    news.unpublish()

    assert client.get(news.get_url()).status_code == 404


def test_a_page_made_private_is_gone_at_once(client, space, at_once):
    news = publish_news(space)
    client.get(news.get_url())

    PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(news.get_url()).status_code == 302


def test_a_new_member_shows_at_once_on_the_coalitions_page_and_on_the_front_page(client, space, at_once, now):
    municipality = MunicipalityFactory(name_nl="Vollezele")
    for path in ("/", "/pajotse-velden/"):
        client.get(path)

    record_membership(
        coalition=space.coalition, nis=municipality.nis, standing=Standing.MEMBER, by=None, now=now,
        decision_date=now.date(), valid_from=now.date(),
    )  # fmt: skip

    assert "Vollezele" in client.get("/pajotse-velden/").content.decode()
    assert "Vollezele" in client.get("/").content.decode()


def test_a_changed_coalition_shows_at_once(client, space, at_once, now):
    client.get("/pajotse-velden/")

    change_coalition(coalition=space.coalition, by=None, now=now, subtitle="Nieuwe ondertitel")

    assert "Nieuwe ondertitel" in client.get("/pajotse-velden/").content.decode()


def test_one_coalitions_news_leaves_the_other_coalitions_pages_in_the_cache(client, space, at_once):
    make_space("scheldemeersen")
    client.get("/scheldemeersen/")

    publish_news(space)

    assert queries(client, "/scheldemeersen/") == 0


def test_a_page_made_from_old_facts_is_not_kept_for_later_readers(client, space, at_once, monkeypatch):
    """The page is being made while an editor publishes: its facts are old, so it is found by nobody."""
    real = HomePage.get_context

    def publish_meanwhile(self, request, *args, **kwargs):
        context = real(self, request, *args, **kwargs)
        monkeypatch.setattr(HomePage, "get_context", real)
        publish_news(space)
        return context

    client.get("/")
    cache.clear()
    monkeypatch.setattr(HomePage, "get_context", publish_meanwhile)
    client.get("/")

    assert client.get("/")["X-Cache"] == "miss"


def test_who_is_signed_in_never_gets_or_leaves_a_cached_page(client, space):
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=f"c{space.coalition_id}-members"))
    client.force_login(person)

    assert client.get(f"/pajotse-velden/{MEMBERS_SLUG}/").status_code == 200
    assert "X-Cache" not in client.get("/pajotse-velden/")
    client.logout()
    assert client.get(f"/pajotse-velden/{MEMBERS_SLUG}/").status_code == 302


def test_made_up_parameters_and_addresses_leave_nothing_in_the_cache(client, space):
    client.get("/pajotse-velden/?warm=up")
    client.get("/er-is-niets/")
    before = len(getattr(cache, "_cache", ()))

    client.get("/pajotse-velden/?utm_source=x")
    client.get("/bestaat-niet/")

    assert len(getattr(cache, "_cache", ())) == before


def test_without_a_cache_pages_are_made_anew(client, space, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "coalition.base.forgiving.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }

    assert client.get("/pajotse-velden/").status_code == 200
    publish_news(space)


@pytest.mark.parametrize("members", [1, 3, 12])
def test_pages_cost_the_same_few_queries_whatever_the_number_of_members(client, now, members, at_once):
    space = make_bilingual_space("pajotse-velden")
    for _number in range(members):
        record_membership(
            coalition=space.coalition, nis=MunicipalityFactory().nis, standing=Standing.MEMBER, by=None, now=now,
            decision_date=now.date(), valid_from=now.date(),
        )  # fmt: skip
        publish_news(space, title=f"Nieuws {_number}")
    in_dutch = ("/", "/pajotse-velden/", "/pajotse-velden/nieuws/", "/pajotse-velden/nieuws/nieuws-0/")
    for path in (*in_dutch, "/fr/", "/fr/pajotse-velden/"):
        client.get(path)
        freshness.stale(freshness.EVERYWHERE)
        assert 0 < queries(client, path) <= 12, path


@pytest.mark.parametrize("path", ["/pajotse-velden/", "/fr/pajotse-velden/"])
@pytest.mark.parametrize("producers", [1, 9])
def test_so_does_the_page_of_a_coalition_with_producers(client, at_once, path, producers):
    space = make_bilingual_space("pajotse-velden")
    bever = Municipality.objects.get(name_nl="Bever")
    for _number in range(producers):
        ProductFactory(producer=ProducerFactory(coalition=space.coalition, municipality=bever), crop="aardappelen")
    client.get(path)
    freshness.stale(freshness.EVERYWHERE)

    assert queries(client, path) <= 11
    assert b"makers" in client.get(path).content


@pytest.mark.parametrize("path", ["/gemeenten/bever/", "/fr/gemeenten/bievene/"])
def test_so_does_the_corner_of_a_municipality_with_producers(client, at_once, path):
    space = make_bilingual_space("pajotse-velden")
    for corner in MunicipalityPage.objects.order_by("path"):
        corner.save_revision().publish()
    ProductFactory(producer=ProducerFactory(coalition=space.coalition, municipality=corner.municipality))
    client.get(path)
    freshness.stale(freshness.EVERYWHERE)

    assert queries(client, path) <= 12
    assert b"makers" in client.get(path).content
