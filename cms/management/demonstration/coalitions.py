"""The two coalitions of the demonstration, with municipalities in every state."""

from datetime import date, datetime, time, timedelta

from cms.pages.coalitions import CoalitionPage
from cms.spaces import found_space
from coalition.base.dates import local_day
from coalition.digests.actions import set_schedule
from coalition.digests.models import DigestSchedule, Subscription
from coalition.membership.actions import (
    choose_shared_languages,
    record_membership,
    sync_groups,
    write_agreement,
)
from coalition.membership.languages import Choice
from coalition.membership.models import Coalition, Membership, SharedLanguages
from coalition.membership.rules import Standing
from coalition.territory.models import Municipality

COALITIONS = [
    {
        "slug": "pajotse-velden",
        "name": "Voedselcoalitie Pajotse Velden (DEMO)",
        "subtitle": "Van de akker naar de straat, over de gemeentegrenzen heen",
        "accent": Coalition.Accent.LEAF,
        "managing": "23106",
        "contact_email": "coordinator@demo.example.org",
        "founded_on": date(2026, 2, 2),
    },
    {
        "slug": "scheldemeersen",
        "name": "Voedselcoalitie Scheldemeersen (DEMO)",
        "subtitle": "Grasland, vee en markten langs de Schelde",
        "accent": Coalition.Accent.SKY,
        "managing": "42003",
        "contact_email": "scheldemeersen@demo.example.org",
        "founded_on": date(2026, 3, 9),
    },
]

MEMBERS = {
    "pajotse-velden": {
        Standing.MEMBER: ["23106", "23104", "23064", "23097", "23077", "23009"],
        Standing.REQUESTED: ["23086"],
        Standing.OBSERVER: ["23027", "23016"],
        Standing.INVITED: ["23098"],
        Standing.PLANNED: ["23105"],
        Standing.LEFT: ["23044"],
    },
    "scheldemeersen": {
        Standing.MEMBER: ["42003", "42026", "42025", "42010"],
        Standing.INVITED: ["42028"],
        Standing.PLANNED: ["44088"],
        Standing.OBSERVER: ["44013"],
    },
}

CHOICES = {
    "pajotse-velden": "Demonstratie: de coalitie ziet zichzelf niet als gewestelijke dienst (artikel 34) en stelt haar "
    "gedeelde pagina's in het Nederlands. Wie ze is en wat ze doet, staat er ook in het Frans.",
}

# What the municipalities of the demonstration agreed; three headings of the law are still missing.
AGREEMENT = {
    "duration": "Zes jaar, telkens stilzwijgend verlengd met drie jaar.",
    "notice": "Een lid zegt op voor 1 juli; het lidmaatschap eindigt op 31 december.",
    "contributions": "Twintig cent per inwoner en per jaar, beheerd door Pajottegem.",
    "organisation": "Een beheerscomité met minstens één afgevaardigde per lid vergadert vier keer per jaar.",
    "rights_and_duties": "Elk lid beslist over zijn eigen grondgebied en deelt wat gezamenlijk is.",
    "information": "Elk lid krijgt het verslag binnen veertien dagen.",
    "evaluation": "De gemeenteraden evalueren de samenwerking elk jaar in juni.",
}

READERS = [
    ("pajotse-velden", "zevenschoven@boer.example.org"),
    ("pajotse-velden", "blinkhoorn@boer.example.org"),
    ("scheldemeersen", "nattemeers@boer.example.org"),
]


def settle(municipalities: dict[str, Municipality], *, now: datetime) -> dict[str, CoalitionPage]:
    """Write the coalitions that are not there yet and bring their memberships to the demonstration's state."""
    spaces = {}
    for facts in COALITIONS:
        page = CoalitionPage.objects.select_related("coalition").filter(coalition__slug=facts["slug"]).first()
        if page is None:
            founding = {key: value for key, value in facts.items() if key != "managing"}
            managing = municipalities[facts["managing"]]
            page = found_space(now=now, is_demo=True, managing_municipality=managing, **founding)
            set_schedule(
                coalition=page.coalition, weekday=DigestSchedule.Weekday.TUESDAY, hour=time(20, 15), by=None, now=now
            )
            if facts["slug"] == "pajotse-velden":
                write_agreement(
                    coalition=page.coalition, by=None, now=now, signed_on=facts["founded_on"], **AGREEMENT
                )  # fmt: skip
        _members(page.coalition, now)
        _languages(page.coalition, now)
        sync_groups(coalition=page.coalition, now=now)
        spaces[facts["slug"]] = page
    return spaces


def _languages(coalition: Coalition, now: datetime) -> None:
    """Bever has facilities: its corner is in two languages; about shared pages the coalition decided."""
    if coalition.slug in CHOICES and not SharedLanguages.objects.filter(coalition=coalition).exists():
        choose_shared_languages(
            coalition=coalition, choice=Choice.DUTCH, reason=CHOICES[coalition.slug],
            decided_on=coalition.founded_on, by=None, now=now,
        )  # fmt: skip


def _members(coalition: Coalition, now: datetime) -> None:
    known = set(Membership.objects.filter(coalition=coalition).values_list("municipality__nis", flat=True))
    for standing, codes in MEMBERS[coalition.slug].items():
        for number, nis in enumerate(codes):
            if nis not in known:
                decision = _decision(coalition, standing, number, now)
                stored = Standing.MEMBER if standing in (Standing.PLANNED, Standing.LEFT) else standing
                record_membership(coalition=coalition, nis=nis, standing=stored, by=None, now=now, **decision)


def _decision(coalition: Coalition, standing: Standing, number: int, now: datetime) -> dict:
    """A council's decision for who has one; the dates of who comes and who has gone move with the year."""
    if standing in (Standing.INVITED, Standing.REQUESTED, Standing.OBSERVER):
        return {"valid_from": coalition.founded_on} if standing == Standing.OBSERVER else {}
    today = local_day(now)
    decided = coalition.founded_on + timedelta(days=7 * (number + 1))
    decision = {
        "decision_body": "gemeenteraad",
        "decision_date": decided,
        "decision_url": f"https://raadpleegomgeving.example.org/{coalition.slug}/{number + 1}",
        "valid_from": decided + timedelta(days=14),
    }
    if standing == Standing.PLANNED:
        decision |= {"decision_date": today - timedelta(days=10), "valid_from": date(today.year + 1, 1, 1)}
    elif standing == Standing.LEFT:
        decision |= {"valid_until": max(decided + timedelta(days=15), today - timedelta(days=60))}
    return decision


def subscribe(spaces: dict[str, CoalitionPage], *, now: datetime) -> None:
    """Farmers of the demonstration who confirmed a week ago that they want the digest."""
    for slug, address in READERS:
        Subscription.objects.get_or_create(
            coalition=spaces[slug].coalition,
            email=address,
            defaults={
                "state": Subscription.State.CONFIRMED,
                "consent_version": "demo",
                "consent_text": "Demonstratie: deze lezer bestaat niet.",
                "consent_page": f"/overzichtsmail/{slug}/",
                "asked_at": now - timedelta(days=7, hours=1),
                "confirmed_at": now - timedelta(days=7),
            },
        )
