"""Opening hours in the syntax of OpenStreetMap."""

from coalition.producers.hours.cleaning import parse_hours

__all__ = ["parse_hours"]
