"""PDF files made here, read back: lines, order, and the status of every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.corpus.reading import worker_tasks
from tests.corpus.reading.pdf_files import Picture, Sheet, Text, lines, pdf_file

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.formats.pdf import read_pdf
from qianche.corpus.reading.isolation import WorkerPool
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument, RawPage

ROOT = Path(__file__).parents[3]
SENTENCE = "县人民政府接到报告后立即组织人员赶赴现场抢险，并成立调查组查清经过、原因和责任。"
GREY = Picture(60, 84, bytes(200 if (n // 7) % 2 else 40 for n in range(60 * 84)))
BLANK = Picture(60, 84, bytes([235]) * (60 * 84))


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without the extra."""
    monkeypatch.setattr(ocr, "available", lambda: False)


def page_of(*items: Text | Picture, rotate: int = 0) -> RawPage:
    """Return how the only page of a file is read."""
    return read_pdf(pdf_file([Sheet(items, rotate=rotate)])).pages[0]


def texts(page: RawPage) -> list[str]:
    """Return the lines of a page."""
    return [block.text for block in page.blocks]


def test_lines_come_with_place_and_height() -> None:
    page = page_of(Text("一、事故经过", 96, 770, 16), Text("2023年6月21日20时许，", 72, 740))
    assert (page.status, page.problem, page.number) == ("text", "", 1)
    assert texts(page) == ["一、事故经过", "2023年6月21日20时许，"]
    assert [block.kind for block in page.blocks] == ["line", "line"]
    assert [block.left for block in page.blocks] == pytest.approx([96, 72], abs=1)
    assert [block.size for block in page.blocks] == pytest.approx([16, 12], abs=1.5)


def test_the_files_own_characters_are_counted_without_spaces() -> None:
    page = page_of(*lines(["共 31 人，", "死亡 3 人。"]))
    assert page.file_characters == len("共31人，死亡3人。")


def test_text_of_an_embedded_font_is_read_by_its_map() -> None:
    assert texts(page_of(Text("嵌入字体的文字", 72, 700, 12, "drawn"))) == ["嵌入字体的文字"]


def test_characters_beyond_the_basic_plane_do_not_shift_the_places() -> None:
    page = page_of(Text("𠮷某𠮷某甲", 72, 700, 12, "drawn"), Text("第二行", 100, 680, 12, "drawn"))
    assert texts(page) == ["𠮷某𠮷某甲", "第二行"]
    assert [block.left for block in page.blocks] == pytest.approx([72, 100], abs=1)


def test_a_raised_footnote_mark_stays_in_place() -> None:
    page = page_of(
        Text("发生爆炸", 72, 700), Text("[1]", 120, 706, 6), Text("，造成", 129, 700), Text("损失。", 72, 680)
    )
    assert texts(page) == ["发生爆炸[1]，造成", "损失。"]
    assert page.blocks[0].size == pytest.approx(12, abs=1.5)


def test_a_word_cut_at_the_line_end_keeps_its_hyphen_and_its_line() -> None:
    page = page_of(*lines(["the acci-", "dent happened"]))
    assert texts(page) == ["the acci-", "dent happened"]
    assert page.file_characters == len("theacci-denthappened")


def test_a_word_cut_without_hyphen_is_left_as_two_lines() -> None:
    assert texts(page_of(*lines(["造成三人死", "亡，一人受伤"]))) == ["造成三人死", "亡，一人受伤"]


def test_columns_written_row_by_row_are_read_column_by_column() -> None:
    left = [SENTENCE[n : n + 18] for n in range(12)]
    right = [SENTENCE[n + 12 : n + 28] for n in range(12)]
    rows = [
        text
        for n in range(12)
        for text in (Text(left[n], 60, 700 - 20 * n), Text(right[n], 310, 700 - 20 * n))
    ]
    page = page_of(Text("- 3 -", 280, 40), Text("案例汇编", 270, 780), *rows)
    assert texts(page) == ["案例汇编", *left, *right, "- 3 -"]


