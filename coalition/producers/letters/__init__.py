"""The letters about a producer: to the farmer, and to the coordinators about what he did."""

from coalition.producers.letters.posting import ask, tell_coordinators, thank
from coalition.producers.letters.writing import OCCASIONS

__all__ = ["OCCASIONS", "ask", "tell_coordinators", "thank"]
