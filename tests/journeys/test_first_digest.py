"""The journey everything stands on: from a farmer's address to the digest in his mailbox, and out again."""

import re
import time
import urllib.request

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from cms.management.demonstration.people import seed
from tests.journeys.conftest import House

COORDINATOR = "coordinator@demo.example.org"
FARMER = "nieuwe.boer@example.org"
TITLE = "Aspergeveiling in Gooik"


TYPED: set[str] = set()


def totp(secret: str) -> str:
    """What the authenticator app shows. The house takes each code once: whoever signs in twice waits for the next."""
    while (code := _shown(secret)) in TYPED:
        time.sleep(0.5)
    TYPED.add(code)
    return code


def _shown(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def links(text: str, word: str) -> list[str]:
    return re.findall(rf"http://[^\s>]*/{word}/[^\s>]+", text)


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def subscribe(page: Page, house: House) -> None:
    page.goto("/")
    page.get_by_role("link", name="Pajotse Velden").first.click()
    page.locator("a[href*='/overzichtsmail/']").first.click()
    page.locator("input[name=email]").fill(FARMER)
    page.locator("input[name=agreed]").check()
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/gevraagd/$"))

    letter = house.letter(FARMER, "overzichtsmail")
    (link,) = set(links(text_of(letter), "bevestig"))
    page.goto(link)
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()
    assert house.python(state_of(FARMER)) == "confirmed"


def state_of(address: str) -> str:
    return (
        f"from coalition.digests.models import Subscription; print(Subscription.objects.get(email='{address}').state)"
    )


def sign_in(page: Page, house: House, address: str) -> None:
    """By a code from the mailbox and a code from the authenticator app."""
    page.goto("/admin/")
    page.locator("input[type=email]").first.fill(address)
    page.locator("main button[type=submit]").first.click()
    code = page.locator("input[name=code]")
    expect(code).to_be_visible()
    letter = house.letter(address, "code")
    code.fill(re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text_of(letter), re.M).group(1))
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    page.locator("input[name=code]").fill(totp(seed(address)))
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/admin/"))


def publish_news(page: Page, house: House, title: str) -> None:
    """As an editor does: pages, the news overview, a new item, publish."""
    space = house.python(
        "from cms.pages.coalitions import CoalitionPage as C;"
        "print(C.objects.get(slug='pajotse-velden', locale__language_code='nl').pk)"
    )
    page.goto(f"/admin/pages/{space}/")
    page.locator("tr", has_text="Nieuwsoverzicht").locator("td.children a").first.click()
    page.locator("a[href$='/add_subpage/']").first.click()
    # The editor's own scripts make an address of the title, once they are there.
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").fill(title)
    page.locator("[name=title]").press("Tab")
    expect(page.locator("[name=slug]")).not_to_have_value("")
    page.locator("[name=lead]").fill("Zaterdag om 10 uur, op het dorpsplein.")
    page.locator("footer button.w-dropdown__toggle").click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text(title)


def let_a_week_pass(house: House) -> None:
    """The page has stood there for an hour and the coalition's digest, this week's first, fell due a minute ago."""
    house.python(
        """
from datetime import timedelta
from django.utils import timezone
from coalition.activity.models import Notice
from coalition.base.dates import BRUSSELS
from coalition.digests.models import DigestSchedule, Edition, Subscription
now = timezone.now()
due = (now - timedelta(minutes=1)).astimezone(BRUSSELS)
Notice.objects.filter(title="Aspergeveiling in Gooik").update(changed_at=now - timedelta(hours=1))
Subscription.objects.filter(email="nieuwe.boer@example.org").update(confirmed_at=now - timedelta(hours=2))
# On the evening of the digest this week's edition may have gone out while the house was being opened.
Edition.objects.filter(coalition__slug="pajotse-velden").delete()
DigestSchedule.objects.filter(coalition__slug="pajotse-velden").update(
    weekday=due.isoweekday(), hour=due.time().replace(microsecond=0), since=due.date() - timedelta(days=7))
"""
    )


def test_a_farmer_subscribes_reads_the_digest_that_celery_sent_and_stops(visit, house: House):
    farmer = visit(width=390)
    subscribe(farmer, house)

    coordinator = visit()
    sign_in(coordinator, house, COORDINATOR)
    publish_news(coordinator, house, TITLE)
    let_a_week_pass(house)

    digest = house.letter(FARMER, TITLE, within=150)
    assert "Zaterdag om 10 uur, op het dorpsplein." in text_of(digest)
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert digest["Reply-To"] == COORDINATOR
    (link,) = set(links(text_of(digest), "nieuws/aspergeveiling-in-gooik/")) or set(
        re.findall(r"http://\S+/nieuws/aspergeveiling-in-gooik/", text_of(digest))
    )
    farmer.goto(link)
    expect(farmer.locator("h1")).to_have_text(TITLE)

    (stop,) = set(re.findall(r"<(http[^>]+)>", digest["List-Unsubscribe"]))
    assert urllib.request.urlopen(stop).status == 200  # noqa: S310  a scanner looks: nothing changes
    assert house.python(state_of(FARMER)) == "confirmed"
    request = urllib.request.Request(stop, data=b"List-Unsubscribe=One-Click", method="POST")  # noqa: S310
    assert urllib.request.urlopen(request).status == 200  # noqa: S310
    assert house.python(state_of(FARMER)) == "ended"
    assert len([one for one in house.letters(FARMER) if TITLE in one["Subject"]]) == 1
