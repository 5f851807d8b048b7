from datetime import UTC, datetime

from coalition.search.actions import Facts, keep_documents
from coalition.search.models import SearchDocument, SearchKey, SearchOccurrence, SearchWord


def page_facts(number: int, title: str, lead: str = "", text: str = "", **others) -> Facts:
    """A public page as the index is told of it; a higher number is a newer page."""
    values = {
        "kind": SearchDocument.Kind.NEWS,
        "coalition_id": None,
        "subject": "",
        "url": f"/pagina-{number}/",
        "language": "nl",
        "published_at": datetime(2026, 1, 1, 9, 0, number % 60, tzinfo=UTC),
    }
    return Facts(number=number, title=title, lead=lead, text=text, **(values | others))


def keep_page(number: int, title: str, lead: str = "", text: str = "", **others) -> None:
    keep_documents([page_facts(number, title, lead, text, **others)])


def whole_index() -> dict[str, list]:
    """All that the index says, without the numbers that a database gave its rows."""
    facts = [field.name for field in SearchDocument._meta.fields if field.name != "id"]
    return {
        "documents": sorted(SearchDocument.objects.values_list(*facts)),
        "words": sorted(SearchWord.objects.exclude(text="").values_list("text", flat=True)),
        "keys": sorted(SearchKey.objects.values_list("word__text", "way", "key")),
        "occurrences": sorted(SearchOccurrence.objects.values_list("word__text", "document__number", "place")),
    }
