"""The admin's home: what waits for whoever opens it, of his own coalitions alone, at the same price however many."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.corners import open_corner
from cms.spaces import sync_grants
from coalition.membership.actions import give_mandate
from coalition.membership.models import Agreement, Invitation, JoinRequest, Mandate
from coalition.membership.models.agreements import HEADINGS
from tests.cms.signing_in import sign_in
from tests.factories import MandateFactory, MembershipFactory, MunicipalityFactory, PersonFactory
from tests.factories.pages import make_space, publish_news

pytestmark = pytest.mark.django_db
Role = Mandate.Role


@pytest.fixture(autouse=True)
def noon(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def space(noon):
    return make_space("pajotse-velden", name="Pajotse Velden")


def desk_of(role, coalition, now, municipality=None) -> Client:
    person = PersonFactory()
    give_mandate(person=person, coalition=coalition, role=role, municipality=municipality, by=None, now=now)
    return sign_in(Client(), person)


def home(client) -> str:
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def part(html: str, name: str) -> list[str]:
    """What stands in one part of the (first) desk, line by line, as a person reads it."""
    found = re.search(rf'aria-labelledby="desk-[\w-]+-{name}">(.*?)</section>', html, re.DOTALL).group(1)
    lines = re.findall(r"<li>(.*?)</li>", found, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def ask(coalition, now, name="Ternat", **facts):
    facts = {"state": "confirmed", "confirmed_at": now - timedelta(days=3)} | facts
    return JoinRequest.objects.create(
        coalition=coalition, municipality=MunicipalityFactory(name_nl=name), name="Tine", email="t@example.org",
        office="schepen", asked_at=now - timedelta(days=4), **facts,
    )  # fmt: skip


def invite(coalition, now, name="Halle", days=3, **facts):
    return Invitation.objects.create(
        coalition=coalition, municipality=MunicipalityFactory(name_nl=name), role="representative",
        email="h@example.org", created_at=now - timedelta(days=11), expires_at=now + timedelta(days=days), **facts,
    )  # fmt: skip


def agree(coalition, now, **missing):
    words = dict.fromkeys(HEADINGS, "Zo is het afgesproken.") | missing
    return Agreement.objects.create(coalition=coalition, changed_at=now, **words)


def age(page: Page, days: int, now) -> None:
    moment = now - timedelta(days=days)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=moment, last_published_at=moment)


def test_a_coordinator_sees_who_waits_for_him_and_where_he_answers(space, now):
    ask(space.coalition, now)
    ask(space.coalition, now, "Onbevestigd", state="asked", confirmed_at=None)
    decided = {"standing": "requested", "decision_date": date(2026, 11, 10), "valid_from": date(2027, 1, 1)}
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Bever", **decided)
    undecided = {"decision_date": None, "decision_body": "", "valid_from": None}
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Lennik", standing="invited", **undecided)
    invite(space.coalition, now)
    invite(space.coalition, now, "Dilbeek", days=20)
    agree(space.coalition, now, notice="", accounts=" ")

    html = home(desk_of(Role.COORDINATOR, space.coalition, now))

    lines = part(html, "waiting")
    assert [line.split()[0] for line in lines[:3]] == ["Ternat", "Bever", "Lennik"]
    assert "Halle" in lines[3]
    assert "2" in lines[4]
    assert len(lines) == 5
    assert '<a href="/admin/coalities/pajotse-velden/gemeenten/">Ternat' in html
    assert f'<a href="/admin/coalitie/overeenkomst/edit/{space.coalition.agreement.pk}/">' in html
    assert "t@example.org" not in html


def test_a_desk_where_nothing_waits_teaches_what_to_do_next(space, now):
    agree(space.coalition, now)

    html = home(desk_of(Role.COORDINATOR, space.coalition, now))

    for name in ("waiting", "unrepresented", "untouched", "dates"):
        assert part(html, name) == []
    assert html.count('href="/admin/coalities/pajotse-velden/gemeenten/"') == 2
    assert 'href="/admin/overzichtsmail/pajotse-velden/"' in html


def test_members_for_whom_nobody_speaks_today(space, now):
    silent = MembershipFactory(coalition=space.coalition, municipality__name_nl="Gooik")
    spoken = MembershipFactory(coalition=space.coalition, municipality__name_nl="Lennik")
    ended = MembershipFactory(coalition=space.coalition, municipality__name_nl="Pepingen")
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Ternat", standing="observer")
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Herne", valid_until=date(2026, 11, 23))
    for_one = {"coalition": space.coalition, "role": Role.REPRESENTATIVE}
    MandateFactory(municipality=spoken.municipality, **for_one)
    MandateFactory(municipality=ended.municipality, valid_until=date(2026, 11, 23), **for_one)
    MandateFactory(municipality=silent.municipality, person__is_active=False, **for_one)

    lines = part(home(desk_of(Role.COORDINATOR, space.coalition, now)), "unrepresented")

    assert [line.split()[0] for line in lines] == ["Gooik", "Pepingen"]


def test_pages_untouched_for_a_year_the_oldest_first(space, now):
    for title, days in (("Oud", 366), ("Ouder", 500), ("Vers", 364), ("Kladje", 900)):
        page = publish_news(space, title)
        if title == "Kladje":
            page.unpublish()
        age(page, days, now)

    html = home(desk_of(Role.EDITOR, space.coalition, now))

    assert [line.split()[0] for line in part(html, "untouched")] == ["Ouder", "Oud"]
    assert f'href="/admin/pages/{Page.objects.get(title="Oud").pk}/edit/"' in html


def test_a_page_in_another_language_grows_old_as_well(space, now):
    french = space.copy_for_translation(Locale.objects.get_or_create(language_code="fr")[0], copy_parents=True)
    Page.objects.filter(pk=french.pk).update(live=True, title="En français")
    age(french, 400, now)

    assert part(home(desk_of(Role.EDITOR, space.coalition, now)), "untouched")[0].startswith("En français")


def test_the_next_dates_are_those_of_the_digest_and_of_who_comes_and_goes(space, now):
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Bever", valid_from=date(2027, 1, 1))
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Herne", valid_until=date(2026, 12, 31))
    MembershipFactory(coalition=space.coalition, municipality__name_nl="Later", valid_from=date(2028, 1, 1))
    client = desk_of(Role.COORDINATOR, space.coalition, now)
    client.post("/admin/overzichtsmail/pajotse-velden/", {"weekday": "2", "hour": "20:15"})

    lines = part(home(client), "dates")

    assert ["dinsdag 24 november 2026, 20.15 uur" in lines[0], "Herne" in lines[1], "Bever" in lines[2]] == [True] * 3
    assert len(lines) == 3


def test_a_representative_sees_his_own_corner_and_nothing_of_what_waits_for_the_coordinator(space, now):
    ask(space.coalition, now, "Wachter")
    own = MembershipFactory(coalition=space.coalition, municipality__name_nl="Gooik", valid_until=date(2026, 12, 31))
    other = MembershipFactory(coalition=space.coalition, municipality__name_nl="Lennik", valid_until=date(2026, 12, 30))
    for membership in (own, other):
        age(open_corner(membership.municipality), 400, now)
    person = PersonFactory(is_superuser=False)
    give_mandate(
        person=person, coalition=space.coalition, role=Role.REPRESENTATIVE, municipality=own.municipality, by=None,
        now=now,
    )  # fmt: skip
    sync_grants(coalition=space.coalition, now=now)

    html = home(sign_in(Client(), person))

    assert "Wachter" not in html
    assert "Lennik" not in html
    assert [line.split()[0] for line in part(html, "untouched")] == ["Gooik"]
    assert len(part(html, "dates")) == 1
    assert "-waiting" not in html


def test_nothing_of_another_coalition_is_told(space, now):
    theirs = make_space("scheldemeersen", name="Geheime Meersen")
    secret = {"coalition": theirs.coalition, "municipality__name_nl": "Geheimgem"}
    MembershipFactory(**secret, valid_from=date(2027, 1, 1))
    ask(theirs.coalition, now, "Geheimvraag")
    invite(theirs.coalition, now, "Geheimgast")
    age(publish_news(theirs, "Geheim nieuws"), 500, now)
    boss = home(desk_of(Role.COORDINATOR, theirs.coalition, now))
    assert boss.count("Geheim") >= 5, "what is not told to its own coordinator would prove nothing"

    for role in (Role.COORDINATOR, Role.EDITOR):
        assert "Geheim" not in home(desk_of(role, space.coalition, now))


def test_the_counts_of_the_whole_platform_are_for_superusers(space, now):
    assert "w-summary" not in home(desk_of(Role.COORDINATOR, space.coalition, now))
    assert "w-summary" in home(sign_in(Client(), PersonFactory(is_superuser=True)))


def test_hostile_names_are_only_words(space, now):
    ask(space.coalition, now, "<script>alert(1)</script>")

    html = home(desk_of(Role.COORDINATOR, space.coalition, now))

    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html


def _settle(spaces, members: int, pages: int, people: int, now) -> Client:
    """A coordinator of all these coalitions, each with so much in it."""
    person = PersonFactory()
    for space in spaces:
        give_mandate(person=person, coalition=space.coalition, role=Role.COORDINATOR, by=None, now=now)
        news = space.get_children().get(slug="nieuws")
        for number in range(members):
            MembershipFactory(coalition=space.coalition)
            if number < 3:
                ask(space.coalition, now, f"Vraag {number}")
                invite(space.coalition, now, f"Gast {number}")
        Page.objects.filter(pk=news.pk).update(numchild=pages)
        Page.objects.bulk_create(_copies(news, pages, now))
        MandateFactory.create_batch(people, coalition=space.coalition, role=Role.EDITOR)
    return sign_in(Client(), person)


def _copies(index, number: int, now) -> list[Page]:
    old = now - timedelta(days=400)
    return [
        Page(
            title=f"Blad {place}", slug=f"blad-{place}", path=f"{index.path}{place:04d}", depth=index.depth + 1,
            url_path=f"{index.url_path}blad-{place}/", live=True, locale=index.locale, last_published_at=old,
            content_type=index.content_type, latest_revision_created_at=old,
        )
        for place in range(1, number + 1)
    ]  # fmt: skip


def queries(client) -> int:
    client.get("/admin/")
    with CaptureQueriesContext(connection) as found:
        client.get("/admin/")
    return len(found)


def test_it_costs_the_same_for_one_coalition_as_for_three_and_for_a_large_one(now):
    one = _settle([make_space("een")], 1, 1, 1, now)
    three = _settle([make_space(f"drie-{number}") for number in range(3)], 3, 3, 3, now)
    large = _settle([make_space("groot")], 60, 500, 300, now)

    counted = [queries(client) for client in (one, three, large)]

    assert len(set(counted)) == 1, counted
