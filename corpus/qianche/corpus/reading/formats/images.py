"""Pictures of pages (png, jpg, tif with any number of pages, bmp, webp), read by recognition."""

from __future__ import annotations

import io
import struct
import time
import warnings
import zlib
from typing import TYPE_CHECKING

import numpy as np

from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument, RawPage

if TYPE_CHECKING:
    from PIL.Image import Image

PILLOW_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
MAX_SOURCE_PIXELS = 150_000_000
"""A0 scanned at 300 dpi has 139 million; unpacked in colour that is half a gigabyte."""
MIN_SIDE = 8
"""Pixels; nothing can be written in less."""
USUAL_DPI = 200
PLAUSIBLE_DPI = range(50, 1201)
"""Cameras and programs often write 1 or 72,000."""
_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders let through on damaged pictures."""


_CUT = "图像不完整，后半部分缺失。请重新取得完整的文件。"
_DAMAGED = "图像数据已损坏，无法解开。请重新取得完整的文件。"


def read_image(data: bytes, limits: Limits = DEFAULT_LIMITS) -> RawDocument:
    """Return the pages of a picture file as recognised lines, each page with its mean confidence.

    A page of a TIFF file that cannot be read has the status `failed`; the others are kept.

    Raises:
        Unreadable: `needs-extra` without the extra `ocr`; `too-large`, `too-many-pages`, `truncated` or `damaged`.
    """
    if not ocr.available():
        raise Unreadable(f"图片要识别后才有文字，识别组件没有安装。{ocr.NOT_INSTALLED}", "needs-extra")
    picture = _open(data)
    count = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
    if count > limits.pages:
        raise Unreadable(
            f"文件有 {count} 页，超过上限 {limits.pages} 页。请拆成几个文件后再导入。", "too-many-pages"
        )
    until = ocr.deadline(limits)
    pages = tuple(_read_page(picture, number, until) for number in range(1, count + 1))
    if all(page.status == "failed" for page in pages):
        raise Unreadable(pages[0].problem, "truncated" if pages[0].problem == _CUT else "damaged")
    return RawDocument("image", pages)


def _open(data: bytes) -> Image:
    """Return the picture, its pixels not yet unpacked."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=PILLOW_FORMATS)
            if picture.format == "TIFF":
                _ = picture.n_frames  # type: ignore[attr-defined]
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except UnidentifiedImageError as error:
        raise Unreadable(
            "不是可识别的图片，或文件已损坏。请用看图软件另存为 PNG 后再导入。", "damaged"
        ) from error
    except _FAULTS as error:
        raise Unreadable("图片已损坏，无法打开。请重新取得完整的文件。", "damaged") from error
    if picture.width * picture.height > MAX_SOURCE_PIXELS:
        raise _too_large(picture.size)
    return picture


def _too_large(size: tuple[int, int] | None = None) -> Unreadable:
    """Return the error for a picture that would fill the memory."""
    shown = f"（{size[0]}×{size[1]}）" if size else ""
    return Unreadable(
        f"图片尺寸过大{shown}，超过 {MAX_SOURCE_PIXELS // 1_000_000} 百万像素。请缩小后再导入。", "too-large"
    )


def _read_page(picture: Image, number: int, until: float) -> RawPage:
    """Return one page of a picture file."""
    if time.monotonic() > until:
        return RawPage(number, (), "unread", problem=f"图片，未识别。{ocr.OUT_OF_TIME}")
    try:
        pixels, dpi = _unpacked(picture, number - 1)
    except _FAULTS as error:
        return RawPage(number, (), "failed", problem=_CUT if "truncated" in str(error) else _DAMAGED)
    if pixels is None:
        return RawPage(number, (), "failed", problem="图像尺寸过大或过小，没有读取。请核对原件。")
    try:
        found = ocr.recognise(pixels)
    except ocr.RecognitionFailed:
        return RawPage(number, (), "failed", problem=ocr.FAILED)
    if not found.lines:
        return RawPage(number, (), "empty", problem=ocr.NOTHING_FOUND)
    return RawPage(number, found.blocks(ocr.POINTS_PER_INCH / dpi), "ocr", confidence=found.confidence)


def _unpacked(picture: Image, frame: int) -> tuple[ocr.Image | None, float]:
    """Return the grey values of a page, upright and on white, and its pixels per inch; None for an absurd size."""
    from PIL import ImageOps

    if frame:
        picture.seek(frame)
    if picture.width * picture.height > MAX_SOURCE_PIXELS or min(picture.size) < MIN_SIDE:
        return None, USUAL_DPI
    dpi = _dpi(picture)
    upright = ImageOps.exif_transpose(picture)
    grey = _on_white(upright)
    factor = (ocr.MAX_PIXELS / (grey.width * grey.height)) ** 0.5
    if factor < 1:
        grey = grey.resize((max(1, int(grey.width * factor)), max(1, int(grey.height * factor))))
        dpi *= factor
    return np.asarray(grey, dtype=np.uint8), dpi


def _dpi(picture: Image) -> float:
    """Return the pixels per inch that the file tells, or the usual ones of a scanner."""
    told = picture.info.get("dpi", (0, 0))
    value = float(told[0]) if isinstance(told, tuple) and told else 0.0
    return value if PLAUSIBLE_DPI.start <= value < PLAUSIBLE_DPI.stop else USUAL_DPI


def _on_white(picture: Image) -> Image:
    """Return a picture in grey, what is transparent turned white."""
    from PIL import Image

    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=np.float64)
        return Image.fromarray((values * (255 / max(values.max(), 1.0))).clip(0, 255).astype(np.uint8))
    if "A" in picture.getbands() or "transparency" in picture.info:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("L")
    return picture.convert("L")
