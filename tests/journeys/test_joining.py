"""J1 and J2: a founder founds a coalition and invites municipalities; one of them joins by its council's decision."""

import re
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.management.demonstration.people import seed
from coalition.base.dates import local_day
from tests.journeys.conftest import SCREENS, House, axe
from tests.journeys.test_first_digest import COORDINATOR, links, sign_in, text_of, totp

FOUNDER = "stichter@example.org"
ADMINISTRATOR = "beheer@demo.example.org"
# Vollezele is a village of Pajottegem; Herne merged into it.
TYPED = ["Vollezele", "Lennik", "Pepingen", "Roosdaal", "Bever", "Affligem", "Liedekerke"]
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _sign_in_by_code(page: Page, house: House, address: str, wanted: str) -> None:
    """By a code from the mailbox alone, as whoever has no part in the admin."""
    page.goto(f"/accounts/login/?next={wanted}")
    page.locator("input[type=email]").first.fill(address)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    letter = house.letter(address, "code")
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text_of(letter), re.M).group(1)
    page.locator("input[name=code]").fill(code)
    page.locator("main button[type=submit]").first.click()


def _set_up_the_app(house: House, address: str) -> None:
    """The founder's authenticator app, as if he had scanned the picture on his telephone."""
    house.python(
        f"""
from allauth.mfa.totp.internal.auth import TOTP
from coalition.people.models import Person
TOTP.activate(Person.objects.get(email="{address}"), "{SEED}")
"""
    )


def _statement(page: Page, house: House, kind: str, fields: dict[str, str]) -> None:
    parent = house.python(
        "from cms.pages.coalitions import CoalitionPage; print(CoalitionPage.objects.get(slug='groene-heuvels').pk)"
    )
    page.goto(f"/admin/pages/add/cms/{kind}/{parent}/")
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("footer button.w-dropdown__toggle").click()
    # By the keyboard: the calendar of a day that was typed may lie over the button.
    page.locator("button[name=action-publish]").press("Enter")
    expect(page.locator(".messages")).to_contain_text(fields["title"])


def test_a_founder_founds_a_coalition_and_invites_its_municipalities(visit, house: House):
    administrator = visit()
    sign_in(administrator, house, ADMINISTRATOR)
    administrator.goto("/admin/coalities/")
    administrator.locator("input[name=email]").fill(FOUNDER)
    administrator.locator("form[action$='/stichters/'] button").click()
    expect(administrator.locator(".messages")).to_contain_text(FOUNDER)

    invitation = house.letter(FOUNDER, "voedselcoalitie")
    (link,) = set(links(text_of(invitation), "uitnodiging"))
    founder = visit(width=1280)
    founder.goto(link)
    founder.locator("input[name=name]").fill("Stien Stichter")
    founder.locator("main button[type=submit]").click()
    _set_up_the_app(house, FOUNDER)
    _sign_in_by_code(founder, house, FOUNDER, "/lidmaatschap/")
    expect(founder).to_have_url(re.compile("/2fa/authenticate/"))
    founder.locator("input[name=code]").fill(totp(SEED))
    founder.locator("main button[type=submit]").first.click()
    expect(founder).to_have_url(re.compile("/lidmaatschap/"))

    founder.locator("a[href='/admin/coalities/oprichten/']").click()
    founder.locator("[name=name]").fill("Groene Heuvels")
    founder.locator("[name=contact_email]").fill("groene-heuvels@example.org")
    founder.locator("main form button[type=submit]").last.click()
    expect(founder).to_have_url(re.compile("/admin/coalities/groene-heuvels/gemeenten/"))

    # A former name leads to what it became, and says so.
    founder.locator("#q").fill("Herne")
    founder.locator("main form[method=get] button").click()
    found = founder.locator("main section .help-info").first
    expect(found).to_contain_text("Pajottegem")
    expect(found).to_contain_text("2025")
    for village in TYPED:
        founder.locator("#q").fill(village)
        founder.locator("main form[method=get] button").click()
        founder.locator("button[value=invite]").first.click()
        expect(founder.locator(".messages")).to_be_visible()
    rows = founder.locator("table.listing").last.locator("tbody tr")
    expect(rows).to_have_count(len(TYPED))
    for row in rows.all():
        expect(row).to_contain_text("Uitgenodigd")

    # Without its statements the coalition does not show itself; with them it does.
    pk = house.python(
        "from cms.pages.coalitions import CoalitionPage; print(CoalitionPage.objects.get(slug='groene-heuvels').pk)"
    )
    founder.goto(f"/admin/pages/{pk}/edit/")
    founder.locator("footer button.w-dropdown__toggle").click()
    founder.locator("button[name=action-publish]").click()
    expect(founder.locator(".messages")).to_contain_text("privacyverklaring")
    expect(founder.locator(".messages")).to_contain_text("toegankelijkheidsverklaring")
    assert visit().goto("/groene-heuvels/").status == 404
    contact = {"contact_email": "groene-heuvels@example.org", "reviewed_on": "2026-11-24"}
    _statement(founder, house, "privacypage", contact | {
        "title": "Privacyverklaring", "controller": "De gemeenten samen", "roles": "Elk voor haar inwoners",
    })  # fmt: skip
    _statement(founder, house, "accessibilitypage", contact | {
        "title": "Toegankelijkheidsverklaring", "assessed_on": "2026-11-24",
    })  # fmt: skip
    founder.goto(f"/admin/pages/{pk}/edit/")
    founder.locator("footer button.w-dropdown__toggle").click()
    founder.locator("button[name=action-publish]").click()
    expect(founder.locator(".messages")).to_contain_text("Groene Heuvels")

    # Nobody has decided yet: readers see no municipality at all.
    reader = visit(javascript=False)
    reader.goto("/groene-heuvels/")
    expect(reader.locator("h1")).to_have_text("Groene Heuvels")
    for name in ("Pajottegem", "Lennik"):
        expect(reader.locator("main")).not_to_contain_text(name)


