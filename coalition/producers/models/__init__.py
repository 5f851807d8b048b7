"""Producers, their offer, and by what right they are shown."""

from coalition.producers.models.offers import Label, Product, SalesChannel, Season
from coalition.producers.models.producers import Closure, Listing, OpenSpan, Photo, Producer
from coalition.producers.models.trust import Declaration, FarmerLink, FieldConsent, Principles, ProducerDraft

__all__ = [
    "Closure",
    "Declaration",
    "FarmerLink",
    "FieldConsent",
    "Label",
    "Listing",
    "OpenSpan",
    "Photo",
    "Principles",
    "Producer",
    "ProducerDraft",
    "Product",
    "SalesChannel",
    "Season",
]
