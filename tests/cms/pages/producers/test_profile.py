import json
import re
from datetime import date, timedelta

import pytest

from coalition.producers.models import Declaration, Producer
from coalition.producers.words import Contact
from tests.cms.pages.producers.conftest import NOW
from tests.factories import MembershipFactory
from tests.factories.producers import (
    ClosureFactory,
    LabelFactory,
    PhotoFactory,
    PrinciplesFactory,
    ProductFactory,
    SalesChannelFactory,
)

pytestmark = pytest.mark.django_db
DIRECTORY = "/pajotse-velden/producenten/"
# Wherever something of a producer could come to light.
PLACES = (DIRECTORY, "/producenten/", "/kaart/", "/kaart/lijst/", "/pajotse-velden/", f"{DIRECTORY}?q=geheim")


def page_of(row):
    return f"{DIRECTORY}{row.slug}/"


def linked(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1))


def test_a_producer_tells_what_he_makes_where_and_how(make, read):
    row = make("Hoeve Zeven Schoven", story="Sinds 1974.", opening_hours="We 14:00-18:00")
    ProductFactory(producer=row, name="Prei", price_cents=280, price_unit="kg")
    ProductFactory(
        producer=row, name="Brood", category="bread", crop="", allergen_state="contains", allergens=["gluten"]
    )
    SalesChannelFactory(producer=row, note="naast de schuur")
    ClosureFactory(producer=row, reason="kerstvakantie")

    html = read(page_of(row))

    for words in ("Sinds 1974.", "€\xa02,80/kg", "gluten", "naast de schuur", "kerstvakantie", "14.00-18.00"):
        assert words in html
    assert html.count("month--now") == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"state": Producer.State.DRAFT},
        {"state": Producer.State.ASKED},
        {"state": Producer.State.HIDDEN},
        {"processes": True, "favv_level": ""},
    ],
    ids=["a draft", "one who was asked", "one who is hidden", "one who is not declared"],
)
def test_who_may_not_be_shown_is_nowhere(make, client, facts):
    row = make("Geheime hoeve", **facts)
    ProductFactory(producer=row)

    assert client.get(page_of(row)).status_code == 404
    assert client.get(f"/producenten/{row.slug}/").status_code == 404
    for address in PLACES:
        assert "Geheime hoeve" not in client.get(address).content.decode(), address


def test_a_producer_goes_with_his_municipality(space, make, client, pajottegem):
    row = make("Geheime hoeve", coalition=None)
    row.listings.create(coalition=space.coalition, added_at=NOW)
    assert "Geheime hoeve" in client.get(f"{DIRECTORY}?q=geheime").content.decode()

    pajottegem.memberships.update(valid_until=NOW.date() - timedelta(days=1))

    assert client.get(page_of(row)).status_code == 404
    for address in PLACES:
        assert "Geheime hoeve" not in client.get(f"{address}{'&' if '?' in address else '?'}x=1").content.decode()


def test_what_is_not_decided_or_no_longer_valid_is_not_said(make, read):
    row = make("Hoeve")
    ProductFactory(producer=row, name="Geheime kaas", allergen_state="undecided")
    LabelFactory(producer=row, name="Geheim label", expires_on=date(2026, 11, 23))
    LabelFactory(producer=row, name="Zonder bewijs", certificate="")
    PhotoFactory(producer=row, alt="Geheime foto", confirmed_at=None)

    for address in (*PLACES, page_of(row)):
        html = read(address)
        for secret in ("Geheime kaas", "Geheim label", "Zonder bewijs", "Geheime foto"):
            assert secret not in html, address


