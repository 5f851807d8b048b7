"""Lists of producers that others keep: what their columns mean, what a row tells, and who is known here already."""

from coalition.producers.importing.columns import FIELDS, guess_columns, head_sha256, likeliest_first
from coalition.producers.importing.reading import Read, read_row
from coalition.producers.importing.twins import Twin, Twins, twins_of

__all__ = ["FIELDS", "Read", "Twin", "Twins", "guess_columns", "head_sha256", "likeliest_first", "read_row", "twins_of"]
