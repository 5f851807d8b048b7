from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.dates import BRUSSELS, local_day, week_key
from coalition.digests.actions import set_schedule
from coalition.digests.models import DigestSchedule, Edition
from coalition.membership.actions import give_mandate
from coalition.membership.models import Mandate
from tests.cms.signing_in import sign_in
from tests.factories import PersonFactory
from tests.factories.pages import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def spaces():
    return make_space("pajotse-velden"), make_space("scheldemeersen")


def visit(space, role, now):
    person = PersonFactory()
    give_mandate(person=person, coalition=space.coalition, role=role, by=None, now=now)
    return sign_in(Client(), person)


def test_a_coordinator_sets_the_day_and_hour_of_his_coalition(spaces, now):
    client = visit(spaces[0], Mandate.Role.COORDINATOR, now)

    response = client.post("/admin/overzichtsmail/pajotse-velden/", {"weekday": 4, "hour": "07:30"})

    assert response.status_code == 302
    schedule = DigestSchedule.objects.get(coalition=spaces[0].coalition)
    assert (schedule.weekday, schedule.hour) == (4, time(7, 30))
    assert Entry.objects.filter(verb=Verb.SCHEDULE_CHANGED, coalition=spaces[0].coalition).exists()
    assert "7.30" in client.get("/admin/overzichtsmail/").content.decode()


def test_another_coalitions_digest_is_not_there_for_him(spaces, now):
    client = visit(spaces[0], Mandate.Role.COORDINATOR, now)

    assert client.get("/admin/overzichtsmail/scheldemeersen/").status_code == 404
    assert client.post("/admin/overzichtsmail/scheldemeersen/", {"weekday": 4, "hour": "07:30"}).status_code == 404
    assert spaces[1].coalition.name not in client.get("/admin/overzichtsmail/").content.decode()
    assert DigestSchedule.objects.count() == 0


def test_an_editor_does_not_set_it(spaces, now):
    client = visit(spaces[0], Mandate.Role.EDITOR, now)

    assert client.get("/admin/overzichtsmail/pajotse-velden/").status_code == 404
    assert client.get("/admin/overzichtsmail/").status_code in (302, 403)


def test_an_hour_that_is_none_is_named_and_nothing_is_written(spaces, now):
    client = visit(spaces[0], Mandate.Role.COORDINATOR, now)

    page = client.post("/admin/overzichtsmail/pajotse-velden/", {"weekday": 9, "hour": "25:00"}).content.decode()

    assert "25:00" in page
    assert DigestSchedule.objects.count() == 0


@pytest.mark.parametrize("told", [False, True])
def test_a_week_that_has_had_its_digest_has_no_second_one_on_the_desk(spaces, told):
    coalition, now = spaces[0].coalition, timezone.now()
    at = (now + timedelta(minutes=30)).astimezone(BRUSSELS)
    set_schedule(coalition=coalition, weekday=at.isoweekday(), hour=at.time(), by=None, now=now)
    if told:
        Edition.objects.create(coalition=coalition, key=week_key(at.date()), due_at=now - timedelta(hours=1))

    rows = sign_in(Client(), PersonFactory(is_superuser=True)).get("/admin/overzichtsmail/").context["rows"]

    due = next(due for row, _schedule, due in rows if row == coalition)
    assert (local_day(due) - at.date()).days == (7 if told else 0)
