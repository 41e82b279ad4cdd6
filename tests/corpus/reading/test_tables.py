"""Workbooks and CSV files become rows of cells as a user sees them; nothing is lost, nothing runs."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reading.reading_checks import kept, nothing_is_lost
from tests.corpus.tables.workbooks import saved, workbook

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats.tables import read_table
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument


def rows_of(document: RawDocument, page: int = 0) -> list[list[str]]:
    """Return the rows of a page's table."""
    return [list(row) for block in document.pages[page].blocks for row in block.rows]


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> RawDocument:
    return read_table(data, limits)


def test_cells_of_a_workbook_stand_as_a_user_sees_them() -> None:
    day, moment = datetime.datetime(2023, 5, 6), datetime.datetime(2023, 5, 6, 14, 30)
    document = read(
        workbook(
            [
                ["日期", "人数", "损失", "结案"],
                [day, 3.0, 165.5, True],
                [moment, 0, 0.1 + 0.2, None],
                [datetime.time(8, 5)],
            ]
        )
    )
    assert rows_of(document) == [
        ["日期", "人数", "损失", "结案"],
        ["2023-05-06", "3", "165.5", "是"],
        ["2023-05-06 14:30", "0", "0.3"],
        ["08:05"],
    ]
    assert (document.format, document.pages[0].status) == ("table", "table")
    assert nothing_is_lost(document)


def test_days_counted_from_1904_and_in_chinese_formats_are_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([datetime.datetime(2023, 5, 6)])
    assert rows_of(read(saved(book))) == [["2023-05-06"]]
    # number format 31 is yyyy"年"m"月"d"日" in Chinese Excel; 45052 is 2023-05-06 by Excel's own count
    plain = workbook([[45052]])
    styled = _edited(plain, "xl/styles.xml", b'numFmtId="0"', b'numFmtId="31"')
    assert rows_of(read(styled)) == [["2023-05-06"]]


def _edited(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a zip file with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return stream.getvalue()


def test_every_sheet_is_a_page_and_a_hidden_one_is_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    hidden = book.create_sheet("旧台账")
    hidden.append(["乙"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空白")
    document = read(saved(book))
    assert [page.status for page in document.pages] == ["table", "table", "empty"]
    assert document.pages[1].blocks[0].text == "旧台账"
    assert document.warnings == ("工作表“旧台账”在 Excel 中是隐藏的，也已读取。请核对是否需要。",)
    assert nothing_is_lost(document)


def test_a_merged_cell_has_its_text_once() -> None:
    document = read(workbook([["伤亡", None, "备注"], ["死亡", "重伤", None]], merged=["A1:B1", "C1:C2"]))
    assert rows_of(document) == [["伤亡", "", "备注"], ["死亡", "重伤"]]


def test_a_formula_without_a_stored_value_is_told() -> None:
    document = read(workbook([["死亡", 1], ["合计", "=SUM(B1:B1)"], ["均值", "=B1"]]))
    assert rows_of(document) == [["死亡", "1"], ["合计"], ["均值"]]
    assert document.warnings == (
        "有 2 个公式没有存下计算结果，这些单元格按空白读取。请用 Excel 打开并保存后再导入。",
    )


def test_a_formula_stands_as_the_value_last_computed() -> None:
    data = workbook([[1, "=A1+1"]])
    computed = _edited(data, "xl/worksheets/sheet1.xml", b"</f><v></v>", b"</f><v>2</v>")
    assert rows_of(read(computed)) == [["1", "2"]]
    assert read(computed).warnings == ()


def test_rows_keep_their_numbers_and_a_cell_far_below_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A3"] = "三"
    assert rows_of(read(saved(book))) == [[], [], ["三"]]
    book.active["A1000000"] = "远"
    document = read(saved(book))
    assert (len(rows_of(document)), rows_of(document)[-1]) == (204, ["远"])
    assert document.warnings == ("工作表“Sheet”略过了 999796 个连续的空行，其后的行号按略过后计。",)


def test_a_workbook_of_the_strict_kind_is_refused_not_read_as_empty() -> None:
    data = workbook([["甲"]])
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        data = _edited(data, part, b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.message.endswith("后再导入。")


def test_macros_are_left_alone() -> None:
    data = _with(workbook([["甲"]]), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    assert rows_of(read(data)) == [["甲"]]


def _with(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (workbook([["甲"]] * 5), Limits(table_rows=4), "too-large"),
        (workbook([["甲"] * 5]), Limits(table_columns=4), "too-large"),
        (workbook([["甲"]]), Limits(unpacked_bytes=100), "too-large"),
        (workbook([["甲"]], 二=[["乙"]]), Limits(pages=1), "too-many-pages"),
        (workbook([["甲"]])[:-30], DEFAULT_LIMITS, "truncated"),
        (_edited(workbook([["甲"]]), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><"), DEFAULT_LIMITS, "damaged"),
        (
            _edited(
                workbook([["甲"]]), "xl/worksheets/sheet1.xml", b"<worksheet",
                b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet',
            ),
            DEFAULT_LIMITS,
            "damaged",
        ),
        (b"a,b\n" * 5, Limits(table_rows=4), "too-large"),
        (b"a,b,c,d,e", Limits(table_columns=4), "too-large"),
        (b'"' + b"x" * 200_000, DEFAULT_LIMITS, "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_clear_error(data: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, limits)
    assert caught.value.code == code
    assert caught.value.message.endswith("。")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_of_a_csv_file_are_found(encoding: str, delimiter: str) -> None:
    table = [
        ["事故名称", "发生时间", "死亡"],
        ["某厂火灾，夜间", "2021-5-6", "3"],
        ["某矿透水", "2020-1-2", "0"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in table)
    document = read(text.encode(encoding))
    assert rows_of(document) == table
    assert nothing_is_lost(document)


def test_quotes_hold_delimiters_line_breaks_and_quotes() -> None:
    document = read('名称,经过\n"甲,乙","先""停机""\n再检修"\n'.encode())
    assert rows_of(document) == [["名称", "经过"], ["甲,乙", '先"停机"\n再检修']]
    assert nothing_is_lost(document)


def test_the_delimiter_that_excel_is_told_counts() -> None:
    assert rows_of(read("sep=;\n甲,乙;丙\n丁,戊;己".encode())) == [["甲,乙", "丙"], ["丁,戊", "己"]]


def test_lines_of_delimiters_alone_are_rows_without_text() -> None:
    document = read("甲,乙\n,,\n丙,丁\n,,\n".encode())
    assert rows_of(document) == [["甲", "乙"], ["", "", ""], ["丙", "丁"]]
    assert nothing_is_lost(document)


CELLS = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\x00\ufeff", exclude_categories=["Cc", "Cs", "Cn", "Co"]
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_text_is_in_a_workbook_comes_out(table: list[list[str]]) -> None:
    table = [[cell if not cell.startswith("=") else "x" for cell in row] for row in table]
    document = read(workbook(table))
    texts = [cell for row in table for cell in row if cell.strip()]
    assert [cell for row in rows_of(document) for cell in row if cell.strip()] == texts
    assert all(kept(page) == page.file_characters for page in document.pages)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_table_or_a_clear_error(text: str) -> None:
    try:
        assert nothing_is_lost(read(text.encode("utf-8", errors="replace")))
    except QiancheError as problem:
        assert problem.message.endswith("。")
