"""Brochures as coalitions make them, and as nobody should."""

import io
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from coalition.brochures.contents import Brochure, CropRow, Line, MapDrawing, Picture, ProducerFacts

STORY = (
    "Wij zaaien, planten en oogsten op elf hectare tussen de Zenne en de Dender. In de winkel ligt wat die ochtend van "
    "het veld kwam; wat op is, is op. De landbouwraad hielp ons om de hoevewinkel rolstoeltoegankelijk te maken.\n"
)
MAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 400" font-family="sans-serif" font-size="13">'
    '<path d="M20 20L480 40L440 380L60 360Z" fill="#2f6b3c" fill-opacity="0.3"/>'
    '<text x="200" y="200">Lennik</text></svg>'
)
WINTER = ("stored", "stored", "stored", "", "", "glass", "fresh", "fresh", "fresh", "fresh", "stored", "stored")


def photo(colour: str = "#8a5a00") -> Picture:
    """A picture in the media storage."""
    paper = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(paper, "JPEG")
    name = default_storage.save("producers/hoeve.jpg", ContentFile(paper.getvalue()))
    return Picture(file=name, alt="De hoeve in de zomer")


def producer(number: int, **facts) -> ProducerFacts:
    given = {
        "name": f"Hoeve Zeven Schoven {number}",
        "place": "Gooik",
        "municipality": "Pajottegem",
        "story": STORY * (1 + number % 4),
        "products": ("prei", "kool", "aardappelen"),
        "channels": ("hoevewinkel", "boerenmarkt"),
        "hours": "ma, wo, vr 9.00-12.00 uur\nza 9.00-13.00 uur",
        "contact": (Line("02 000 00 00", "tel:+3220000000"), Line("hoeve@example.org", "mailto:hoeve@example.org")),
        "labels": ("hoeveproduct",),
        "url": f"https://example.org/producenten/hoeve-{number}/",
    } | facts
    return ProducerFacts(number=number, **given)


def brochure(many: int = 3, **facts) -> Brochure:
    given = {
        "title": "Eten van bij ons",
        "coalition": "Voedselcoalitie Pajotse Velden",
        "language": "nl",
        "day": date(2026, 11, 24),
        "url": "https://example.org/brochure/",
        "subtitle": "Hoevewinkels en markten",
        "intro": ("In deze brochure vind je wie bij ons teelt, bakt en kweekt.",),
        "municipalities": ("Lennik", "Pajottegem", "Pepingen"),
        "publisher": "Gemeente Pajottegem",
        "producers": tuple(producer(number) for number in range(1, many + 1)),
        "calendar": tuple(CropRow(f"Gewas {number}", WINTER) for number in range(1, 13)),
        "map": MapDrawing(MAP, "Kaart van de drie gemeenten.", ("Lennik: 1", "Pajottegem: 2, 3")),
    } | facts
    return Brochure(**given)