def test_only_what_he_agreed_to_show_is_shown(make, read):
    secrets = {
        "contact_name": "Griet Geheim", "phone": "0470 99 88 77", "email": "geheim@example.org",
        "website": "https://geheim.example.org/", "street": "Geheimstraat 7",
    }  # fmt: skip
    row = make("Hoeve", latitude=50.771234, longitude=4.118765, **secrets)

    for address in (*PLACES, page_of(row)):
        html = read(address)
        assert [secret for secret in (*secrets.values(), "50.77123", "4.11877") if secret in html] == [], address

    Producer.objects.filter(pk=row.pk).update(shown=Contact.values)
    html = read(f"{page_of(row)}?x=1")
    assert all(secret in html for secret in secrets.values())
    assert "50.77123" in html


def test_a_producer_says_why_he_stands_here(make, read, space):
    row = make("Hoeve")
    LabelFactory(producer=row, kind="organic")
    principles = PrinciplesFactory(coalition=space.coalition, version=3)
    Declaration.objects.create(
        producer=row,
        principles=principles,
        key="principle-1",
        answer="partly",
        words="Vier van de vijf.",
        declared_at=NOW,
    )

    html = read(page_of(row))

    assert html.count("<dt>") == 5
    for words in ("Vier van de vijf.", "BE-BIO-01-1234", "1 juni 2026", "24 november 2026"):
        assert words in html


def test_linked_data_ends_no_script_and_keeps_his_secrets(make, read):
    facts = {"phone": "0470 99 88 77", "enterprise_number": "0403019261", "opening_hours": "We 14:00-18:00"}
    row = make("Hoeve </script><script>alert(1)</script>", **facts)
    ProductFactory(producer=row, name="Prei", price_cents=280, price_unit="kg")
    SalesChannelFactory(producer=row)

    html = read(page_of(row))
    told = linked(html)

    assert "<script>alert" not in html
    assert told["name"] == row.name
    assert told["@type"][0] == "GroceryStore"
    assert told["makesOffer"][0]["priceSpecification"]["referenceQuantity"]["unitCode"] == "KGM"
    assert told["openingHoursSpecification"][0]["opens"].startswith("14:00")
    assert "telephone" not in told
    assert "geo" not in told


def test_in_several_coalitions_he_has_one_address(make, read, space):
    from tests.factories.pages import make_space

    row = make("Hoeve")
    other = make_space("alfa", name="Alfa")
    row.listings.create(coalition=other.coalition, as_guest=True, reason="buur", added_at=NOW)

    for address in (page_of(row), f"/alfa/producenten/{row.slug}/"):
        assert re.search(rf'rel="canonical" href="[^"]*/alfa/producenten/{row.slug}/"', read(address))


def test_a_page_that_says_open_is_kept_no_longer_than_that_is_true(make, client):
    row = make("Hoeve", opening_hours="Tu 09:00-10:32")

    request = client.get(page_of(row)).wsgi_request

    assert request.kept_until - NOW == timedelta(minutes=2)


@pytest.mark.parametrize("total", [1, 3])
def test_a_page_takes_the_same_queries_for_much_as_for_little(make, client, django_assert_max_num_queries, total):
    row = make("Hoeve")
    for number in range(total):
        ProductFactory(producer=row, name=f"Prei {number}")
        SalesChannelFactory(producer=row)
        LabelFactory(producer=row)
        ClosureFactory(producer=row)
    client.get(page_of(row))

    with django_assert_max_num_queries(16):
        client.get(f"{page_of(row)}?x=1")


def test_a_municipality_shows_who_makes_it_there(make, read, pajottegem):
    from cms.corners import open_corner

    make("Hoeve")
    MembershipFactory(municipality=pajottegem)
    open_corner(pajottegem)

    html = read("/gemeenten/pajottegem/")

    assert f'href="{DIRECTORY}hoeve-' in html
    assert 'href="/producenten/?gemeente=23106"' in html


def test_the_front_page_shows_who_makes_it_and_what_is_fresh(make, read):
    ProductFactory(producer=make("Hoeve"), name="Prei", crop="prei")

    html = read("/pajotse-velden/")

    assert f'href="{DIRECTORY}hoeve-' in html
    assert f'href="{DIRECTORY}?gewas=prei"' in html
