import pytest

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.brochures.actions import ask_brochure
from coalition.press.models import Sheet
from tests.factories import CoalitionFactory, PersonFactory
from tests.factories.brochures import brochure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_in_type")]


def test_a_brochure_is_asked_for_and_remembered(now):
    coalition, person = CoalitionFactory(), PersonFactory()
    sheet = ask_brochure(
        brochure=brochure(), subject="brochure:1:nl", form="a5", coalition=coalition, by=person, now=now
    )

    assert (sheet.title, sheet.form, sheet.file_name) == ("Eten van bij ons", "a5", "eten-van-bij-ons-a5.pdf")
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.coalition) == (Verb.SHEET_ASKED, person, coalition)


def test_a_form_that_is_none_is_refused(now):
    with pytest.raises(Refusal):
        ask_brochure(brochure=brochure(), subject="x", form="a0", coalition=CoalitionFactory(), by=None, now=now)

    assert not Sheet.objects.exists()
    assert not Entry.objects.exists()