def test_a_municipality_joins_by_its_councils_decision_and_the_coordinator_gets_one_letter(visit, house: House):
    # Ternat has asked; its representative records what the council decided. Without JavaScript, on a telephone.
    representative = visit(width=390, javascript=False)
    address = "ternat@demo.example.org"
    _sign_in_by_code(representative, house, address, "/lidmaatschap/")
    representative.locator("input[name=code]").fill(totp(seed(address)))
    representative.locator("main button[type=submit]").first.click()
    representative.goto("/lidmaatschap/pajotse-velden/gemeente/23086/")
    expect(representative.locator("main")).to_contain_text("heeft nog niet beslist")

    representative.locator("[name=decision_date]").fill("2025-01-01")
    representative.locator("[name=valid_from]").fill("2025-02-01")
    representative.locator("[name=delegate_name_1]").fill("Els Ternat")
    representative.locator("[name=delegate_office_1]").select_option("alderman")
    representative.get_by_role("button", name="Leg het besluit vast").click()
    expect(representative.locator("[name=decision_date]")).to_have_attribute("aria-invalid", "true")
    expect(representative.locator("[name=delegate_name_1]")).to_have_value("Els Ternat")

    decided = local_day(timezone.now())
    later = date(decided.year + 1, 7, 1)
    representative.locator("[name=decision_date]").fill(decided.isoformat())
    representative.locator("[name=decision_url]").fill("https://raadpleegomgeving.example.org/ternat/1")
    representative.locator("[name=valid_from]").fill(later.isoformat())
    representative.get_by_role("button", name="Leg het besluit vast").click()
    expect(representative.locator("main")).to_contain_text("Els Ternat (schepen)")

    # The coalition's side is still to come: the coordinator is told, once, and accepts.
    letter = house.letter(COORDINATOR, "Ternat")
    (link,) = set(re.findall(r"http://\S+/gemeenten/", text_of(letter)))
    coordinator = visit()
    sign_in(coordinator, house, COORDINATOR)
    coordinator.goto(link)
    coordinator.locator("button[value=accept]").click()
    expect(coordinator.locator(".messages")).to_contain_text("Ternat")
    assert len([one for one in house.letters(COORDINATOR) if "Ternat" in one["Subject"]]) == 1
    house.letter(address, "Ternat")

    # From the first day on it is a member; until then it is planned, and history tells who did what.
    representative.reload()
    expect(representative.locator("main")).to_contain_text("Tine Ternat")
    expect(representative.locator("main")).to_contain_text("Katrien Coördinator")
    expect(representative.locator(".lead")).to_contain_text("1 juli")
    reader = visit()
    reader.goto("/pajotse-velden/")
    row = reader.locator("table tr", has_text="Ternat")
    expect(row).to_contain_text("Sluit later aan")

    # It leaves again: gone from the list after its last day, and the earlier report stays.
    house.python(
        """
from datetime import timedelta
from django.utils import timezone
from coalition.base.dates import local_day
from coalition.membership.models import Membership
today = local_day(timezone.now())
Membership.objects.filter(municipality__nis="23086").update(
    valid_from=today - timedelta(days=30), decision_date=today - timedelta(days=40))
"""
    )
    representative.goto("/lidmaatschap/pajotse-velden/gemeente/23086/")
    yesterday = decided - timedelta(days=1)
    representative.locator("[name=last_day]").fill(yesterday.isoformat())
    representative.get_by_role("button", name="Leg vast dat we vertrekken").click()
    reader.goto("/pajotse-velden/")
    expect(reader.locator("table tr", has_text="Ternat")).to_have_count(0)
    told = house.python(
        f"""
from datetime import date
from coalition.membership.models import Membership
row = Membership.objects.get(municipality__nis="23086")
print(row.state_on(date({yesterday.year}, {yesterday.month}, {yesterday.day})))
"""
    )
    assert told == "member"


def test_what_a_representative_sees_is_good_for_everybody(visit, house: House):
    address = "lennik@demo.example.org"
    page = visit(width=390)
    _sign_in_by_code(page, house, address, "/lidmaatschap/")
    page.locator("input[name=code]").fill(totp(seed(address)))
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/lidmaatschap/"))
    SCREENS.mkdir(parents=True, exist_ok=True)

    for name, where in (
        ("my-coalitions", "/lidmaatschap/"),
        ("my-place", "/lidmaatschap/pajotse-velden/gemeente/23104/"),
        ("my-data-signed-in", "/mijn-gegevens/"),
    ):
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.goto(where)
                page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=True)
                assert axe(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
