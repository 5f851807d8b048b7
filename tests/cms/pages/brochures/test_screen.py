"""A brochure on the screen: the producers, and how far the files are."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.pages.brochures.sheets import subject_of
from coalition.press.models import Sheet, shelf
from coalition.press.rules import Form, State
from tests.cms.pages.brochures.conftest import NOW
from tests.factories.pages import publish_brochure
from tests.factories.press import SheetFactory
from tests.factories.producers import PhotoFactory, ProductFactory, SalesChannelFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 words"


@pytest.fixture
def page(space, make):
    row = make("Hoeve", opening_hours="Sa 09:00-12:00")
    ProductFactory(producer=row, name="Prei", price_cents=280, price_unit="kg")
    SalesChannelFactory(producer=row)
    PhotoFactory(producer=row, file="abc")
    found = publish_brochure(space, intro="<p>Van hier.</p>")
    Sheet.objects.all().delete()
    return found


def printed(page, form=Form.A4, **facts):
    name = shelf().save("2026/11/sheet.pdf", ContentFile(PDF))
    done = {"state": State.DONE, "made_at": NOW, "file": name, "pages": 12, "bytes": 1_400_000}
    return SheetFactory(**{"subject": subject_of(page), "form": form} | done | facts)


def read(client, page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_names_everybody_with_offer_price_hours_and_photo(client, page):
    text = read(client, page)

    for words in ("Hoeve", "Van hier.", "Prei", "2,80/kg", "9.00-12.00", "/foto/abc-400.jpg", "/producenten/"):
        assert words in text
    assert "<table" in text


def test_it_is_there_without_anybody_in_it(client, space):
    assert 'class="empty"' in read(client, publish_brochure(space, only_picked=True))


def test_a_file_is_offered_once_it_is_ready(client, page):
    assert ".pdf" not in read(client, page)
    printed(page)
    cache.clear()

    assert f'href="{page.url}brochure-a4.pdf"' in read(client, page)


def test_while_something_is_made_the_page_is_soon_made_anew(client, page, settings):
    SheetFactory(subject=subject_of(page), state=State.WORKING, done_parts=4, all_parts=10)

    assert "40" in read(client, page)
    assert f'<a href="{page.url}">' in read(client, page)


@pytest.mark.parametrize(("name", "form"), [("a4", Form.A4), ("a5", Form.A5), ("boekje", Form.BOOKLET)])
def test_everybody_fetches_the_files_of_a_public_brochure(client, page, name, form):
    printed(page, form)

    answer = client.get(f"{page.url}brochure-{name}.pdf")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"


def test_the_newest_file_is_handed_out_while_a_newer_one_is_made(client, page):
    printed(page)
    SheetFactory(subject=subject_of(page), asked_at=timezone.now())

    assert client.get(f"{page.url}brochure-a4.pdf").status_code == 200


@pytest.mark.parametrize("shut", ["withdrawn", "closed", "closed above", "withdrawn above"])
def test_nobody_fetches_the_files_of_a_brochure_that_is_not_public(client, page, space, shut):
    printed(page)
    target = space if shut.endswith("above") else page
    if shut.startswith("withdrawn"):
        type(target).objects.filter(pk=target.pk).update(live=False)
    else:
        PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(f"{page.url}brochure-a4.pdf").status_code == 404


def test_a_file_that_is_not_there_is_not_found(client, page):
    assert client.get(f"{page.url}brochure-a4.pdf").status_code == 404
    assert client.get("/pajotse-velden/nieuws/brochure-a4.pdf").status_code == 404
    assert client.get("/fr/pajotse-velden/brochure/brochure-a4.pdf").status_code == 404


def asked(client, page) -> int:
    """How many queries the page takes when its frame is known and itself is not kept."""
    client.get(page.url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(page.url, {"van": "elders"}).status_code == 200
    return len(found)


def test_it_takes_at_most_twelve_queries_for_one_and_for_three(client, page, make):
    one = asked(client, page)
    for name in ("Twee", "Drie"):
        row = make(name)
        ProductFactory(producer=row)
        PhotoFactory(producer=row)

    assert asked(client, page) == one <= 12
