"""Columns and reading order from the places of lines alone."""

from __future__ import annotations

from qianche.corpus.reading.formats.layout import (
    Line,
    Row,
    by_columns,
    find_gutter,
    in_reading_order,
    join_raised,
)


def line(text: str, left: float, top: float, *, width: float = 200, height: float = 12) -> Line:
    """Return a line of text at a place."""
    return Line(text, left, top, left + width, top + height)


def texts(lines: list[Line]) -> list[str]:
    """Return the texts of lines."""
    return [line.text for line in lines]


def rows_of_two(texts_of_rows: list[tuple[str, str]], *, width: float = 220) -> list[Row]:
    """Return rows with a piece on the left and one on the right."""
    return [
        (line(left, 60, 100 + 20 * row, width=width), line(right, 310, 100 + 20 * row, width=width))
        for row, (left, right) in enumerate(texts_of_rows)
    ]


RUNNING = [(f"左栏第{n}行的文字写满了", f"右栏第{n}行的文字写满了") for n in "一二三四五六七八九"]


def test_two_columns_of_running_text_have_a_gutter_between_them() -> None:
    gutter = find_gutter(rows_of_two(RUNNING))
    assert gutter is not None
    assert 280 < gutter < 310


def test_a_table_of_short_cells_is_not_two_columns() -> None:
    assert find_gutter(rows_of_two([("死亡", "3人"), ("重伤", "2人"), ("轻伤", "无")] * 4)) is None


def test_few_rows_are_not_two_columns() -> None:
    assert find_gutter(rows_of_two(RUNNING[:7])) is None


def test_lines_without_gaps_have_no_gutter() -> None:
    assert find_gutter([(line("一整行的文字", 60, 100 + 20 * row, width=470),) for row in range(20)]) is None


def test_a_heading_over_both_columns_parts_what_is_above_and_below() -> None:
    rows = rows_of_two(RUNNING)
    heading: Row = (line("二、事故原因", 60, 180 + 10, width=470),)
    rows = [*rows[:5], heading, *[tuple(_lower(piece) for piece in row) for row in rows[5:]]]
    read = texts(by_columns(rows, 295))
    left, right = [a for a, _ in RUNNING], [b for _, b in RUNNING]
    assert read == [*left[:5], *right[:5], "二、事故原因", *left[5:], *right[5:]]


def _lower(piece: Line) -> Line:
    """Return a line moved down."""
    return Line(piece.text, piece.left, piece.top + 40, piece.right, piece.bottom + 40)


def test_a_page_number_that_the_file_writes_first_is_read_last() -> None:
    page = [line("- 3 -", 280, 800, width=30), line("第一行", 60, 100), line("第二行", 60, 120)]
    assert texts(in_reading_order(page)) == ["第一行", "第二行", "- 3 -"]


def test_a_page_number_under_the_gutter_is_read_after_both_columns() -> None:
    left = [line(f"左{n}", 60, 100 + 20 * n, width=200) for n in range(5)]
    right = [line(f"右{n}", 330, 100 + 20 * n, width=200) for n in range(5)]
    page = [line("3", 290, 800, width=10), *left, *right]
    assert texts(in_reading_order(page)) == [*texts(left), *texts(right), "3"]


def test_a_title_that_the_file_writes_last_is_read_first() -> None:
    page = [line("第一行", 60, 200), line("第二行", 60, 220), line("事故调查报告", 150, 90)]
    assert texts(in_reading_order(page)) == ["事故调查报告", "第一行", "第二行"]


def test_the_right_column_written_first_is_read_second() -> None:
    left = [line(f"左{n}", 60, 100 + 20 * n) for n in range(5)]
    right = [line(f"右{n}", 310, 100 + 20 * n) for n in range(5)]
    assert texts(in_reading_order([*right, *left])) == texts([*left, *right])


def test_cells_of_a_table_keep_the_order_of_the_file() -> None:
    cells = [
        line("单位名称", 60, 100, width=80),
        line("某某建设工程有限", 160, 100, width=120),
        line("公司", 160, 115, width=40),
        line("单位性质", 60, 140, width=80),
        line("有限责任公司", 160, 140, width=120),
    ]
    assert in_reading_order(cells) == cells


def test_lines_that_run_up_the_page_keep_the_order_of_the_file() -> None:
    sideways = [Line(f"第{n}行的文字", 500 - 20 * n, 100, 512 - 20 * n, 300) for n in range(4)]
    assert in_reading_order(sideways) == sideways


def test_a_raised_mark_that_was_broken_off_is_put_back_in_place() -> None:
    pieces = [
        Line("发生爆炸", 72, 100, 120, 112),
        Line("[1]", 120, 97, 130, 104),
        Line("，造成", 130, 100, 166, 112),
        Line("下一行", 72, 120, 108, 132),
    ]
    whole = join_raised(pieces)
    assert texts(whole) == ["发生爆炸[1]，造成", "下一行"]
    assert (whole[0].top, whole[0].bottom) == (100, 112)


def test_neighbouring_cells_are_not_joined() -> None:
    assert len(join_raised([line("死亡", 72, 100, width=24), line("3人", 150, 100, width=20)])) == 2


def test_nothing_is_read_from_nothing() -> None:
    assert in_reading_order([]) == []
    assert find_gutter([]) is None
