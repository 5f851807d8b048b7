"""The page “Praktisch” of each coalition of the demonstration: when, where and whom to ask, with every kind of block."""

from datetime import date, datetime, time, timedelta

from wagtail.models import Page

from cms.management.demonstration.pictures import picture
from cms.pages.coalitions import CoalitionPage
from cms.pages.news import NewsIndexPage
from cms.pages.standard import StandardPage
from coalition.base.dates import local_day

SLUG = "praktisch"

LEAD = {
    "pajotse-velden": "Wanneer is er markt, wat kost een standplaats en bij wie moet je zijn?",
    "scheldemeersen": "Waar koop je vlees en zuivel uit de meersen, en bij wie kun je terecht?",
}
PLACES = {
    "pajotse-velden": ["Dorpsplein, 1755 Gooik (Pajottegem)", "Markt, 1750 Lennik", "Brusselstraat, 1760 Roosdaal"],
    "scheldemeersen": ["Grote Markt, 9200 Dendermonde", "Dorp, 9290 Berlare", "Markt, 9230 Wetteren"],
}
DESKS = {
    "pajotse-velden": ("Coördinatie Pajotse Velden", "coordinator@demo.example.org", "Dorpsstraat 12", "1755 Gooik (Pajottegem)"),
    "scheldemeersen": ("Coördinatie Scheldemeersen", "scheldemeersen@demo.example.org", "Kerkstraat 3", "9290 Berlare"),
}  # fmt: skip

QUESTIONS = [
    ("Mag ik met de fiets komen?", "<p>Graag. Aan elke markt staan fietsenstallingen. Je fiets mag niet mee tussen de kramen.</p>"),
    ("Kan ik met de kaart betalen?", "<p>Bij de meeste kramen wel. Een geldautomaat vind je aan de kerk.</p>"),
    ("Hoe vraag ik een standplaats?", "<p>Mail de coördinator <strong>voor de 15de</strong> van de maand ervoor. Je krijgt antwoord binnen de week.</p><ul><li>Vermeld je ondernemingsnummer.</li><li>Zeg hoeveel meter je nodig hebt.</li></ul>"),
    ("Gaat de markt door als het regent?", "<p>Ja. Alleen bij code oranje of rood wordt ze afgelast; dan lees je dat hier.</p>"),
]  # fmt: skip

FEES = {
    "columns": [
        {"type": "text", "heading": "Kraam"},
        {"type": "figures", "heading": "Per markt"},
        {"type": "figures", "heading": "Per seizoen"},
    ],
    "rows": [
        {"values": ["tot 4 meter", "€ 10,00", "€ 80,00"]},
        {"values": ["4 tot 8 meter", "€ 18,00", "€ 145,00"]},
        {"values": ["stroom erbij", "€ 5,00", "€ 40,00"]},
    ],
    "caption": "Standgeld op de gezamenlijke boerenmarkt",
}

PICTURES = [
    (31, "morning", "Getekende akkers in het eerste licht", "Maart: de eerste markt"),
    (32, "noon", "Getekende heuvels met graan", "Juli: fruit en graan"),
    (33, "evening", "Getekend landschap bij avond", "September: appels en peren"),
]


def settle(spaces: dict[str, CoalitionPage], *, now: datetime) -> None:
    """Write the page in every space that has none yet."""
    for slug, space in spaces.items():
        if not space.get_children().filter(slug=SLUG).exists():
            page = StandardPage(
                title="Praktisch", slug=SLUG, lead=LEAD[slug], search_description=LEAD[slug], show_in_menus=True,
                body=_body(slug, space, local_day(now)),
            )  # fmt: skip
            space.add_child(instance=page)
            page.save_revision().publish()


def _body(slug: str, space: CoalitionPage, today: date) -> list[tuple[str, object]]:
    news: Page = NewsIndexPage.objects.child_of(space).get()
    return [
        ("agenda", {"heading": "De volgende markten", "entries": _markets(slug, today)}),
        ("table", {"table": FEES, "rows_have_names": True}),
        ("accordion", {"heading": "Vragen over de markt", "items": [{"question": q, "answer": a} for q, a in QUESTIONS]}),
        ("gallery", {"heading": "Een jaar in beeld", "pictures": _pictures(slug, space)}),
        ("video", _film(slug, space)),
        ("contact", _desk(slug)),
        ("related", {"heading": "Laatste nieuws", "pages": [], "below": news, "number": 3}),
    ]  # fmt: skip


def _markets(slug: str, today: date) -> list[dict]:
    return [
        {"title": "Boerenmarkt", "day": day, "start": time(9), "end": time(13), "place": place}
        for day, place in zip(_first_sundays(today), PLACES[slug], strict=False)
    ]


def _first_sundays(today: date) -> list[date]:
    """The first Sunday of each of the next months."""
    days = (today + timedelta(days=number) for number in range(1, 140))
    return [day for day in days if day.weekday() == 6 and day.day <= 7]


def _pictures(slug: str, space: CoalitionPage) -> list[dict]:
    return [
        {
            "image": picture(f"{caption} ({slug})", seed=seed, sky=sky, collection=space.collection),
            "alt": alternative, "decorative": False, "caption": caption,
        }
        for seed, sky, alternative, caption in PICTURES
    ]  # fmt: skip


def _film(slug: str, space: CoalitionPage) -> dict:
    return {
        "title": "Een ochtend op de boerenmarkt",
        "url": "https://www.youtube.com/watch?v=demonstrati",
        "length": "3:45",
        "captions": "yes",
        "transcript": "<p>Dit filmpje bestaat niet: het toont hoe een film op een pagina staat.</p>"
        "<p><strong>Griet:</strong> “Om zes uur zet ik mijn kraam op. De eerste klanten komen om negen uur.”</p>"
        "<p>Een kraam met kaas, brood en prei. Mensen schuiven aan.</p>",
        "still": picture(f"Ochtend op de markt ({slug})", seed=34, sky="morning", collection=space.collection),
    }


def _desk(slug: str) -> dict:
    name, address, street, town = DESKS[slug]
    return {
        "name": name, "role": "Vragen over markten, de gids en lidmaatschap", "email": address,
        "phone": "02 555 01 23", "mobile_is_public": False, "street": street, "town": town,
        "hours": "maandag en donderdag, 9.00-12.00 uur\nwoensdag, 13.30-16.30 uur",
    }  # fmt: skip
