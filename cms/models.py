"""The kinds of pages: a table of contents."""

from cms.pages.brochures.page import BrochurePage, BrochurePick, BrochureShown
from cms.pages.coalitions import CoalitionPage
from cms.pages.home import HomePage
from cms.pages.municipalities import MunicipalityIndexPage, MunicipalityPage
from cms.pages.news import NewsIndexPage, NewsPage
from cms.pages.producers.index import ProducerIndexPage
from cms.pages.standard import StandardPage
from cms.pages.statements import AccessibilityPage, PrivacyPage

__all__ = [
    "HomePage",
    "CoalitionPage",
    "BrochurePage",
    "BrochurePick",
    "BrochureShown",
    "NewsIndexPage",
    "NewsPage",
    "ProducerIndexPage",
    "StandardPage",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "AccessibilityPage",
    "PrivacyPage",
]
