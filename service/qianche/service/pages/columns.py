"""What the page of a table shows of its columns, and what its form says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import Source
from qianche.service.typed_values import signed
from qianche.service.wire.columns import columns_of, remap

_NUMBER = re.compile(r"[0-9]{1,6}")  # 12, not x or -1
TABLES = 10
"""Tables of one file whose columns are shown."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form of one table was sent with: its number, the field of every column ("" for none), unit, name."""

    table: str
    fields: Sequence[str]
    unit: str
    who: str

    def carry_out(self, importer: Importer, sha256: str) -> None:
        """Read the table anew as chosen.

        Raises:
            QiancheError: the file is no table, a field or the name is missing or unknown.
        """
        number = int(self.table) if _NUMBER.fullmatch(self.table) else 0
        columns = {place: field or None for place, field in enumerate(self.fields, 1)}
        remap(importer, sha256, number, columns, self.unit or None, signed(self.who))


def shown_columns(importer: Importer, source: Source, chosen: Chosen | None = None) -> dict[str, Any] | None:
    """Return the columns of a table as the wire has them, None for a file that is none.

    What could not be carried out is shown as it was chosen.
    """
    if not importer.is_table(source.sha256):
        return None
    found = columns_of(importer, source.sha256)
    for table in found["tables"]:
        if chosen is not None and str(table["number"]) == chosen.table:
            for column, field in zip(table["columns"], chosen.fields, strict=False):
                column["field"] = field or None
    found["left_out"] = len(found["tables"]) - TABLES
    found["tables"] = found["tables"][:TABLES]
    return found
