"""The producers of the demonstration, through the same deeds as real ones: drafted, confirmed, asked, listed twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.management.demonstration.crates import crate
from cms.management.demonstration.farms import farms
from coalition.base.dates import local_day
from coalition.membership.models import Coalition
from coalition.people.models import Person
from coalition.producers import actions, queries
from coalition.producers.facts import read_facts
from coalition.producers.models import Producer, Season
from coalition.producers.words import Category
from coalition.territory.ground import ground_on

COORDINATORS = {
    "pajotse-velden": "coordinator@demo.example.org",
    "scheldemeersen": "scheldemeersen@demo.example.org",
}
SECOND = "P21"  # from here on they are of the second coalition
PHOTOS = {"P01", "P02", "P03", "P05", "P06", "P09", "P10", "P14", "P22"}
OUR = ("code", "step", "guest", "in_both")

PRINCIPLES = [
    ("Betrokkenheid van de consument", "Wie eet, weet wie het maakte en kan er iets over vragen."),
    ("Zo weinig mogelijk schakels", "Tussen producent en consument staat hoogstens een schakel, en je ziet welke."),
    ("Zeggenschap van de producent", "De producent bepaalt zelf zijn prijs, zijn manier van werken en zijn aanbod."),
    ("Lokaal karakter", "Het aanbod komt van hier en wordt hier verkocht."),
    ("Zicht op de landbouwpraktijk", "Je kunt te weten komen hoe er gewerkt wordt, en gaan kijken."),
]
SOURCE = "Strategisch plan korte keten, Vlaamse overheid"
# In the Pajottenland they know better.
SEASONS = {"kers": ("6-7", "", ""), "witloof": ("11-4", "9-10,5-5", "")}


def settle(coalitions: Mapping[str, Coalition], *, now: datetime) -> None:
    """Write the producers who are not there yet, and what the coalitions go by."""
    coordinators = {slug: Person.objects.get(email=address) for slug, address in COORDINATORS.items()}
    for slug, coalition in coalitions.items():
        _standards(coalition, coordinators[slug], now)
    today = local_day(now)
    known, ground = set(Producer.objects.filter(is_demo=True).values_list("name", flat=True)), ground_on(today)
    for facts in farms(today):
        if facts["name"] not in known:
            slug = "scheldemeersen" if facts["code"] >= SECOND else "pajotse-velden"
            plain = {key: value for key, value in facts.items() if key not in OUR}
            producer = actions.draft_producer(
                coalition=coalitions[slug], facts=plain, by=coordinators[slug], now=now, ground=ground, is_demo=True
            )
            _photo(producer, facts, coalitions[slug], coordinators[slug], now)
            _further(producer, facts, coalitions[slug], coordinators[slug], now)


def _standards(coalition: Coalition, by: Person, now: datetime) -> None:
    if queries.principles_of(coalition, local_day(now)) is None:
        actions.adopt_principles(
            coalition=coalition, items=PRINCIPLES, adopted_on=coalition.founded_on, source=SOURCE, by=by, now=now
        )
    if coalition.slug == "pajotse-velden" and not Season.objects.filter(coalition=coalition).exists():
        for crop, (fresh, glass, storage) in SEASONS.items():
            actions.set_season(
                coalition=coalition, crop=crop, fresh=fresh, glass=glass, storage=storage, by=by, now=now
            )


def _photo(producer: Producer, facts: Mapping[str, Any], coalition: Coalition, by: Person, now: datetime) -> None:
    if facts["code"] in PHOTOS:
        first = facts["products"][0]
        actions.add_photo(
            producer=producer, coalition=coalition, by=by, now=now, credit="Tekening voor de demonstratie",
            raw=crate(first["category"], seed=int(facts["code"][1:])),
            alt=f"Tekening van een bak met {Category(first['category']).label}",
        )  # fmt: skip


def _further(producer: Producer, facts: Mapping[str, Any], coalition: Coalition, by: Person, now: datetime) -> None:
    """A draft waits, another was asked, the rest said yes on the telephone; one has a change to say yes to."""
    step = facts.get("step", "confirmed")
    if step == "asked":
        actions.ask_producer(producer=producer, coalition=coalition, by=by, now=now)
    elif step != "draft":
        producer = actions.confirm_by_phone(
            producer=producer, coalition=coalition, facts=read_facts(producer), by=by, now=now,
            declarations=_declared(coalition, int(facts["code"][1:]), now),
        )  # fmt: skip
        _list(producer, facts, coalition, by, now)
    if step == "changed":
        wish = read_facts(producer) | {"opening_hours": "Fr 13:00-18:00; Sa 09:00-12:00"}
        actions.change_producer(producer=producer, coalition=coalition, facts=wish, by=by, now=now)


def _list(producer: Producer, facts: Mapping[str, Any], coalition: Coalition, by: Person, now: datetime) -> None:
    """Who is of no member is found as a guest, with the reason; one is found in both coalitions."""
    if facts.get("guest"):
        actions.list_producer(
            producer=producer, coalition=coalition, as_guest=True, reason=facts["guest"], by=by, now=now
        )
    if facts.get("in_both"):
        other = Coalition.objects.get(slug="pajotse-velden")
        host = Person.objects.get(email=COORDINATORS[other.slug])
        reason = "levert op vrijdag aan de ronde van het Pajottenland"
        actions.list_producer(producer=producer, coalition=other, as_guest=True, reason=reason, by=host, now=now)


def _declared(coalition: Coalition, number: int, now: datetime) -> dict[str, tuple[str, str]]:
    """Yes to most, in part to one, and every fourth says nothing yet."""
    principles = queries.principles_of(coalition, local_day(now))
    if principles is None or number % 4 == 0:
        return {}
    answers = {item["key"]: ("yes", "") for item in principles.items}
    answers[principles.items[number % 5]["key"]] = ("partly", "Daar werken we nog aan.")
    return answers