def test_a_two_column_table_is_read_row_by_row() -> None:
    cells = [
        text
        for n in range(10)
        for text in (Text(f"项目{n}", 60, 700 - 20 * n), Text(f"{n}人", 360, 700 - 20 * n))
    ]
    assert texts(page_of(*cells)) == [f"项目{n} {n}人" for n in range(10)]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_loses_nothing(rotate: int) -> None:
    page = page_of(*lines(["事故经过", "事故原因"]), rotate=rotate)
    assert sorted(texts(page)) == ["事故原因", "事故经过"]
    assert all(block.left is not None and block.left >= 0 for block in page.blocks)


def test_an_empty_page_is_empty_and_counts_nothing() -> None:
    assert page_of() == RawPage(1, (), "empty", file_characters=0)


def test_a_page_with_an_even_picture_alone_is_empty() -> None:
    assert page_of(BLANK).status == "empty"


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_says_how_to_get_it_read_and_the_others_are_kept() -> None:
    document = read_pdf(pdf_file([Sheet(lines([SENTENCE])), Sheet([GREY]), Sheet(lines([SENTENCE]))]))
    assert [page.status for page in document.pages] == ["text", "unread", "text"]
    assert document.pages[1].problem.startswith("扫描件，未识别。")
    assert "qianche[ocr]" in document.pages[1].problem
    assert document.pages[1].file_characters is None


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_with_a_printed_page_number_is_still_a_scan() -> None:
    page = page_of(GREY, Text("第3页", 280, 40))
    assert (page.status, texts(page), page.file_characters) == ("unread", ["第3页"], 3)


@pytest.mark.usefixtures("without_ocr")
def test_a_page_of_text_over_a_picture_is_text() -> None:
    assert page_of(GREY, *lines([SENTENCE[:40]] * 3)).status == "text"


@pytest.mark.usefixtures("without_ocr")
def test_a_short_page_without_a_picture_is_text() -> None:
    assert page_of(Text("附件", 72, 700)).status == "text"


GARBLED = [
    ("no map", Text("这里的字体没有文字编码", 72, 700, 12, "unmapped")),
    ("private use", Text("\ue5d2\ue12a\ue3f1\ue5d2表", 72, 700, 12, "drawn")),
    ("replacement character", Text("\ufffd\ufffd\ufffd号", 72, 700, 12, "drawn")),
    ("GBK taken for Latin-1", Text("ÊÂ¹Êµ÷²é±¨¸æ", 72, 700, 12, "drawn")),
    ("wrong map", Text("".join(chr(0x4E00 + 397 * n % 20_900) for n in range(40)), 20, 700, 12, "drawn")),
]


@pytest.mark.usefixtures("without_ocr")
@pytest.mark.parametrize("text", [text for _, text in GARBLED], ids=[name for name, _ in GARBLED])
def test_a_text_layer_that_cannot_be_restored_is_told_and_kept_out(text: Text) -> None:
    page = page_of(text)
    assert (page.status, page.blocks) == ("unread", ())
    assert "文字层无法还原" in page.problem
    assert "qianche[ocr]" in page.problem
    assert page.file_characters is not None
    assert page.file_characters > 0


SOUND = [
    ("traditional characters", "雲南省某縣發生較大爆炸事故，調查組認定這是一起責任事故，處罰單位與個人"),
    ("names with rare characters", "镕堃赟喆，㙍某，䶮某等人在场，其余人员已撤离"),
    ("English", "The train struck the bridge; no one was injured."),
    ("French", "L'été où l'accident s'est produit à Évry, déjà évoqué"),
    ("a bullet in private use", "\uf0b7 立即停产\uf0b7 全面排查\uf0b7 限期整改，逐项验收"),
]


