"""The producers of the demonstration: every state in which a real one can be, and nobody who exists."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.management.demonstration.farms import farms
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.producers import queries
from coalition.producers.facts import clean_facts
from coalition.producers.hours import in_words
from coalition.producers.models import Declaration, Label, Listing, Photo, Producer, Product, SalesChannel

State = Producer.State


def test_the_facts_can_be_read_and_nobody_of_them_exists():
    today = local_day(timezone.now())
    found = farms(today)

    assert len(found) == len({facts["name"] for facts in found}) == 24
    for facts in found:
        assert clean_facts(facts)[1] == {}
        assert facts["name"].endswith("(demo)")
        assert facts["email"].endswith(".example.org")
        assert facts["phone"].startswith("02 000 00 ")
        assert facts["enterprise_number"] == "" or facts["enterprise_number"].startswith("1999.00")
        assert all(
            in_words(hours["opening_hours"], "nl") for hours in facts.get("channels", []) if hours["opening_hours"]
        )


@pytest.mark.django_db
def test_the_demonstration_has_producers_in_every_state_and_repeats_without_change():
    call_command("demo", verbosity=0)
    kinds = (Producer, Product, SalesChannel, Listing, Photo, Declaration, Label)
    before = {kind: kind.objects.count() for kind in kinds}
    today, pajotse = local_day(timezone.now()), Coalition.objects.get(slug="pajotse-velden")

    assert before[Producer] == 24
    assert set(Producer.objects.values_list("state", flat=True)) == {State.DRAFT, State.ASKED, State.CONFIRMED}
    names = set(queries.public(today, pajotse).values_list("name", flat=True))
    assert {"Hoeve Zeven Schoven (demo)", "Bakhuis De Vlegel (demo)", "Veehof Natte Meers (demo)"} <= names
    # Not confirmed, or not declared to the food agency.
    assert not names & {"Bessenhof Purperhand (demo)", "Kruidenij Nachtuil (demo)"}
    assert not Producer.objects.filter(municipality=None).exists()
    assert queries.public_products().count() < before[Product]
    assert queries.valid_labels(today).count() < before[Label]
    assert queries.waiting_for_farmer(pajotse).count() == 2
    assert queries.seasons_of(pajotse)["kers"] == ("6-7", "", "")
    assert Photo.objects.filter(confirmed_at__isnull=False).exists()

    call_command("demo", verbosity=0)
    assert {kind: kind.objects.count() for kind in kinds} == before
