"""What stands on the pages of the demonstration: plain words about invented news."""

from datetime import date, datetime, timedelta

from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.management.demonstration.pictures import picture
from cms.pages.coalitions import CoalitionPage
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.standard import StandardPage
from cms.pages.statements import AccessibilityPage, PrivacyPage
from cms.spaces import MEMBERS_SLUG, open_site

SOFT_HYPHEN = "\u00ad"  # where a narrow screen may break the word

WELCOME = (
    "<p>Buurgemeenten werken samen aan voedsel van dichtbij. Elke coalitie deelt hier haar markten, haar producenten "
    "en haar nieuws, over de gemeentegrenzen heen.</p>"
)

# coalition, slug, title, lead, days ago, picture seed, sky, alternative text, body (blocks)
NEWS = [
    ("pajotse-velden", "samen-een-boerenmarkt", "Zes gemeenten plannen samen één boerenmarkt",
     "Vanaf maart staat er elke eerste zondag een boerenmarkt, telkens in een andere gemeente. Geen zes kleine markten die dezelfde boeren vragen, maar één goede.",
     3, 3, "morning", "Getekend heuvellandschap met akkers en een rij knotwilgen",
     [("text", "<p>De schepenen van de zes gemeenten legden vorige week de eerste data vast. De markt begint in Gooik en trekt dan verder naar Lennik, Pepingen, Roosdaal, Sint-Pieters-Leeuw en Bever.</p>"
       "<h2>Wat verandert er voor de boer?</h2><ul><li>Eén aanvraag voor het hele seizoen.</li><li>Eén aanspreekpunt, ook bij regen.</li><li>Nooit twee markten op dezelfde zondag.</li></ul>"),
      ("quote", {"quote": "Vroeger belden drie gemeenten mij voor dezelfde zondag. Nu is dat één telefoontje.", "source": "Fruitteler uit Pepingen"}),
      ("text", "<p>Wie een standplaats wil, meldt zich bij de coördinator. Elke gemeente beslist zelf over de plaatsen op haar grondgebied.</p>")]),
    ("pajotse-velden", "gids-producenten", "Wie maakt wat? Help mee aan de gids",
     "In januari verschijnt de gezamenlijke gids van producenten. Kijk na of je hoeve, automaat of afhaalpunt er juist in staat.",
     9, 8, "noon", "Getekende velden onder een heldere lucht",
     [("text", "<p>We bellen alle producenten in de zes gemeenten. Liever zelf doorgeven wat je maakt en wanneer je open bent? Dat kan met een mail aan de coördinator.</p>"
       "<h2>Wat staat er in de gids?</h2><p>Naam, plaats, openingsuren, wat er te koop is en in welk seizoen. Je beslist zelf wat openbaar is.</p>")]),
    ("pajotse-velden", "bever-treedt-toe", "Bever doet mee",
     "De gemeenteraad van Bever keurde de samenwerking goed. Zo reikt de coalitie voortaan tot aan de taalgrens.",
     24, 14, "evening", "",
     [("text", "<p>Met Bever telt de coalitie zes leden. Halle en Dilbeek volgen als waarnemer. Ternat beslist in december.</p>")]),
    ("scheldemeersen", "gras-en-graan", "Gras hebben we genoeg, graan zoeken we",
     "In de meersen grazen runderen en schapen. Voor groenten en fruit zoeken we boeren in een ruimere streek.",
     6, 21, "noon", "Getekende meersen met een rij bomen",
     [("text", "<p>De natte graslanden langs de Schelde zijn goed voor vee, minder voor gewassen. De coalitie spreekt daarom met buren in het Pajottenland.</p>")]),
]  # fmt: skip

ABOUT = {
    "pajotse-velden": (
        "Zes buurgemeenten delen een markt, een gids en hun nieuws. Elke gemeente beslist voor zichzelf; wat samen kan, doen we samen.",
        "<h2>Waarom samen?</h2><p>Een boer werkt niet voor één gemeente, en wie eieren zoekt ook niet. Toch plant elke gemeente haar eigen markt en haar eigen folder. Dat kan eenvoudiger.</p>"
        "<h2>Wie beslist?</h2><p>Het beheerscomité stelt voor. De gemeenteraad van elk lid beslist over wat er in zijn gemeente gebeurt. Pajottegem is de beherende gemeente.</p>"
        "<h2>Meedoen</h2><p>Is jouw gemeente nog geen lid? Neem contact op met de coördinator. De gemeenteraad neemt een besluit, daarna is het lidmaatschap een feit.</p>",
    ),
    "scheldemeersen": (
        "Gemeenten langs de Schelde brengen vlees, zuivel en markten van dichtbij samen.",
        "<h2>Waarom samen?</h2><p>De meersen kennen geen gemeentegrens, en het vee dat er graast evenmin.</p>",
    ),
}