@pytest.mark.parametrize("text", [text for _, text in SOUND], ids=[name for name, _ in SOUND])
def test_an_unusual_text_is_not_taken_for_garbled(text: str) -> None:
    page = page_of(Text(text, 20, 700, 10, "drawn"))
    assert (page.status, "".join(texts(page)).replace(" ", "")) == ("text", text.replace(" ", ""))


@pytest.mark.usefixtures("without_ocr")
def test_a_file_without_text_is_not_an_error() -> None:
    document = read_pdf(pdf_file([Sheet([GREY])] * 3))
    assert [page.status for page in document.pages] == ["unread"] * 3
    assert document.warnings == ()


def test_a_file_that_only_forbids_changes_is_read() -> None:
    document = read_pdf(pdf_file([Sheet(lines([SENTENCE]))], user_password=""))
    assert texts(document.pages[0]) == [SENTENCE]


def problem_of(data: bytes, limits: Limits | None = None) -> Unreadable:
    """Return why a file cannot be read."""
    with pytest.raises(Unreadable) as raised:
        read_pdf(data, limits or Limits())
    return raised.value


def test_a_file_that_asks_for_a_password_says_so() -> None:
    problem = problem_of(pdf_file([Sheet(lines([SENTENCE]))], user_password="secret"))
    assert (problem.code, "密码" in problem.message) == ("encrypted", True)


def test_a_file_cut_off_in_the_middle_says_so() -> None:
    data = pdf_file([Sheet(lines([SENTENCE])) for _ in range(5)])
    assert problem_of(data[: len(data) // 2]).code == "truncated"


def test_a_file_that_lost_only_its_last_line_is_read_with_a_warning() -> None:
    data = pdf_file([Sheet(lines([SENTENCE]))])
    document = read_pdf(data[: data.rindex(b"startxref")])
    assert texts(document.pages[0]) == [SENTENCE]
    assert "不完整" in document.warnings[0]


def test_what_is_no_pdf_inside_is_damaged() -> None:
    assert problem_of(b"%PDF-1.7\n" + b"nothing here\n" * 20 + b"%%EOF\n").code == "damaged"


def test_too_many_pages_are_refused_with_both_numbers() -> None:
    problem = problem_of(pdf_file([Sheet([])] * 3_001))
    assert problem.code == "too-many-pages"
    assert "3001" in problem.message
    assert "3000" in problem.message


def test_a_page_that_fails_is_told_and_the_others_are_kept() -> None:
    data = pdf_file([Sheet(lines([f"第{n}页{SENTENCE}"])) for n in "一二三"])
    first = data[data.index(b"/Kids [") :].split(b" ")[1]
    document = read_pdf(data.replace(b"/Kids " + first, b"/Kids [999", 1))
    assert [page.status for page in document.pages] == ["failed", "text", "text"]
    assert document.pages[0].problem
    assert "第 1 页" in document.warnings[0]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """A worker for files that may crash pdfium."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        with WorkerPool(1, Limits(seconds_per_file=20)) as pool:
            pool.submit(worker_tasks.add, 1, 1).result()
            yield pool


SEED = pdf_file([Sheet([*lines([SENTENCE, "第二行"]), BLANK]), Sheet([Text("嵌入", 72, 700, 12, "drawn")])])
CHANGES = st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(max_size=6)), min_size=1, max_size=8)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES, cut=st.integers(0, 60))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    pool: WorkerPool, changes: list[tuple[int, bytes]], cut: int
) -> None:
    damaged = bytearray(SEED)
    for place, new in changes:
        damaged[place : place + len(new)] = new
    try:
        document = pool.submit(
            worker_tasks.read_pdf_without_ocr, bytes(damaged[: len(damaged) - cut])
        ).result()
    except QiancheError as error:
        assert error.code in {"damaged", "truncated", "encrypted", "too-many-pages", "too-much-memory"}
    else:
        assert isinstance(document, RawDocument)
        assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
