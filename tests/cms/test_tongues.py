"""The language law, by whatever way somebody publishes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.due import publish_scheduled
from cms.pages.municipalities import MunicipalityPage
from cms.publishing import obstacles
from cms.versions import open_language, open_version, version_of
from coalition.membership.languages import Ground
from coalition.membership.models import LanguageGround, SharedLanguages
from tests.factories import MembershipFactory
from tests.factories.languages import make_bilingual_space, make_facility_member, write_in_french, write_text
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


def live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def corner():
    return make_facility_member(make_space(), municipality__name_nl="Bever", municipality__name_fr="Biévène")


def test_a_municipality_with_facilities_has_its_corner_in_both_languages_from_the_first_day(corner):
    french = version_of(corner, "fr")

    assert (french.title, french.url) == ("Biévène", "/fr/gemeenten/bievene/")
    assert live(corner)
    assert live(french)


def test_elsewhere_a_corner_is_in_dutch_alone():
    from cms.corners import open_corner

    make_space()
    open_corner(MembershipFactory().municipality)

    assert {page.locale.language_code for page in MunicipalityPage.objects.all()} == {"nl"}


def test_without_its_french_version_a_page_of_such_a_corner_is_not_published(corner):
    market = write_text(corner, title="Markt", live=False)

    (why,) = obstacles(market)

    assert "The French version is missing" in why


def test_a_version_that_still_holds_the_dutch_words_is_no_version(corner):
    market = write_text(corner, title="Markt", lead="Elke zondag.", live=False)
    french = market.copy_for_translation(version_of(corner, "fr").locale)

    assert "still holds the Dutch text" in obstacles(market)[0]
    french.lead = "Chaque dimanche."
    french.save_revision()
    assert obstacles(market) == []


def test_both_go_live_together_and_the_french_one_not_before(corner):
    market = write_text(corner, title="Markt", live=False)
    french = write_in_french(market, title="Marché", live=False)
    assert "goes live together" in obstacles(french)[0]

    market.save_revision().publish()

    assert live(market)
    assert live(french)
    assert Page.objects.get(pk=french.pk).title == "Marché"


def test_a_version_that_is_to_appear_later_does_not_count(corner):
    market = write_text(corner, title="Markt", live=False)
    write_in_french(market, title="Marché", live=False, go_live_at=timezone.now() + timedelta(days=1))

    assert "later than the Dutch one" in obstacles(market)[0]


def test_the_clock_waits_for_the_french_version(corner):
    now = timezone.now()
    market = write_text(corner, title="Markt", live=False)
    market.save_revision(approved_go_live_at=now - timedelta(minutes=1))

    assert publish_scheduled(now=now) == 0
    assert not live(market)

    french = write_in_french(market, title="Marché", live=False)
    assert publish_scheduled(now=now) == 1
    assert live(market)
    assert live(french)


def test_a_way_that_asks_nobody_leads_nowhere(corner):
    market = write_text(corner, title="Markt", live=False)

    market.save_revision().publish()

    assert not live(market)


def test_a_page_for_a_closed_circle_is_no_notice_to_the_public(corner):
    inner = write_text(corner, title="Binnen", live=False)
    PageViewRestriction.objects.create(page=inner, restriction_type=PageViewRestriction.LOGIN)

    assert obstacles(inner) == []


def test_shared_pages_need_french_while_a_facility_municipality_takes_part_unless_the_coalition_decided_otherwise():
    space = make_space()
    about = write_text(space, live=False)
    assert obstacles(about) == []
    member = MembershipFactory(coalition=space.coalition, municipality__regime="rand")

    assert "A municipality with facilities takes part" in obstacles(about)[0]

    choice = SharedLanguages.objects.create(
        coalition=space.coalition, choice="dutch", reason="Advies.", decided_on=date(2026, 2, 1)
    )
    assert obstacles(about) == []
    choice.delete()
    member.delete()
    assert obstacles(about) == []


def test_elsewhere_another_language_needs_a_ground_and_a_dutch_page_that_is_live():
    space = make_space()
    open_language("fr")
    open_version(space, "fr", intro="<p>Bienvenue.</p>")
    about = write_text(space, live=False)
    french = write_in_french(about, live=False)

    found = obstacles(french)
    assert "Nothing is recorded" in found[0]
    assert "Publish the Dutch page first" in found[1]

    LanguageGround.objects.create(
        coalition=space.coalition,
        language="fr",
        purpose="Seizoenarbeid",
        audience="plukkers",
        decided_on=date(2026, 2, 1),
    )
    about.save_revision().publish()
    assert obstacles(french) == []


def test_what_is_written_in_french_only_is_no_translation():
    space = make_bilingual_space()
    alone = write_text(version_of(space, "fr"), title="Seulement", live=False)

    assert "write it in Dutch first" in obstacles(alone)[0]


def test_a_tourist_centre_speaks_three_languages_or_dutch_alone():
    space = make_space()
    corner = make_facility_member(space, regime="nl")
    open_language("en")
    open_version(corner.get_parent().specific, "en")
    LanguageGround.objects.create(
        municipality=corner.municipality, language="en", ground=Ground.TOURIST, purpose="Toerisme", audience="fietsers",
        decided_on=date(2026, 2, 1), decision_url="https://raad.example.org/1",
    )  # fmt: skip

    english = open_version(corner, "en")

    assert "Dutch, French and German" in obstacles(english)[0]
