"""What stands in French in the demonstration: the corner of Bever, which must, and what the coalition chose."""

from datetime import datetime

from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.corners import open_corner
from cms.pages.coalitions import CoalitionPage
from cms.pages.standard import StandardPage
from cms.spaces import sync_grants
from cms.versions import open_language, open_version, version_of
from coalition.territory.models import Municipality

FRENCH = "fr"
WELCOME = (
    "<p>Des communes voisines travaillent ensemble pour une alimentation de proximité. Chaque coalition présente ici ses "
    "marchés, ses producteurs et ses nouvelles, par-delà les limites communales.</p>"
)
SUBTITLE = "<p>Six communes voisines partagent un marché, un guide et leurs nouvelles. Chaque commune décide pour elle-même\u00a0; ce qui peut se faire ensemble, nous le faisons ensemble.</p>"
ABOUT = (
    "À propos de la coalition",
    "a-propos",
    "Six communes voisines partagent un marché, un guide et leurs nouvelles. Chaque commune décide pour elle-même\u00a0; ce qui peut se faire ensemble, nous le faisons ensemble.",
    "<h2>Pourquoi ensemble\u00a0?</h2><p>Un agriculteur ne travaille pas pour une seule commune, et qui cherche des œufs ne s’arrête pas à la sienne. Pourtant, chaque commune organise son propre marché et imprime son propre dépliant. Cela peut être plus simple.</p>"
    "<h2>Qui décide\u00a0?</h2><p>Le comité de gestion propose. Le conseil communal de chaque membre décide de ce qui se fait dans sa commune. Pajottegem est la commune gestionnaire.</p>"
    "<h2>Participer</h2><p>Votre commune n’est pas encore membre\u00a0? Contactez la coordinatrice. Dès que le conseil communal a pris sa décision, l’adhésion est acquise.</p>",
)
BEVER_LEAD = (
    "Dit is de hoek van Bever: wat de gemeente hier zegt, zegt ze zelf, in het Nederlands en in het Frans.",
    "Voici le coin de Biévène\u00a0: ce que la commune dit ici, elle le dit elle-même, en néerlandais et en français.",
)
BEVER_MARKET = {
    "slugs": ("boerenmarkt", "marche-fermier"),
    "titles": ("Boerenmarkt op het Plein", "Marché fermier sur la Place"),
    "leads": (
        "In juli staat de boerenmarkt van de Pajotse Velden in Bever.",
        "En juillet, le marché fermier de Pajotse Velden s’installe à Biévène.",
    ),
    "texts": (
        "<h2>Wanneer?</h2><p>De eerste zondag van juli, van 9.00 tot 13.00 uur, op het Plein.</p><h2>Een standplaats</h2><p>Wie in Bever teelt of maakt, vraagt een plaats aan het gemeentehuis.</p>",
        "<h2>Quand\u00a0?</h2><p>Le premier dimanche de juillet, de 9 h à 13 h, sur la Place.</p><h2>Un emplacement</h2><p>Qui cultive ou produit à Biévène demande un emplacement à la maison communale.</p>",
    ),
}


def settle(spaces: dict[str, CoalitionPage], *, now: datetime) -> None:
    """Write what is not there yet; repeating it changes nothing."""
    home = open_language(FRENCH)
    if not home.intro:
        home.intro, home.search_description = WELCOME, "Des communes voisines et une alimentation de proximité."
        home.save_revision().publish()
    _coalition(CoalitionPage.objects.get(pk=spaces["pajotse-velden"].pk), now)
    _bever()


def _coalition(space: CoalitionPage, now: datetime) -> None:
    if version_of(space, FRENCH) is None:
        front = open_version(space, FRENCH, intro=SUBTITLE)
        front.save_revision().publish()
        sync_grants(coalition=space.coalition, now=now)
    about = StandardPage.objects.child_of(space).get(slug="over-ons")
    if version_of(about, FRENCH) is None:
        title, slug, lead, body = ABOUT
        page = open_version(about, FRENCH, title=title, slug=slug, lead=lead, body=[("text", RichText(body))])
        page.save_revision().publish()


def _bever() -> None:
    corner = open_corner(Municipality.objects.get(nis="23009"))
    french = version_of(corner, FRENCH)
    if not corner.lead:
        for page, lead in zip((corner, french), BEVER_LEAD, strict=True):
            page.lead = lead
            page.save_revision().publish()
    if not Page.objects.child_of(corner).filter(slug=BEVER_MARKET["slugs"][0]).exists():
        _market(corner)


def _market(corner: Page) -> None:
    """Written in Dutch, translated, and published: both go live together."""
    dutch, french = (
        {
            "title": BEVER_MARKET["titles"][number], "slug": BEVER_MARKET["slugs"][number],
            "lead": BEVER_MARKET["leads"][number], "body": [("text", RichText(BEVER_MARKET["texts"][number]))],
        }
        for number in (0, 1)
    )  # fmt: skip
    page = corner.add_child(instance=StandardPage(live=False, **dutch))
    open_version(page, FRENCH, **french)
    page.save_revision().publish()
