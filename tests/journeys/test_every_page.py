"""Every kind of page as people meet it: wide, narrow, light, dark, without JavaScript, by keyboard, through axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SCREENS, House, axe

PAGES = {
    "front": "/",
    "coalition": "/pajotse-velden/",
    "news-list": "/pajotse-velden/nieuws/",
    "news": "/pajotse-velden/nieuws/samen-een-boerenmarkt/",
    "text": "/pajotse-velden/over-ons/",
    "practical": "/pajotse-velden/praktisch/",
    "brochure": "/pajotse-velden/proef-het-pajottenland/",
    "accessibility": "/pajotse-velden/toegankelijkheid/",
    "privacy": "/pajotse-velden/privacy/",
    "finder": "/gemeente-zoeken/?q=Herne",
    "search": "/zoeken/?q=markt",
    "producers": "/pajotse-velden/producenten/",
    "producers-around": "/pajotse-velden/producenten/?q=1755&soort=eggs&zondag=1",
    "producers-nobody": "/pajotse-velden/producenten/?q=zeppelin",
    "producers-everywhere": "/producenten/?q=Gooik",
    "producers-map": "/kaart/",
    "producers-list": "/kaart/lijst/",
    "producer": "/pajotse-velden/producenten/hoeve-zeven-schoven-demo/",
    "seasons": "/pajotse-velden/producenten/seizoen/",
    "seasons-everywhere": "/producenten/seizoen/?maand=1",
    "search-forgiven": "/zoeken/?q=boerenmrakt",
    "search-nothing": "/zoeken/?q=zeppelin",
    "subscribe": "/overzichtsmail/pajotse-velden/",
    "asked": "/overzichtsmail/pajotse-velden/gevraagd/",
    "link-expired": "/bevestig/verlopen/",
    "my-data": "/mijn-gegevens/",
    "my-data-ask": "/mijn-gegevens/per-mail/",
    "my-data-asked": "/mijn-gegevens/per-mail/gevraagd/",
    "my-data-erased": "/mijn-gegevens/gewist/",
    "my-data-link-expired": "/mijn-gegevens/link/verlopen/",
    "sign-in": "/accounts/login/",
    "sign-in-code": "/accounts/login/code/",
    "members-only": "/pajotse-velden/leden/",
    "mailbox": "/postvak/",
    "not-found": "/bestaat-niet/",
    "second-coalition": "/scheldemeersen/",
    "french-front": "/fr/",
    "french-coalition": "/fr/pajotse-velden/",
    "french-text": "/fr/pajotse-velden/a-propos/",
    "french-corner": "/fr/gemeenten/bievene/",
    "french-corner-text": "/fr/gemeenten/bievene/marche-fermier/",
    "not-in-french": "/fr/pajotse-velden/nieuws/",
    "corner": "/gemeenten/bever/",
    "corners": "/gemeenten/",
    "join": "/lidmaatschap/pajotse-velden/",
    "join-asked": "/lidmaatschap/pajotse-velden/gevraagd/",
    "invitation-expired": "/uitnodiging/verlopen/",
}
FORMS = ("mailbox", "sign-in", "sign-in-code", "subscribe", "members-only", "my-data-ask", "join")
FOR_READERS = [name for name in PAGES if name not in FORMS]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(visit, name, width, dark):
    page = visit(width=width, dark=dark)
    page.goto(PAGES[name])

    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert axe(page) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_at_320_pixels_and_with_text_twice_the_size_nothing_sticks_out(visit, name):
    narrow = visit(width=320)
    narrow.goto(PAGES[name])
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320

    large = visit(width=768)
    large.goto(PAGES[name])
    large.evaluate("document.documentElement.style.fontSize = '200%'")
    assert large.evaluate("document.documentElement.scrollWidth") <= 768


@pytest.mark.parametrize("name", FOR_READERS)
def test_without_javascript_the_page_says_the_same(visit, name):
    page = visit(javascript=False)
    page.goto(PAGES[name])

    expect(page.locator("h1")).to_be_visible()
    if name in ("front", "coalition"):
        expect(page.locator("main svg").first).to_be_visible()
        expect(page.locator("main")).to_contain_text("Pajottegem")


@pytest.mark.parametrize("name", FOR_READERS)
def test_a_reader_gets_no_cookie(visit, name):
    page = visit()
    page.goto(PAGES[name])
    page.wait_for_load_state("networkidle")

    assert page.context.cookies() == []


def test_the_keyboard_reaches_the_content_first_and_every_stop_is_seen(visit):
    page = visit()
    page.goto("/pajotse-velden/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    for _stop in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


FOCUS_IS_SEEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return true;
  const style = getComputedStyle(focused), box = focused.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const shadowed = style.boxShadow !== 'none';
  return (outlined || shadowed) && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


def test_subscribing_works_without_javascript_and_names_a_mistake_beside_its_field(visit, house: House):
    page = visit(javascript=False)
    page.goto("/overzichtsmail/pajotse-velden/")
    page.locator("input[name=email]").fill("geen adres")
    page.locator("main button[type=submit]").click()

    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert page.locator("input[name=email]").input_value() == "geen adres"
    page.locator("input[name=email]").fill("zonder.script@example.org")
    page.locator("input[name=agreed]").check()
    page.locator("main button[type=submit]").click()
    assert page.url.endswith("/gevraagd/")
    house.letter("zonder.script@example.org", "overzichtsmail")


def test_the_first_load_is_light(visit):
    for name in ("front", "coalition", "news", "practical"):
        page: Page = visit(width=390)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        weight = {"page": 0, "map": 0}
        kinds: dict[str, str] = {}
        session.on(
            "Network.responseReceived", lambda e, kinds=kinds: kinds.update({e["requestId"]: e["response"]["url"]})
        )
        session.on("Network.loadingFinished", lambda e, kinds=kinds, weight=weight: _weigh(e, kinds, weight))
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        assert 0 < weight["page"] <= 150_000, (name, weight)
        assert weight["page"] + weight["map"] <= 350_000, (name, weight)


def _weigh(event: dict, kinds: dict[str, str], weight: dict[str, int]) -> None:
    url = kinds.get(event["requestId"], "")
    if "/media/" not in url:
        weight["map" if "leaflet" in url or "/kaart/" in url else "page"] += int(event["encodedDataLength"])


def test_axe_would_find_something_if_it_were_there(visit):
    page = visit()
    page.goto("/")
    page.evaluate(SPOIL)

    findings = axe(page)
    assert any(finding.startswith("image-alt") for finding in findings)
    assert any(finding.startswith("color-contrast") for finding in findings)


SPOIL = """() => {
  const main = document.querySelector('main');
  const pale = document.createElement('p');
  pale.textContent = 'flets';
  pale.style.color = '#ccc';
  main.replaceChildren(new Image(20, 20), pale);
}"""
