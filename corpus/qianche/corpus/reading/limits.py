"""How much of a file is read before reading stops: one record, every limit with its unit in its name."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1024**2
_GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one file; all can be set, none can be switched off.

    `decompression_ratio` is unpacked over packed size of a whole archive: ordinary Word files reach 20, text of
    one repeated character 1,000. `paragraph_characters`: the longest paragraph taken; the longest law as a single
    line has some 110,000 characters, and what reads the text afterwards needs several copies of a paragraph.
    `table_rows`, `table_columns`: of one sheet."""

    file_bytes: int = 100 * _MIB
    pages: int = 3_000
    unpacked_bytes: int = _GIB
    decompression_ratio: int = 200
    seconds_per_file: float = 300.0
    worker_memory_bytes: int = 2 * _GIB
    paragraph_characters: int = 2_000_000
    table_rows: int = 100_000
    table_columns: int = 500


DEFAULT_LIMITS = Limits()
