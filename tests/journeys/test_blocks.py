"""What blocks do in a real browser: a film waits for the click, folds print open, the checks find what was planted."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import House
from tests.journeys.test_first_digest import COORDINATOR, sign_in

PRACTICAL = "/pajotse-velden/praktisch/"
STAGE = "[document.querySelector('.film__stage').offsetWidth, document.querySelector('.film__stage').offsetHeight]"
FRAME = "https://www.youtube-nocookie.com/embed/demonstrati?rel=0"


@pytest.fixture
def page(browser: Browser, house: House):
    """A browser that may hear of others: `visit` complains of each request to a third party."""
    context = browser.new_context(base_url=house.url, viewport={"width": 1280, "height": 900}, locale="nl-BE")
    yield context.new_page()
    context.close()


def test_a_film_is_asked_for_when_somebody_clicks_and_not_before(page: Page, house: House):
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(house.url) else None)
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    page.goto(PRACTICAL)
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert page.locator("iframe").count() == 0

    size = page.evaluate(STAGE)
    page.locator(".film__play").click()

    expect(page.locator(".film iframe")).to_have_attribute("src", FRAME)
    page.wait_for_timeout(500)
    assert asked == [FRAME]
    assert refused == []
    assert page.locator(".film iframe").get_attribute("title")
    assert "autoplay" not in page.locator(".film iframe").get_attribute("allow")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert page.evaluate(STAGE) == size, "the page does not jump"
    assert page.context.cookies() == []


def test_without_javascript_a_film_is_a_link_and_answers_fold_out(visit):
    page = visit(javascript=False)
    page.goto(PRACTICAL)

    assert page.locator(".film__play").get_attribute("href") == "https://www.youtube.com/watch?v=demonstrati"
    fold = page.locator("details").first
    assert not fold.locator(".fold__inside").is_visible()
    fold.locator("summary").click()
    assert fold.locator(".fold__inside").is_visible()


def test_an_answer_folds_out_by_keyboard_and_by_its_address(visit):
    page = visit()
    page.goto(PRACTICAL)
    summary = page.locator("details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details").first.locator(".fold__inside")).to_be_visible()

    address = page.locator("details .fold__inside").nth(1).get_attribute("id")
    page.goto(f"{PRACTICAL}#{address}")
    expect(page.locator(f"[id='{address}']")).to_be_visible()


OPEN = "[...document.querySelectorAll('.fold__inside')].map(one => one.checkVisibility())"


def test_on_paper_everything_stands_open(visit):
    page = visit()
    page.goto(PRACTICAL)
    assert page.evaluate(OPEN) == [False] * 5

    page.emulate_media(media="print")

    assert page.evaluate(OPEN) == [True] * 5
    assert page.locator(".film__address").is_visible()


def test_a_table_wider_than_the_screen_is_pushed_aside_by_keyboard(visit):
    page = visit(width=320)
    page.goto(PRACTICAL)

    region = page.get_by_role("region", name="Standgeld op de gezamenlijke boerenmarkt")

    assert region.get_attribute("tabindex") == "0"
    region.focus()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


PLANT = """
from cms.pages.coalitions import CoalitionPage
from cms.pages.standard import StandardPage
from wagtail.images import get_image_model
space = CoalitionPage.objects.get(slug="pajotse-velden", locale__language_code="nl")
image = get_image_model().objects.filter(collection=space.collection).first()
shown = {"image": image, "alt": "foto_1.jpg", "decorative": False, "caption": ""}
page = StandardPage(title="Met een fout", slug="met-een-fout", live=False, search_description="Kort.")
page.body = [("image", shown)]
space.add_child(instance=page)
page.save_revision()
print(page.pk)
"""
WELL = """
from wagtail.models import Page
print(Page.objects.get(url_path__endswith="/pajotse-velden/praktisch/").pk)
"""


def test_the_checks_beside_the_editor_find_what_was_planted_and_nothing_where_all_is_well(page: Page, house: House):
    planted = house.python(PLANT).splitlines()[-1]
    well = house.python(WELL).splitlines()[-1]
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    sign_in(page, house, COORDINATOR)

    for pk, found in ((planted, "1"), (well, "0")):
        page.goto(f"/admin/pages/{pk}/edit/")
        page.locator("[data-side-panel-toggle=checks]").first.click()
        panel = page.locator("[data-side-panel=checks]")
        expect(panel.locator("[data-content-word-count]")).not_to_have_text("-", timeout=20_000)
        expect(panel.locator("[data-content-checker-count]")).to_have_text(found, timeout=20_000)

    assert refused == []
