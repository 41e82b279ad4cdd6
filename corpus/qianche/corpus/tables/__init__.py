"""Tables of accidents: columns by the meaning of their headers, rows as drafts.

`map_columns(document)` finds what every column holds; the user sees and corrects it (`ColumnMapping.corrected`);
`rows_to_drafts(document, mapping)` makes one draft a row, every value with the span of its cell.
"""

from __future__ import annotations

from qianche.corpus.tables.cells import Column
from qianche.corpus.tables.columns import (
    ColumnMapping,
    TableMapping,
    is_accident_list,
    map_columns,
)
from qianche.corpus.tables.headers import FIELDS, UNITS
from qianche.corpus.tables.rows import day_doubt, row_number, rows_to_drafts

__all__ = [
    "FIELDS",
    "UNITS",
    "Column",
    "ColumnMapping",
    "TableMapping",
    "day_doubt",
    "is_accident_list",
    "map_columns",
    "row_number",
    "rows_to_drafts",
]
