"""A joint brochure of the demonstration: everybody who is public, with calendar and map, printed by the worker."""

from cms.management.demonstration.pictures import picture
from cms.pages.brochures.page import BrochurePage
from cms.pages.coalitions import CoalitionPage

SPACE, SLUG, TITLE = "pajotse-velden", "proef-het-pajottenland", "Proef het Pajottenland (demo)"
INTRO = (
    "<p>Wat groeit er om de hoek, en waar koop je het? In dit boekje staan de hoeves, automaten en winkels van zes "
    "buurgemeenten samen. Neem het mee op de fiets.</p>"
    "<p>Elke producent las zijn eigen bladzijde na. Scan de code bij een naam voor de uren van vandaag.</p>"
)


def settle(spaces: dict[str, CoalitionPage]) -> None:
    """Write the brochure where it is not there yet."""
    space = CoalitionPage.objects.get(pk=spaces[SPACE].pk)
    if BrochurePage.objects.child_of(space).filter(slug=SLUG).exists():
        return
    page = BrochurePage(
        title=TITLE, slug=SLUG, intro=INTRO, show_in_menus=True, order=BrochurePage.Order.MUNICIPALITY,
        cover=picture(TITLE, seed=5, sky="morning", collection=space.collection),
        cover_alt="Getekend heuvellandschap met akkers in de ochtend",
    )  # fmt: skip
    space.add_child(instance=page)
    page.save_revision().publish()
