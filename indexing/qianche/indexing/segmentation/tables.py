"""Word lists: tab-separated files with one header line, read with file and line named in every complaint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from qianche.corpus.errors import BadRecord

FOLDER = Path(__file__).parent


def reject(path: Path, line: int, problem: str, remedy: str) -> NoReturn:
    """Raise `BadRecord` naming the file, the line, what is wrong and what to do."""
    raise BadRecord(f"“{path.name}”第 {line} 行:{problem}。{remedy}。")


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a table; lines that are empty or begin with # are skipped.

    Raises `BadRecord` where the file cannot be read as UTF-8, the header is another, or a row has more
    cells than the header; missing cells at the end are empty.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRecord(f"词表“{path.name}”无法读取。请确认文件存在并以 UTF-8 编码保存。") from error
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if tuple(cells) != columns:
                reject(path, number, f"表头是“{'、'.join(cells)}”", f"应依次为:{'、'.join(columns)}")
            continue
        if len(cells) > len(columns):
            reject(path, number, f"有 {len(cells)} 列", f"最多 {len(columns)} 列:{'、'.join(columns)}")
        cells += [""] * (len(columns) - len(cells))
        yield number, dict(zip(columns, cells, strict=True))
    if header is None:
        reject(path, 1, "没有表头", f"第一行应为:{'、'.join(columns)}")
