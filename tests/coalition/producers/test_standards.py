"""What a coalition goes by: versions of five principles that stay as they were, and its own seasons."""

from datetime import date

import pytest

from coalition.activity.models import Entry
from coalition.activity.verbs import Verb
from coalition.base.errors import Refusal
from coalition.producers import actions, queries
from coalition.producers.models import Principles, Season
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FIVE = [
    ("Betrokkenheid van de consument", "Wie koopt, weet wie teelt."),
    ("Weinig schakels", ""),
    ("Zeggenschap van de producent", ""),
    ("Lokaal karakter", ""),
    ("Inzicht in de landbouwpraktijk", ""),
]


def adopt(coalition, coordinator, now, *, items=FIVE, day=date(2026, 11, 1)):
    return actions.adopt_principles(coalition=coalition, items=items, adopted_on=day, by=coordinator, now=now)


def test_five_principles_make_a_version_and_the_next_leaves_it_alone(coalition, coordinator, now):
    first = adopt(coalition, coordinator, now)
    second = adopt(coalition, coordinator, now, items=[("Anders", "")] * 5, day=date(2027, 1, 1))

    assert (first.version, second.version) == (1, 2)
    assert [item["title"] for item in Principles.objects.get(pk=first.pk).items] == [title for title, _text in FIVE]
    assert queries.principles_of(coalition, date(2026, 12, 31)) == first
    assert queries.principles_of(coalition, date(2027, 1, 1)) == second
    assert queries.principles_of(coalition, date(2026, 10, 31)) is None
    assert Entry.objects.filter(verb=Verb.PRINCIPLES_ADOPTED).count() == 2


def test_each_principle_has_a_key_of_its_own_that_a_form_can_use(coalition, coordinator, now):
    keys = [
        item["key"]
        for item in adopt(coalition, coordinator, now, items=[("Wéinig schakels in de keten", "")] * 5).items
    ]

    assert len(set(keys)) == 5
    assert all(len(key) <= 20 and key.isascii() for key in keys)


@pytest.mark.parametrize(
    ("items", "words"),
    [(FIVE[:4], "all five"), ([*FIVE, ("Zes", "")], "all five"), ([(" ", "")] * 5, "all five"),
     ([("x" * 121, "")] * 5, "at most 120"), ([("x", "y" * 1001)] * 5, "at most 120")],
)  # fmt: skip
def test_other_than_five_good_ones_are_refused(coalition, coordinator, now, items, words):
    with pytest.raises(Refusal, match=words):
        adopt(coalition, coordinator, now, items=items)

    assert not Principles.objects.exists()


def test_a_version_is_not_older_than_the_one_before(coalition, coordinator, now):
    adopt(coalition, coordinator, now)

    with pytest.raises(Refusal, match="adopted later"):
        adopt(coalition, coordinator, now, day=date(2026, 10, 1))


def test_only_a_coordinator_adopts(coalition, now):
    with pytest.raises(Refusal, match="Only a coordinator"):
        adopt(coalition, PersonFactory(), now)


def season(coalition, coordinator, now, **months):
    told = {"crop": "prei", "fresh": "", "glass": "", "storage": ""} | months
    return actions.set_season(coalition=coalition, by=coordinator, now=now, **told)


def test_a_coalition_knows_better_about_a_crop_and_goes_back(coalition, coordinator, now):
    season(coalition, coordinator, now, fresh="10-5")
    assert queries.seasons_of(coalition) == {"prei": ("10-5", "", "")}

    assert season(coalition, coordinator, now) is None
    assert not Season.objects.exists()
    assert Entry.objects.filter(verb=Verb.SEASON_CHANGED).count() == 2


def test_a_month_thirteen_is_refused_beside_its_field(coalition, coordinator, now):
    with pytest.raises(Refusal) as refused:
        season(coalition, coordinator, now, storage="11-13")

    assert refused.value.field == "storage"
    with pytest.raises(Refusal, match="Choose one"):
        season(coalition, coordinator, now, crop="bananen", fresh="1-2")
    assert not Season.objects.exists()
