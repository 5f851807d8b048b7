"""J7: somebody looks for eggs near 1755, on a phone and on paper, without an account and without leaving a trace."""

import re

import pytest

from tests.journeys.conftest import axe

DIRECTORY = "/pajotse-velden/producenten/"
EGGS = "eggs"


def numbers(page):
    """How far each answer is, in kilometres, in the order of the page."""
    told = page.locator(".producer__where .figures").all_inner_texts()
    found = [re.search(r"([\d,]+) (k?m)", text).groups() for text in told]
    return [float(far.replace(",", ".")) / (1 if unit == "km" else 1000) for far, unit in found]


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_citizen_finds_eggs_near_1755_on_a_phone(visit, javascript):
    page = visit(width=390, javascript=javascript)
    page.goto(DIRECTORY)
    page.get_by_label(re.compile("postcode", re.IGNORECASE)).first.fill("1755")
    page.locator("form.ask .finder__row button").click()

    page.wait_for_url("**q=1755**", wait_until="load")
    assert "Gooik (Pajottegem)" in page.locator("#answers-title").inner_text()
    assert numbers(page) == sorted(numbers(page))

    page.locator("details.ask__more > summary").click()
    page.locator("#ask-soort").select_option(EGGS)
    page.locator("input[name=open]").check()
    page.locator("form.ask .finder__row button").click()

    page.wait_for_url("**open=1**", wait_until="load")
    assert "q=1755" in page.url
    assert "soort=eggs" in page.url
    assert "open=1" in page.url
    assert page.locator(".chips li").count() == 2
    shown = page.locator(".producer").count()
    assert page.locator(".producer .is-open").count() == shown
    assert page.context.cookies() == []


def test_the_answers_cross_the_border_of_a_municipality(visit):
    page = visit()
    page.goto(f"{DIRECTORY}?q=Gooik")

    towns = {text.split("(")[-1] for text in page.locator(".producer__where").all_inner_texts()}

    assert len(towns) > 2


def test_the_printed_sheet_keeps_the_selection_and_drops_the_form(visit):
    page = visit()
    page.goto(f"{DIRECTORY}?q=1755&soort={EGGS}")
    page.emulate_media(media="print")

    assert page.locator(".chips li").first.is_visible()
    assert "Gooik" in page.locator("#answers-title").inner_text()
    assert not page.locator("form.ask").is_visible()
    assert page.locator(".producer h3").first.is_visible()


def test_a_pin_leads_to_its_line_by_keyboard(visit):
    page = visit()
    page.goto(DIRECTORY)
    pin = page.locator(".map-pin").first
    pin.wait_for()
    pin.focus()
    page.keyboard.press("Enter")

    chosen = page.locator(".producer.is-chosen")
    assert chosen.count() == 1
    assert pin.get_attribute("aria-label").endswith(chosen.locator("h3 a").inner_text())
    assert axe(page) == []


def test_the_list_says_what_the_map_says(visit):
    page = visit(javascript=False)
    page.goto("/kaart/")
    on_map = page.locator(".producer h3").all_inner_texts()
    page.goto("/kaart/lijst/")

    assert page.locator(".producer h3").all_inner_texts() == on_map
    assert page.locator("figure.map").count() == 0


def test_from_a_crop_of_this_month_to_who_has_it(visit):
    page = visit(width=390)
    page.goto(DIRECTORY + "seizoen/")
    crop = page.locator(".crops a").first
    name = crop.inner_text()
    crop.click()
    page.wait_for_url("**gewas=**", wait_until="load")

    assert page.locator(".chips li").first.inner_text().startswith(name)
    page.locator(".producer h3 a").first.click()
    page.locator("article.profile").wait_for()
    assert page.locator(".item").count() > 0
    assert page.context.cookies() == []
