"""Tables that people send in, whatever programme made them: XLSX, ODS, CSV or GeoJSON, told apart by content."""

from coalition.intake.files.opening import read_table
from coalition.intake.files.shape import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Row, Sheet

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Row", "Sheet", "read_table"]
