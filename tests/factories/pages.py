"""A site with a front page, and coalitions with their space."""

from datetime import UTC, datetime

from wagtail.models import Locale, Page, Site

from cms.pages.brochures.page import BrochurePage, BrochurePick
from cms.pages.coalitions import CoalitionPage
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.spaces import found_space

FOUNDED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def make_home() -> HomePage:
    """The front page at the root of the one site; made once."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Voedselcoalities", slug="home", locale=Locale.get_default()))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return home


def make_space(slug: str = "pajotse-velden", **facts) -> CoalitionPage:
    """A coalition with its pages, collection and groups, shown to everybody."""
    make_home()
    facts.setdefault("name", slug.replace("-", " ").title())
    facts.setdefault("contact_email", f"{slug}@example.org")
    page = found_space(slug=slug, now=facts.pop("now", FOUNDED), **facts)
    page.save_revision().publish()
    return CoalitionPage.objects.select_related("coalition", "collection").get(pk=page.pk)


def publish_news(space: CoalitionPage, title: str = "Nieuws", lead: str = "In het kort.", **facts) -> NewsPage:
    """A published news item of a coalition."""
    news = NewsPage(title=title, lead=lead, **facts)
    NewsIndexPage.objects.child_of(space).get().add_child(instance=news)
    news.save_revision().publish()
    return NewsPage.objects.get(pk=news.pk)


def publish_brochure(space: CoalitionPage, title: str = "Proef de streek", **facts) -> BrochurePage:
    """A published brochure of a coalition; `picks` are pairs of a producer and "in" or "out"."""
    picks = facts.pop("picks", ())
    page = BrochurePage(title=title, slug=facts.pop("slug", "brochure"), **facts)
    page.picks = [
        BrochurePick(producer=producer, kind=kind, sort_order=number) for number, (producer, kind) in enumerate(picks)
    ]
    CoalitionPage.objects.get(pk=space.pk).add_child(instance=page)
    page.save_revision().publish()
    return BrochurePage.objects.get(pk=page.pk)
