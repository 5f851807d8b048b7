import re

import pytest

from tests.factories.producers import ProductFactory, SeasonFactory

pytestmark = pytest.mark.django_db
SEASONS = "/pajotse-velden/producenten/seizoen/"


def group(html, key):
    """The crops under one heading."""
    found = re.search(rf'aria-labelledby="season-{key}">(.*?)</section>', html, re.DOTALL)
    return found.group(1) if found else ""


def test_a_crop_leads_to_who_has_it(make, read):
    ProductFactory(producer=make("Hoeve"), name="Prei", crop="prei")

    html = read(SEASONS)

    assert '<a href="/pajotse-velden/producenten/?gewas=prei">Prei</a>' in group(html, "fresh")
    assert "Hoeve" in read("/pajotse-velden/producenten/?gewas=prei")


def test_the_month_stands_in_the_address(make, read):
    assert "Prei" in group(read(f"{SEASONS}?maand=1"), "fresh")
    assert "Prei" in group(read(f"{SEASONS}?maand=6"), "none")


@pytest.mark.parametrize("month", ["13", "0", "-1", "x", "¹", "999999999999"])
def test_a_month_that_is_none_is_this_month(make, read, month):
    assert "Prei" in group(read(f"{SEASONS}?maand={month}"), "fresh")


def test_a_coalition_may_know_better(make, read, space):
    SeasonFactory(coalition=space.coalition, crop="prei", fresh="2-3", glass="", storage="11")

    assert "Prei" in group(read(SEASONS), "storage")
    assert "Prei" in group(read("/producenten/seizoen/"), "fresh")


def test_the_year_is_a_table_that_can_be_heard(make, read):
    table = re.search(r'<table class="year">.*?</table>', read(SEASONS), re.DOTALL).group()

    assert table.count('<th scope="col">') == 13
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
    assert len(rows) == 60
    assert all(row.count('<span class="hidden">') == 12 for row in rows)


@pytest.mark.parametrize("total", [1, 3])
def test_the_queries_do_not_grow(make, client, django_assert_max_num_queries, total):
    for number in range(total):
        ProductFactory(producer=make(f"Hoeve {number}"), crop="prei")
    client.get(SEASONS)

    with django_assert_max_num_queries(8):
        client.get(f"{SEASONS}?maand=3")
