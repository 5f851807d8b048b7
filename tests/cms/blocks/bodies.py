"""Bodies for tests: every block with words in it."""

from datetime import date, time

from django.core.files.base import ContentFile
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks import BodyBlock

HOSTILE = '"><script>alert(1)</script>'
FILM = "https://www.youtube.com/watch?v=abcdefghijk"


def picture(title: str = "Veld"):
    return get_image_model().objects.create(title=title, file=get_test_image_file(size=(640, 480)))


def paper(title: str = "Reglement"):
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.7", f"{title}.pdf"))


def entry(**facts) -> dict:
    return {
        "title": "Boerenmarkt", "day": date(2027, 3, 7), "last_day": None, "start": time(9), "end": time(13),
        "place": "Dorpsplein, 1755 Gooik", "summary": "", "page": None, "url": "",
    } | facts  # fmt: skip


def film(**facts) -> dict:
    return {
        "title": "De eerste markt", "url": FILM, "length": "3:45", "captions": "yes",
        "transcript": "<p>Griet schept soep op.</p>", "still": None,
    } | facts  # fmt: skip


def table(*rows, headings=("Dag", "Uren"), caption="Openingsuren", kinds=("text", "figures")) -> dict:
    """The raw value of a table, as it stands in the database."""
    columns = [{"type": kind, "heading": heading} for kind, heading in zip(kinds, headings, strict=True)]
    rows = [{"values": list(row)} for row in rows or [("zondag", "9-13")]]
    return {"table": {"columns": columns, "rows": rows, "caption": caption}, "rows_have_names": True}


def contact(**facts) -> dict:
    return {
        "name": "Onthaal", "role": "", "email": "onthaal@example.org", "phone": "02 123 45 67",
        "mobile_is_public": False, "street": "Dorpsstraat 12", "town": "1755 Gooik (Pajottegem)", "hours": "",
    } | facts  # fmt: skip


def shown(image, **facts) -> dict:
    return {"image": image.pk, "alt": "Een veld", "decorative": False, "caption": ""} | facts


def body(*blocks: tuple[str, object]) -> StreamValue:
    """A body from raw values, as it comes out of the database."""
    raw = [{"type": kind, "value": value, "id": f"id-{place}"} for place, (kind, value) in enumerate(blocks)]
    return BodyBlock().to_python(raw)


def html_of(*blocks: tuple[str, object], **context) -> str:
    value = body(*blocks)
    return str(value.stream_block.render(value, context=context))
