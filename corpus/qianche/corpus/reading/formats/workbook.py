"""Excel workbooks (.xlsx, .xlsm): cells as a user sees them; macros stay where they are and never run."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.datetime import from_excel

from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.csv_file import check_size, without_empty_end
from qianche.corpus.reading.formats.docx_package import DocxPackage
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawPage

LAST_ROW = 1_048_576
"""Of a sheet in Excel."""
LONGEST_GAP = 200
"""Empty rows kept in a row: a cell formatted by mistake far below must not cost a million of them."""
CHINESE_DATE_FORMATS = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in number formats of Chinese Excel that are dates (2023年5月6日) and that openpyxl does not know.
Source: ISO/IEC 29500-1, 18.8.30, table for zh-cn."""

# The names that programs give a sheet by themselves: Sheet1, 工作表2.
_PLAIN_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A formula whose value was never computed: <c r="A1"><f>SUM(B1)</f></c>, also with an empty <v/>.
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_CHUNK = 1 << 20


def read_workbook(data: bytes, limits: Limits) -> RawDocument:
    """Return a workbook as one page a sheet, in order, hidden sheets too; a sheet of its own name has it as heading.

    Formulas stand as the values last computed; dates as 2023-05-06 or 2023-05-06 14:30, whichever way they are
    formatted and counted (from 1900 or 1904); whole numbers without a fraction. A merged cell has its text in its
    first row and column.

    Raises:
        Unreadable: `too-large` above the limits, before anything is unpacked where the archive says so;
            `too-many-pages`; `truncated`, `encrypted`, `damaged`; `unknown-format` for .xlsb and strict workbooks.
    """
    DocxPackage(data, limits)  # the checks of any Office archive: directory, password, sizes
    _check_names(data)
    with _translated():
        book = openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
    try:
        if not book.worksheets:  # openpyxl passes over the sheets of ISO/IEC 29500 strict without a word
            raise Unreadable(
                "工作簿里没有可读的工作表，可能是“Strict Open XML”格式。"
                "请在 Excel 中另存为“Excel 工作簿（.xlsx）”后再导入。",
                "unknown-format",
            )
        if len(book.worksheets) > limits.pages:
            raise Unreadable(
                f"工作簿有 {len(book.worksheets)} 个工作表，上限 {limits.pages} 个。请拆分后再导入。",
                "too-many-pages",
            )
        pages: list[RawPage] = []
        told: list[str] = []
        for number, sheet in enumerate(book.worksheets, 1):
            rows, skipped = _rows(sheet, book.epoch, limits)
            told += _warnings(sheet, bool(rows), skipped)
            pages.append(_page(number, str(sheet.title), rows))
    finally:
        book.close()
    if unknown := sum(_bare_formulas(data)):
        told.append(
            f"有 {unknown} 个公式没有存下计算结果，这些单元格按空白读取。请用 Excel 打开并保存后再导入。"
        )
    return RawDocument("table", tuple(pages), warnings=tuple(told))


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever openpyxl raises on a broken workbook into one error: its own list has no end."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # unknown extensions, missing styles
            yield
    except (MemoryError, RecursionError, Unreadable):
        raise
    except Exception as fault:
        raise Unreadable(
            "工作簿已损坏，无法读取。请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。", "damaged"
        ) from fault


def _check_names(data: bytes) -> None:
    """Refuse a binary workbook, which is a zip file too."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if any(name.endswith("xl/workbook.bin") for name in archive.namelist()):
            raise Unreadable(
                "这是二进制工作簿（.xlsb），不能直接读取。请另存为 .xlsx 后再导入。", "unknown-format"
            )


def _rows(sheet: Any, epoch: datetime.datetime, limits: Limits) -> tuple[list[tuple[str, ...]], int]:
    """Return the rows of a sheet, and how many empty ones were passed over in long gaps."""
    rows: list[tuple[str, ...]] = []
    empty = skipped = 0
    with _translated():
        sheet.reset_dimensions()  # what a file states of its size is often wrong
        for cells in sheet.iter_rows(max_row=LAST_ROW):
            row = _texts(cells, epoch)
            if not row:
                empty += 1
                continue
            kept = min(empty, LONGEST_GAP)
            skipped, empty = skipped + empty - kept, 0
            rows += [()] * kept
            check_size(len(rows) + 1, len(row), limits)
            rows.append(row)
    return without_empty_end(rows), skipped


def _texts(cells: Any, epoch: datetime.datetime) -> tuple[str, ...]:
    """Return the texts of a row up to its last filled cell, () for an empty row."""
    texts = [_text(cell, epoch) for cell in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def _text(cell: Any, epoch: datetime.datetime) -> str:
    """Return what a cell shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if cell.style_array.numFmtId in CHINESE_DATE_FORMATS:
            value = from_excel(value, epoch)
        else:
            return _number(value)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        return value.strftime("%Y-%m-%d") if whole_day else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value).replace("_x000D_", "")


def _number(value: float) -> str:
    """Return a number with at most the 15 digits that Excel keeps, without exponent or a useless fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _page(number: int, name: str, rows: list[tuple[str, ...]]) -> RawPage:
    """Return one sheet as a page."""
    blocks: list[RawBlock] = []
    if rows and not _PLAIN_NAME.fullmatch(name.strip()):
        blocks.append(RawBlock("heading", name, level=1))
    if rows:
        blocks.append(RawBlock("table", rows=tuple(rows)))
    characters = sum(count_characters(block.text) for block in blocks)
    characters += sum(count_characters(cell) for row in rows for cell in row)
    return RawPage(number, tuple(blocks), "table" if rows else "empty", file_characters=characters)


def _warnings(sheet: Any, filled: bool, skipped: int) -> Iterator[str]:
    """Yield what a user should know of a sheet."""
    if sheet.sheet_state != "visible" and filled:
        yield f"工作表“{sheet.title}”在 Excel 中是隐藏的，也已读取。请核对是否需要。"
    if skipped:
        yield f"工作表“{sheet.title}”略过了 {skipped} 个连续的空行，其后的行号按略过后计。"


def _bare_formulas(data: bytes) -> Iterator[int]:
    """Yield for every sheet how many of its formulas have no value: read as values they would be silent blanks."""
    with _translated(), zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if not _SHEET_PART.fullmatch(name):
                continue
            rest = b""
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    rest += chunk
                    ends = [match.end() for match in _CELL_END.finditer(rest)]
                    cut = ends[-1] if ends else 0
                    yield len(_BARE_FORMULA.findall(rest[:cut]))
                    rest = rest[cut:][-_CHUNK:]
