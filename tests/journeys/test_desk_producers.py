"""The coordinator and a producer who called: drafted, asked by letter, confirmed on the telephone; no JavaScript."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import House
from tests.journeys.test_first_digest import COORDINATOR, links, sign_in, text_of

FARMER = "an@hoeve-ter-linden.example"
NAME = "Hoeve Ter Linden"


def test_a_producer_is_drafted_asked_by_letter_and_confirmed_on_the_telephone(visit, house: House):
    page = visit(javascript=False)
    sign_in(page, house, COORDINATOR)

    page.goto("/admin/producenten/nieuw/")
    for field, text in (("name", NAME), ("email", FARMER), ("postcode", "1755"), ("place", "Gooik")):
        page.locator(f"[name={field}]").fill(text)
    page.locator("[name=enterprise_number]").fill("0403.019.262")
    page.locator("[name=products-0-name]").fill("Prei")
    page.locator("[name=products-0-category]").select_option("vegetables")
    page.locator("button[name=more][value=products]").click()
    expect(page.locator("[name=products-4-name]")).to_be_visible()
    page.locator("main form .button").first.click()

    # The check digits are wrong: it is told in a summary and beside the field, and nothing typed is lost.
    expect(page.locator("#wrong a[href='#id_enterprise_number']")).to_be_visible()
    expect(page.locator("[name=products-0-name]")).to_have_value("Prei")
    page.locator("[name=enterprise_number]").fill("0403.019.261")
    page.locator("main form .button").first.click()
    expect(page).to_have_url(re.compile(r"/admin/producenten/\d+/$"))
    expect(page.locator("#header-title")).to_contain_text(NAME)
    profile = page.url

    page.locator("button[value=ask]").click()
    letter = house.letter(FARMER, NAME)
    assert len(set(links(text_of(letter), "boer"))) == 1

    page.goto(f"{profile}telefoon/")
    expect(page.locator("input[name=shown]:checked")).to_have_count(0)
    page.locator("input[name=shown][value=email]").check()
    page.locator("main form .button").first.click()
    expect(page).to_have_url(profile)
    for section, rows in (("consents", 1), ("log", 3)):
        expect(page.locator(f"section[aria-labelledby={section}] tbody tr")).to_have_count(rows)

    page.goto("/admin/producenten/?q=ter+linden")
    expect(page.locator("#listing-results tbody tr")).to_have_count(1)
