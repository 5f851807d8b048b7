"""Links in texts to pages and documents, looked up with the rest of a body; a text that stands alone takes a query."""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.blocks.chosen import known, pages_linked


class PageLinks(PageLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        """The pages as the links lead to them: in the language of this visit where that is published."""
        keys = [_key(attrs) for attrs in attrs_list]
        found = pages_linked(key for key in keys if key)
        return [found.get(key) for key in keys]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [_tag(page.url if page else None) for page in cls.get_many(attrs_list)]


class DocumentLinks(DocumentLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list:
        at_hand = known(cls.get_model())
        if at_hand is None:
            return super().get_many(attrs_list)
        return [at_hand.get(_key(attrs)) for attrs in attrs_list]


def _key(attrs: dict) -> int:
    return int(attrs["id"]) if attrs.get("id", "").isdecimal() else 0


def _tag(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else "<a>"
