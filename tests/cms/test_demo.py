import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from coalition.activity.models import Notice
from coalition.base.dates import local_day
from coalition.mail.models import Letter
from coalition.membership.models import Coalition, Mandate, Membership
from coalition.membership.rules import Standing
from coalition.people.models import Person
from coalition.territory.models import Municipality
from coalition.territory.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    call_command("demo", verbosity=0)
    ContentType.objects.clear_cache()


def counted() -> dict[str, int]:
    kinds = (Page, Coalition, Membership, Mandate, Municipality, Person, Notice, Authenticator, Letter)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_repeating_the_demonstration_changes_nothing(demo):
    before = counted()

    call_command("demo", verbosity=0)

    assert counted() == before


def test_it_has_municipalities_in_every_state_and_is_marked_as_a_demonstration(demo):
    coalition = Coalition.objects.get(slug="pajotse-velden")
    today = local_day(timezone.now())

    assert {m.state_on(today) for m in coalition.memberships.all()} == set(Standing)
    assert "(DEMO)" in coalition.name
    assert all(coalition.is_demo for coalition in Coalition.objects.all())


def test_it_has_people_for_every_role_who_can_enter_the_admin(demo):
    assert set(Mandate.objects.values_list("role", flat=True)) == set(Mandate.Role)
    assert Person.objects.filter(is_superuser=True).count() == 1
    for person in Person.objects.all():
        assert person.is_demo
        assert person.email.endswith(".example.org")
        assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_groups_agree_with_mandates(demo):
    call_command("sync_groups", "--check", verbosity=0)


def test_who_looks_for_herne_finds_pajottegem(demo):
    (match,) = find("Herne", local_day(timezone.now()))

    assert match.municipality.name_nl == "Pajottegem"


def test_without_official_boundaries_the_map_says_that_it_is_a_sketch(client, demo):
    page = client.get("/pajotse-velden/").content.decode()

    assert Municipality.objects.exclude(boundary="").filter(is_schematic=False).count() == 0
    svg = page[page.index("<svg") : page.rindex("</svg>")]
    assert "chematisch" in page.replace(svg, "")
    assert "chematisch" in svg


def test_official_boundaries_take_the_place_of_the_sketch(client, demo, sample_data, capsys):
    call_command(
        "import_municipalities", str(sample_data / "boundaries" / "flanders-2025.geojson"),
        "--mergers", str(sample_data / "boundaries" / "fusies-2025.csv"), "--source", "Statbel",
    )  # fmt: skip

    assert "304" in capsys.readouterr().out
    page = client.get("/pajotse-velden/").content.decode()
    assert "chematisch" not in page
    assert "Statbel" in page
    call_command("demo", verbosity=0)
    assert Municipality.objects.filter(is_schematic=True, valid_until=None).count() == 0


def test_it_does_not_go_on_a_server(settings):
    settings.LOCAL_MAIL_PAGE = False

    with pytest.raises(CommandError, match="does not go on a server"):
        call_command("demo", verbosity=0)
    assert Coalition.objects.count() == 0
