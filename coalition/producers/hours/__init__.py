"""Opening hours in the syntax of OpenStreetMap."""

from coalition.producers.hours.cleaning import parse_hours
from coalition.producers.hours.tables import weekly

__all__ = ["parse_hours", "weekly"]
