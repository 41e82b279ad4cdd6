"""PDF files by pdfium: the text layer where there is one, recognition where a page is only a picture.

Tables are read line by line, cells parted by spaces: a PDF knows no cells. Text inside pictures of a page that
has a text layer of its own is not read, nor are values of form fields.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.formats.counting import count_characters
from qianche.corpus.reading.formats.layout import Line
from qianche.corpus.reading.formats.pdf_lines import page_text, read_lines
from qianche.corpus.reading.formats.pdf_text import is_garbled
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawPage

FEW_CHARACTERS = 60
"""A page with fewer over a picture is a scan with a stamp or a page number, not a page of text."""
PICTURE_SHARE = 0.5
"""Part of the page that pictures cover when it counts as a scan."""
OCR_DPI = 200
LOOK_DPI = 36
"""Enough to see whether anything is drawn on a page."""
LOOK_PIXELS = 1_000_000
MIN_INK_PIXELS = 8
"""A page number alone has some 20."""

_SCAN = "扫描件，未识别。"
_GARBLED = "文字层无法还原（字体没有对应的文字编码）。"
_LINEARIZED_PAGES = re.compile(rb"/Linearized\b[^>]*?/N\s+(\d+)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for all pages of one file."""

    ocr_until: float
    is_cut: bool


def read_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS) -> RawDocument:
    """Return the pages of a PDF file as lines in reading order, each page with its status.

    A page that cannot be read has the status `failed` or `unread` and says why; the others are kept. A file
    that needs no password to be opened is read, whatever else its owner forbids.

    Raises:
        Unreadable: `encrypted`, `truncated`, `damaged` or `too-many-pages`.
    """
    is_cut = b"%%EOF" not in data[-2048:]
    with closing(_open(data, is_cut)) as document:
        count = len(document)
        if count > limits.pages:
            raise Unreadable(
                f"文件有 {count} 页，超过上限 {limits.pages} 页。请拆成几个文件后再导入。", "too-many-pages"
            )
        if count == 0:
            raise Unreadable("PDF 文件里没有页面。请重新取得完整的文件。", "damaged")
        reading = _Reading(ocr.deadline(limits), is_cut)
        pages = tuple(_read_page(document, number, reading) for number in range(1, count + 1))
        title = document.get_metadata_value("Title").strip() or None
    return RawDocument("pdf", pages, title=title, warnings=_warnings(data, pages, is_cut))


