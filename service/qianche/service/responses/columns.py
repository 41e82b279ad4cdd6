"""Shapes of the columns of an imported table."""

from __future__ import annotations

from pydantic import Field

from qianche.corpus.tables.columns import Use
from qianche.service.responses.found import Wire


class TableColumn(Wire):
    """一列：表头、所含的字段（null 为不用），以及前几行的内容。"""

    number: int = Field(description="第几列，从 1 数起。")
    header: str
    field: str | None
    field_label: str | None
    sure: bool = Field(description="false 表示按近似的列名或内容对应，请核对。")
    unit: str | None = Field(description="金额的单位；没有写明或不是金额为 null。")
    samples: list[str]


class MappedTable(Wire):
    """文件里的一个表格；rows 是表头以下的行数。"""

    number: int = Field(description="第几个表格，从 1 数起。")
    page: int
    title: str
    use: Use
    use_label: str
    note: str
    rows: int
    columns: list[TableColumn]


class PossibleField(Wire):
    """列可以对应的字段。"""

    field: str
    label: str


class ColumnChange(Wire):
    """一次更正：列号 → 字段。"""

    table: int
    columns: dict[str, str | None]
    unit: str | None
    who: str
    at: str


class TableColumns(Wire):
    """一个台账的列对照；changes 是更正的经过，先后为序。"""

    sha256: str
    tables: list[MappedTable]
    fields: list[PossibleField]
    units: list[str]
    changes: list[ColumnChange]
