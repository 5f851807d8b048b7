"""J5: a farmer gets on board without a password, from a letter, on a telephone and without JavaScript."""

import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.coalition.producers.test_pictures import from_a_phone
from tests.journeys.conftest import SCREENS, House, axe
from tests.journeys.test_first_digest import COORDINATOR, links, sign_in, text_of

ADDRESS = "linde@example.org"
NAME = "Hoeve De Nieuwe Linde"
# What the coordinator wrote down after a call, and the letter that she sends.
DRAFT = f"""
from django.utils import timezone
from coalition.membership.models import Coalition
from coalition.people.models import Person
from coalition.producers import actions
from coalition.producers.models import Producer
coalition = Coalition.objects.get(slug="pajotse-velden")
by, now = Person.objects.get(email="{COORDINATOR}"), timezone.now()
facts = {{
    "name": "{NAME}", "email": "{ADDRESS}", "phone": "02 000 00 09", "contact_name": "Jan Linde",
    "postcode": "1755", "place": "Gooik", "story": "Melkvee sinds 1962.",
    "products": [{{"name": "Hoevemelk", "category": "dairy", "price_cents": 120, "price_unit": "l"}}],
}}
producer = Producer.objects.filter(email="{ADDRESS}").first()
if producer is None:
    producer = actions.draft_producer(coalition=coalition, facts=facts, by=by, now=now)
print(producer.slug, producer.pk)
"""
ASK = f"{DRAFT}\nactions.ask_producer(producer=producer, coalition=coalition, by=by, now=now)"


def _state(house: House) -> str:
    return house.python(
        f"""
from coalition.producers.models import Producer
print(Producer.objects.get(email="{ADDRESS}").state)
"""
    )