def settle_home(*, now: datetime) -> HomePage:
    """The front page of the platform with its words and statements."""
    home = open_site()
    if not home.intro:
        home.intro, home.search_description = WELCOME, "Buurgemeenten die samenwerken aan voedsel van dichtbij."
        home.save_revision().publish()
    _statements(home, "beheer@demo.example.org", "Het platform Voedselcoalities (demonstratie)", now)
    return home


def settle(spaces: dict[str, CoalitionPage], *, now: datetime) -> None:
    """Write the pages of the coalitions that are not there yet."""
    for slug, space in spaces.items():
        lead, body = ABOUT[slug]
        if not space.intro:
            space.intro = f"<p>{lead}</p>"
            space.save_revision().publish()
        _page(space, "over-ons", "Over de coalitie", lead, body, in_menu=True)
        _statements(space, space.coalition.contact_email, space.coalition.name, now)
        members = StandardPage.objects.child_of(space).get(slug=MEMBERS_SLUG)
        _page(members, "verslag-beheerscomite", "Verslag van het beheerscomité", "Enkel voor leden.",
              "<p>Aanwezig: de afgevaardigden van alle leden. De ontwerpbegroting is besproken en gaat naar de gemeenteraden.</p>")  # fmt: skip
    for slug, *news in NEWS:
        _news(spaces[slug], *news, now=now)


def _page(parent: Page, slug: str, title: str, lead: str, body: str, in_menu: bool = False) -> None:
    if parent.get_children().filter(slug=slug).exists():
        return
    page = StandardPage(title=title, slug=slug, lead=lead, show_in_menus=in_menu, body=[("text", RichText(body))])
    parent.add_child(instance=page)
    page.save_revision().publish()


def _news(space, slug, title, lead, days, seed, sky, alternative, blocks, *, now: datetime) -> None:
    index = NewsIndexPage.objects.child_of(space).get()
    if index.get_children().filter(slug=slug).exists():
        return
    body = [(kind, RichText(value) if kind == "text" else value) for kind, value in blocks]
    news = NewsPage(
        title=title, slug=slug, lead=lead, body=body, picture_alt=alternative, search_description=lead,
        picture=picture(title, seed=seed, sky=sky, collection=space.collection),
        first_published_at=now - timedelta(days=days),
    )  # fmt: skip
    index.add_child(instance=news)
    news.save_revision().publish()


def _statements(parent: Page, contact: str, who: str, now: datetime) -> None:
    today: date = now.date()
    if not AccessibilityPage.objects.child_of(parent).exists():
        statement = AccessibilityPage(
            title=f"Toegankelijkheids{SOFT_HYPHEN}verklaring", slug="toegankelijkheid", status=AccessibilityPage.Status.PARTIAL,
            exceptions="Kaarten zijn niet voor iedereen te lezen.",
            alternatives="Naast elke kaart staat een lijst met dezelfde gegevens.",
            assessed_on=today, reviewed_on=today, contact_email=contact,
        )  # fmt: skip
        parent.add_child(instance=statement)
        statement.save_revision().publish()
    if not PrivacyPage.objects.child_of(parent).exists():
        privacy = PrivacyPage(
            title="Privacyverklaring", slug="privacy", controller=who, contact_email=contact, reviewed_on=today,
            roles="Elke gemeente is verantwoordelijk voor de gegevens van haar inwoners. De beherende gemeente houdt het platform in stand.",
            body=[("text", RichText(
                "<h2>Lezen zonder sporen</h2><p>Wie hier leest, krijgt geen cookies en wordt niet gevolgd. Er gaat geen verzoek naar derden.</p>"
                "<h2>Overzichtsmail</h2><p>We bewaren je adres, wat je las toen je toestemming gaf en wanneer dat was. Je stopt met één klik. Een aanvraag die je niet bevestigt, wissen we na een week.</p>"
                "<h2>Aanmelden</h2><p>Medewerkers melden zich aan met een code per e-mail. Dan, en alleen dan, plaatsen we een cookie die nodig is om aangemeld te blijven.</p>"))],
        )  # fmt: skip
        parent.add_child(instance=privacy)
        privacy.save_revision().publish()