def _open(data: bytes, is_cut: bool) -> pdfium.PdfDocument:
    """Return the open file, or say why it cannot be opened."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium keeps the code of an earlier file where it sets none itself, as for a file without pages.
        refused = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        if refused and b"/Encrypt" in data:
            raise Unreadable("PDF 文件已加密，需要密码才能打开。请去除密码后再导入。", "encrypted") from error
        if is_cut:
            raise Unreadable(
                "PDF 文件不完整，后半部分缺失。请重新下载或复制完整的文件。", "truncated"
            ) from error
        raise Unreadable("PDF 文件已损坏，无法打开。请用阅读软件另存一份后再导入。", "damaged") from error


def _warnings(data: bytes, pages: tuple[RawPage, ...], is_cut: bool) -> tuple[str, ...]:
    """Return what is to be said of the whole file."""
    warnings = []
    if is_cut:
        promised = _LINEARIZED_PAGES.search(data[:2048])
        missing = int(promised.group(1)) - len(pages) if promised else 0
        lost = f"按文件头应有 {len(pages) + missing} 页，缺 {missing} 页。" if missing > 0 else ""
        warnings.append(f"文件不完整（缺少结尾），读到 {len(pages)} 页。{lost}请核对原件。")
    failed = [str(page.number) for page in pages if page.status == "failed"]
    if failed:
        warnings.append(
            f"共 {len(pages)} 页，其中 {len(failed)} 页读取失败：第 {'、'.join(failed[:20])} 页。"
        )
    return tuple(warnings)


def _read_page(document: pdfium.PdfDocument, number: int, reading: _Reading) -> RawPage:
    """Return one page; a fault of its own does not touch the others."""
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as textpage:
            return _read_open_page(page, textpage, number, reading)
    except ocr.RecognitionFailed:
        return RawPage(number, (), "failed", problem=ocr.FAILED)
    except (pdfium.PdfiumError, ValueError, OverflowError):
        return RawPage(number, (), "failed", problem="页面数据已损坏，无法读取。请核对原件。")


def _read_open_page(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, reading: _Reading
) -> RawPage:
    """Return a page by its text layer where that can be trusted, else by its picture."""
    text = page_text(textpage)
    characters = count_characters(text)
    if is_garbled(text, textpage):
        unread = RawPage(number, (), "unread", problem=_GARBLED, file_characters=characters)
        return _recognised(page, unread, reading)
    if not characters and not _has_ink(page):
        return _blank_page(number, reading)
    layer = _blocks(read_lines(page, textpage, text))
    if characters >= FEW_CHARACTERS or (characters and _picture_share(page) < PICTURE_SHARE):
        return RawPage(number, layer, "text", file_characters=characters)
    unread = RawPage(number, layer, "unread", problem=_SCAN, file_characters=characters or None)
    return _recognised(page, unread, reading)


def _blocks(lines: Sequence[Line]) -> tuple[RawBlock, ...]:
    """Return lines as blocks."""
    return tuple(
        RawBlock("line", line.text, left=round(line.left, 1), size=round(line.height, 1)) for line in lines
    )


def _blank_page(number: int, reading: _Reading) -> RawPage:
    """Return a page without anything on it; in a file that was cut off its content may be what is missing."""
    if reading.is_cut:
        return RawPage(number, (), "failed", problem="文件不完整，这一页的内容缺失或本来空白。请核对原件。")
    return RawPage(number, (), "empty", file_characters=0)


def _recognised(page: pdfium.PdfPage, unread: RawPage, reading: _Reading) -> RawPage:
    """Return a page as recognition reads it, or as it was with what to do."""
    if not ocr.available():
        return replace(unread, problem=unread.problem + ocr.NOT_INSTALLED)
    if time.monotonic() > reading.ocr_until:
        return replace(unread, problem=unread.problem + ocr.OUT_OF_TIME)
    scale = _scale(page, OCR_DPI, ocr.MAX_PIXELS)
    found = ocr.recognise(_rendered(page, scale))
    characters = sum(count_characters(line.text) for line in found.lines)
    if unread.blocks and characters <= (unread.file_characters or 0):
        return replace(unread, status="text", problem="")
    if not characters and unread.file_characters:
        return replace(unread, problem=unread.problem + "识别也没有得到文字。请核对原件。")
    if not characters:
        return replace(unread, status="empty", problem=ocr.NOTHING_FOUND)
    return RawPage(unread.number, found.blocks(1 / scale), "ocr", confidence=found.confidence)


def _picture_share(page: pdfium.PdfPage) -> float:
    """Return the part of the page that pictures cover (over 1 where they lie over each other)."""
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += (right - left) * (top - bottom)
    width, height = page.get_size()
    return float(covered / max(width * height, 1.0))


def _has_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on a page: specks of dust and an even background are not."""
    image = _rendered(page, _scale(page, LOOK_DPI, LOOK_PIXELS))
    background = np.percentile(image, 90)
    return int((image < background - 60).sum()) >= MIN_INK_PIXELS


def _scale(page: pdfium.PdfPage, dpi: int, max_pixels: int) -> float:
    """Return pixels per point for a resolution, less where the picture would get too large."""
    width, height = page.get_size()
    return min(dpi / ocr.POINTS_PER_INCH, math.sqrt(max_pixels / max(width * height, 1.0)))


def _rendered(page: pdfium.PdfPage, scale: float) -> NDArray[np.uint8]:
    """Return (height, width) grey values of a page as shown."""
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
