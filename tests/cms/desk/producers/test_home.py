"""What the home of the admin tells a coordinator of producers."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.membership.actions import give_mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space
from tests.factories.producers import FarmerLinkFactory, LabelFactory, ProducerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


def settle(coalition, now, times: int = 1) -> None:
    """As many of each kind of producer who waits for something."""
    unconfirmed = {"coalition": coalition, "state": "asked", "confirmed_at": None}
    for number in range(times):
        ProducerFactory(name=f"Beller {number}", reach="phone", phone="054 12 34 56", **unconfirmed)
        silent = ProducerFactory(**unconfirmed)
        FarmerLinkFactory(producer=silent, asked_at=now - timedelta(days=20))
        ProducerFactory(coalition=coalition, confirmed_at=now - timedelta(days=400))
        ProducerFactory(coalition=coalition, processes=True)
        LabelFactory(producer__name=f"Biohoeve {number}", producer__coalition=coalition, expires_on=date(2027, 1, 3))
        LabelFactory(producer__coalition=coalition, expires_on=date(2027, 6, 1))


def lines(html: str, part: str) -> list[str]:
    found = re.search(rf'aria-labelledby="desk-[\w-]+-{part}">(.*?)</section>', html, re.DOTALL).group(1)
    return re.findall(r"<li>(.*?)</li>", found, re.DOTALL)


def test_who_wants_a_call_and_how_many_wait_is_told_with_the_way_there(desk, ours, now):
    settle(ours, now)

    html = desk.get("/admin/").content.decode()

    waiting = " ".join(lines(html, "waiting"))
    assert "Beller 0" in waiting
    assert "054 12 34 56" in waiting
    # Who wants to be called was asked long ago as well.
    for work, number in (("long", 2), ("agency", 1), ("stale", 1)):
        line = next(line for line in lines(html, "waiting") if f"work={work}&amp;coalition={ours.pk}" in line)
        assert f">{number} " in line
        address = re.search(r'href="([^"]+)"', line).group(1).replace("&amp;", "&")
        assert len(desk.get(address).context["object_list"]) == number
    assert ["Biohoeve 0" in line for line in lines(html, "dates")] == [True]


def test_it_costs_the_same_for_one_coalition_as_for_three(now):
    counts = []
    for number in (1, 3):
        person = PersonFactory()
        for nth in range(number):
            coalition = make_space(f"ruimte-{number}-{nth}").coalition
            give_mandate(person=person, coalition=coalition, role="coordinator", by=None, now=now)
            settle(coalition, now, times=number)
        client = sign_in(Client(), person)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/")
        counts.append(len(asked))

    assert len(set(counts)) == 1, counts


def test_nothing_of_the_neighbours_is_told(desk, ours, theirs, now):
    settle(theirs, now)

    html = desk.get("/admin/").content.decode()

    assert "Beller" not in html
    assert "Biohoeve" not in html
    assert "work=" not in html
