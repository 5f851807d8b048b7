"""A producer as search engines read him: schema.org in JSON-LD, with nothing that he does not show to readers."""

import json
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cms.feeds.events import ESCAPES
from coalition.base.dates import local_day
from coalition.producers import hours
from coalition.producers.models import Producer, Product
from coalition.producers.words import Category, ChannelKind, Contact

# UN/CEFACT codes of the units in which prices are told.
UNITS = {"kg": "KGM", "g": "GRM", "l": "LTR", "liter": "LTR", "ml": "MLT", "stuk": "H87", "bos": "H87"}
SHOPS = (ChannelKind.FARM_SHOP,)


def as_linked_data(producer: Producer, *, url: str, now: datetime) -> SafeString:
    """The producer as one JSON-LD text that may stand in a page; `producer` as `queries.with_offer` gives him."""
    text = json.dumps({"@context": "https://schema.org"} | _business(producer, url, now), ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))


def _business(producer: Producer, url: str, now: datetime) -> dict:
    told = {
        "@type": _types(producer),
        "@id": f"{url}#producent",
        "name": producer.name,
        "url": url,
        "description": producer.story[:500],
        "address": _address(producer),
        "geo": _geo(producer),
        "telephone": producer.shows(Contact.PHONE),
        "email": producer.shows(Contact.EMAIL),
        "sameAs": producer.shows(Contact.WEBSITE),
        "identifier": _identifier(producer),
        "openingHoursSpecification": _hours(producer, now),
        "makesOffer": [_offer(product) for product in producer.products.all() if product.category != Category.OTHER],
    }
    return {name: value for name, value in told.items() if value}


def _types(producer: Producer) -> list[str]:
    shop = any(channel.kind in SHOPS for channel in producer.channels.all())
    return ["GroceryStore" if shop else "LocalBusiness", "Organization"]


def _address(producer: Producer) -> dict[str, str]:
    told = {
        "@type": "PostalAddress",
        "streetAddress": producer.shows(Contact.ADDRESS),
        "postalCode": producer.postcode,
        "addressLocality": producer.place or (producer.municipality.name_nl if producer.municipality else ""),
        "addressCountry": "BE",
    }
    return {name: value for name, value in told.items() if value}


def _geo(producer: Producer) -> dict[str, Any]:
    """The point itself only where he shows his street."""
    if producer.latitude is None or Contact.ADDRESS not in producer.shown:
        return {}
    return {"@type": "GeoCoordinates", "latitude": producer.latitude, "longitude": producer.longitude}


def _hours(producer: Producer, now: datetime) -> list[dict]:
    closures = [(row.first_day, row.last_day, row.reason) for row in producer.closures.all()]
    return hours.specification(producer.opening_hours, local_day(now), closures) if producer.opening_hours else []


def _identifier(producer: Producer) -> dict[str, str]:
    if not producer.enterprise_number:
        return {}
    return {"@type": "PropertyValue", "propertyID": "KBO", "value": producer.number_shown}


def _offer(product: Product) -> dict[str, Any]:
    offer: dict[str, Any] = {"@type": "Offer", "itemOffered": {"@type": "Product", "name": product.name}}
    if product.price_cents is not None:
        price = {"price": f"{product.price_cents / 100:.2f}", "priceCurrency": "EUR"}
        offer["priceSpecification"] = {"@type": "UnitPriceSpecification", **price, "valueAddedTaxIncluded": True}
        code = UNITS.get(product.price_unit.strip().lower())
        unit = {"unitCode": code} if code else {"unitText": product.price_unit}
        offer["priceSpecification"]["referenceQuantity"] = {"@type": "QuantitativeValue", "value": 1, **unit}
    return offer