def _led(house: House, word: str, *, after: int = 0, within: float = 100) -> str:
    """Wait for a letter to the farmer that leads to a door with this word, and give the newest of these addresses."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        found = [links(text_of(letter), word) for letter in house.letters(ADDRESS)]
        if len(led := [address for addresses in found for address in set(addresses)]) > after:
            return led[-1]
        time.sleep(0.3)
    raise AssertionError(f"no letter to {ADDRESS} leads to /{word}/ in {within} s")


def _asked(house: House) -> int:
    """How many letters with a link he got until now."""
    return sum(len(set(links(text_of(letter), "boer"))) for letter in house.letters(ADDRESS))


def _open(page: Page, house: House, *, after: int = 0) -> str:
    """Open the link of the newest letter; a program that looks first changes nothing."""
    link = _led(house, "boer", after=after)
    assert page.request.get(link).status == 200
    page.goto(link)
    return link


def test_a_farmer_corrects_declares_and_confirms_by_a_link_on_a_telephone(visit, house: House, tmp_path: Path):
    slug, pk = house.python(DRAFT).split()
    coordinator = visit()
    sign_in(coordinator, house, COORDINATOR)
    coordinator.goto(f"/admin/producenten/{pk}/")
    coordinator.locator("button[value=ask]").click()
    expect(coordinator.locator(".messages")).to_be_visible()
    reader = visit(javascript=False)
    assert reader.goto(f"/producenten/{slug}/").status == 404

    farmer = visit(width=390, javascript=False)
    link = _open(farmer, house)
    assert _state(house) == "asked"
    expect(farmer.locator("h1")).to_contain_text(NAME)
    assert farmer.evaluate("document.documentElement.scrollWidth") <= 390
    # No consent is ticked before he ticks it.
    expect(farmer.locator("form.farmer input[type=checkbox]:checked")).to_have_count(0)

    # A number whose check digits are wrong is explained, and nothing he typed is lost.
    farmer.locator("[name=enterprise_number]").fill("0403.019.262")
    farmer.locator("[name=story]").fill("Melkvee sinds 1962, en nu ook ijs.")
    farmer.locator("[name=shown][value=phone]").check()
    farmer.locator("[name=digest]").check()
    farmer.locator("details.row", has_text="Hoevemelk").locator("summary").first.click()
    farmer.locator("[name=products-0-allergen_state]").select_option("contains")
    farmer.locator("[name=products-0-allergens][value=milk]").check()
    farmer.locator("button[name=confirm]").click()
    expect(farmer.locator(".errors")).to_contain_text("0403.019.262")
    expect(farmer.locator(".errors")).to_be_focused()
    expect(farmer.locator("[name=enterprise_number]")).to_have_attribute("aria-invalid", "true")
    expect(farmer.locator("[name=story]")).to_have_value("Melkvee sinds 1962, en nu ook ijs.")
    assert _state(house) == "asked"

    # Three rows more and a photo, and still everything is there.
    farmer.locator("button[name=more][value=products]").click()
    # The first of the new rows is unfolded already.
    farmer.locator("[name=products-4-name]").fill("Roomijs")
    farmer.locator("[name=products-4-category]").select_option("dairy")
    photo = tmp_path / "winkel.jpg"
    photo.write_bytes(from_a_phone())
    farmer.locator("[name=photo]").set_input_files(photo)
    farmer.locator("[name=alt]").fill("Onze winkel")
    farmer.locator("button[formaction$='/foto/']").click()
    expect(farmer.locator(".photos img")).to_have_count(1)
    expect(farmer.locator("[name=shown][value=phone]")).to_be_checked()

    farmer.locator("[name=enterprise_number]").fill("0403.019.261")
    farmer.locator("button[name=look]").last.click()
    preview = farmer.locator("details.preview")
    expect(preview).to_contain_text("02 000 00 09")
    # Nobody said which allergens the ice contains: it is not shown, and he reads so.
    expect(preview.locator("dl")).not_to_contain_text("Roomijs")
    expect(preview.locator(".note")).to_contain_text("Roomijs")
    farmer.locator("button[name=confirm]").click()
    expect(farmer).to_have_url(re.compile("/boer/bedankt/"))

    assert _state(house) == "confirmed"
    assert farmer.goto(link).status == 410
    public = _led(house, "producenten")
    assert public.endswith(f"/{slug}/")
    reader.goto(public)
    expect(reader.locator("main")).to_contain_text("en nu ook ijs")
    expect(reader.locator("main")).to_contain_text("02 000 00 09")
    expect(reader.locator("main")).not_to_contain_text("Jan Linde")
    expect(reader.locator("main")).not_to_contain_text(ADDRESS)
    expect(reader.locator("main")).not_to_contain_text("Roomijs")
    house.letter(COORDINATOR, NAME)


def test_who_comes_too_late_gets_a_new_link_and_may_rather_be_called(visit, house: House):
    before = _asked(house)
    house.python(ASK)
    farmer = visit(width=390, javascript=False)
    _open(farmer, house, after=before)
    house.python(
        """
from datetime import timedelta
from django.utils import timezone
from coalition.producers.models import FarmerLink
FarmerLink.objects.update(asked_at=timezone.now() - timedelta(minutes=31))
"""
    )
    assert farmer.reload().status == 410
    before = _asked(house)
    farmer.locator("main form button").click()
    expect(farmer).to_have_url(re.compile("/boer/gevraagd/"))

    _open(farmer, house, after=before)
    farmer.locator("form.call button").click()
    expect(farmer.locator("h1")).to_be_visible()
    reach = house.python(
        f"""
from coalition.producers.models import Producer
print(Producer.objects.get(email="{ADDRESS}").reach)
"""
    )
    assert reach == "phone"


def test_the_farmers_page_is_good_for_everybody(visit, house: House):
    before = _asked(house)
    house.python(ASK.replace("actions.ask_producer", "Producer.objects.update(reach='mail'); actions.ask_producer"))
    page = visit(width=390)
    link = _open(page, house, after=before)
    SCREENS.mkdir(parents=True, exist_ok=True)
    for name, where in (("farmer", link), ("farmer-expired", "/boer/onbekend/"), ("farmer-thanks", "/boer/bedankt/")):
        for width in (390, 1280):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.goto(where)
                page.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=True)
                assert axe(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
