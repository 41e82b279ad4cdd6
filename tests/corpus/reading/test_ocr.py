"""Recognition: order and confidence from given pieces; real pictures where the extra `ocr` is installed."""

from __future__ import annotations

import io
import math
import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.corpus.reading.pdf_files import Picture, Sheet, lines, pdf_file

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.formats.images import read_image
from qianche.corpus.reading.formats.pdf import read_pdf
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawDocument

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed")
needs_pillow = pytest.mark.skipif(not ocr.available(), reason="Pillow comes with the extra `ocr`")
CHINESE_FONT = next(
    (
        path
        for path in (
            Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
            Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
            Path("/System/Library/Fonts/PingFang.ttc"),
            Path("C:/Windows/Fonts/simsun.ttc"),
        )
        if path.exists()
    ),
    None,
)
WRITTEN = ["2023-06-21 20:37", "CO 24 ppm"]


def drawn(texts: list[str], *, font: Path | None = None, size: tuple[int, int] = (330, 280)) -> Any:
    """Return a white Pillow picture with lines of text; nearly square, which is quickest to recognise."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", size, 255)
    face = ImageFont.truetype(str(font), 32) if font else ImageFont.load_default(32)
    for row, text in enumerate(texts):
        ImageDraw.Draw(picture).text((30, 15 + 55 * row), text, font=face, fill=0)
    return picture


def file_of(picture: Any, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def read_lines(document: RawDocument, page: int = 1) -> list[str]:
    """Return the lines of a page."""
    return [block.text for block in document.pages[page - 1].blocks]


def piece(text: str, left: float, top: float, *, confidence: float = 0.9, tilt: float = 0.0) -> ocr._Piece:
    """Return a recognised piece, 20 pixels a character, turned about the picture's corner."""
    right, bottom = left + 20 * len(text), top + 24
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    turn = np.array([[math.cos(tilt), math.sin(tilt)], [-math.sin(tilt), math.cos(tilt)]])
    return ocr._Piece(text, confidence, corners @ turn)


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return the lines that come of given pieces."""

    def lines_of(*pieces: ocr._Piece) -> list[str]:
        monkeypatch.setattr(ocr, "_read", lambda image: list(pieces))
        return [line.text for line in ocr.recognise(np.zeros((10, 10), np.uint8)).lines]

    return lines_of


def test_pieces_are_put_into_lines_from_the_top_and_the_left(recognised: Callable[..., list[str]]) -> None:
    found = recognised(piece("万元", 400, 102), piece("第二行", 50, 140), piece("损失165.00", 50, 100))
    assert found == ["损失165.00 万元", "第二行"]


def test_a_tilted_page_keeps_its_lines_apart(recognised: Callable[..., list[str]]) -> None:
    rows = [
        (piece(f"左边{n}", 50, 100 + 40 * n, tilt=0.06), piece(f"右边{n}", 800, 100 + 40 * n, tilt=0.06))
        for n in range(5)
    ]
    assert recognised(*[one for row in reversed(rows) for one in row]) == [
        f"左边{n} 右边{n}" for n in range(5)
    ]


def test_two_columns_are_read_one_after_the_other(recognised: Callable[..., list[str]]) -> None:
    left, right = [f"左栏第{n}行写满的文字" for n in range(10)], [f"右栏第{n}行写满的文字" for n in range(10)]
    found = recognised(
        *[piece(text, 50, 100 + 40 * n) for n, text in enumerate(left)],
        *[piece(text, 300, 100 + 40 * n) for n, text in enumerate(right)],
    )
    assert found == [*left, *right]


def test_confidence_is_the_mean_over_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [piece("甲乙丙", 50, 100, confidence=0.98), piece("丁", 50, 140, confidence=0.9)]
    monkeypatch.setattr(ocr, "_read", lambda image: pieces)
    assert ocr.recognise(np.zeros((10, 10), np.uint8)).confidence == pytest.approx(0.96)


def test_an_empty_picture_has_no_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_read", lambda image: [])
    assert ocr.recognise(np.zeros((10, 10), np.uint8)) == ocr.Recognised((), None)


def test_a_picture_without_the_extra_says_how_to_get_it_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Unreadable) as raised:
        read_image(b"anything")
    assert raised.value.code == "needs-extra"
    assert "qianche[ocr]" in raised.value.message


def failing_engine(message: str) -> Callable[[], Callable[..., Any]]:
    """Return an engine that fails with a message."""

    def engine(*args: Any, **options: Any) -> Any:
        raise RuntimeError(message)

    return lambda: engine


@needs_pillow
def test_a_page_that_the_recogniser_cannot_take_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", failing_engine("no such shape"))
    scan = file_with_scan(drawn(WRITTEN))
    document = read_pdf(scan)
    assert [page.status for page in document.pages] == ["failed", "text"]
    assert document.pages[0].problem == ocr.FAILED


def test_memory_that_runs_out_in_the_recogniser_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", failing_engine("FAIL : std::bad_alloc"))
    with pytest.raises(MemoryError):
        ocr.recognise(np.zeros((40, 40), np.uint8))


def file_with_scan(picture: Any) -> bytes:
    """Return a PDF file of a small scanned sheet, two pixels a point, and a page of text."""
    width, height = picture.width // 2, picture.height // 2
    scan = Picture(picture.width, picture.height, picture.tobytes(), 0, 0, width, height)
    text = lines(["事故发生后当地立即组织抢险救援，并成立调查组查明原因。"])
    return pdf_file([Sheet([scan], width=width, height=height), Sheet(text)])


@needs_ocr
def test_a_scanned_page_is_read_with_its_confidence() -> None:
    first, second = read_pdf(file_with_scan(drawn(WRITTEN))).pages
    assert [block.text for block in first.blocks] == WRITTEN
    assert (first.status, second.status, first.file_characters, first.problem) == ("ocr", "text", None, "")
    assert first.confidence is not None
    assert first.confidence > 0.9
    assert first.blocks[0].left == pytest.approx(30 / 2, abs=2)


@needs_ocr
def test_what_recognition_has_no_time_for_is_told_and_the_rest_is_kept() -> None:
    hurried = Limits(seconds_per_file=0)
    document = read_pdf(file_with_scan(drawn(WRITTEN)), hurried)
    assert [page.status for page in document.pages] == ["unread", "text"]
    assert ocr.OUT_OF_TIME in document.pages[0].problem
    assert read_image(file_of(drawn(WRITTEN)), hurried).pages[0].status == "unread"


@needs_ocr
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_is_read_whichever_way_up(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(np.asarray(drawn(WRITTEN)), quarters))
    assert [line.text for line in ocr.recognise(turned).lines] == WRITTEN


@needs_ocr
@pytest.mark.skipif(CHINESE_FONT is None, reason="no Chinese font on this machine")
def test_chinese_print_is_read() -> None:
    written = ["造成3人死亡，1人受伤，", "直接经济损失165.00万元。"]
    document = read_image(file_of(drawn(written, font=CHINESE_FONT, size=(480, 400)), "JPEG"))
    assert read_lines(document) == written
    assert (document.format, document.pages[0].status) == ("image", "ocr")


@needs_ocr
def test_every_page_of_a_tiff_file_is_read() -> None:
    data = file_of(drawn(WRITTEN[:1]), "TIFF", save_all=True, append_images=[drawn([])])
    document = read_image(data)
    assert [read_lines(document, page) for page in (1, 2)] == [WRITTEN[:1], []]
    assert [page.status for page in document.pages] == ["ocr", "empty"]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[ocr.Image]:
    """Pictures as they reach the recogniser, which finds nothing in them."""
    pictures: list[ocr.Image] = []

    def recognise(image: ocr.Image) -> ocr.Recognised:
        pictures.append(image)
        return ocr.Recognised((), None)

    monkeypatch.setattr(ocr, "recognise", recognise)
    return pictures


@needs_pillow
def test_a_photograph_is_turned_as_the_camera_says(seen: list[ocr.Image]) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: a quarter to the right
    read_image(file_of(drawn(WRITTEN), "JPEG", exif=exif))
    assert seen[0].shape == (330, 280)


@needs_pillow
def test_what_is_transparent_is_white(seen: list[ocr.Image]) -> None:
    from PIL import Image

    read_image(file_of(Image.new("RGBA", (40, 40), (0, 0, 0, 0))))
    assert seen[0].min() == 255


@needs_pillow
def test_grey_values_of_sixteen_bits_keep_their_contrast(seen: list[ocr.Image]) -> None:
    from PIL import Image

    values = np.full((40, 40), 60_000, np.uint16)
    values[10:20] = 2_000
    read_image(file_of(Image.fromarray(values)))
    assert seen[0].max() == 255
    assert seen[0].min() < 10


@needs_pillow
def test_a_large_picture_is_made_smaller_first(seen: list[ocr.Image]) -> None:
    from PIL import Image

    read_image(file_of(Image.new("1", (8000, 6000), 1)))
    assert 0.9 * ocr.MAX_PIXELS < seen[0].size <= ocr.MAX_PIXELS


def png_of_size(width: int, height: int) -> bytes:
    """Return a PNG file that promises a size and holds one row of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(bytes(1 + width))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@needs_pillow
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png_of_size(30_000, 30_000), "too-large"),
        (png_of_size(13_000, 13_000), "too-large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
        (b"", "damaged"),
    ],
    ids=["far too many pixels", "too many pixels", "no head", "nothing"],
)
def test_a_picture_that_cannot_be_unpacked_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_image(data)
    assert raised.value.code == code


@needs_pillow
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_off_in_the_middle_says_so(kind: str) -> None:
    data = file_of(drawn(WRITTEN), kind)
    with pytest.raises(Unreadable) as raised:
        read_image(data[: len(data) // 2])
    assert raised.value.code == "truncated"


@needs_pillow
def test_a_tiff_file_with_too_many_pages_is_refused() -> None:
    data = file_of(drawn([]), "TIFF", save_all=True, append_images=[drawn([])] * 2)
    with pytest.raises(Unreadable) as raised:
        read_image(data, Limits(pages=2))
    assert raised.value.code == "too-many-pages"


@needs_ocr
def test_the_recogniser_is_set_up_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise AssertionError("no connection may be made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = ocr._engine.__wrapped__()
    assert list(engine(np.asarray(drawn(WRITTEN).convert("RGB")), use_cls=False).txts) == WRITTEN


def seeds() -> list[bytes]:
    """Return one small picture file of each kind."""
    if not ocr.available():
        return [b""]
    picture = drawn(WRITTEN, size=(120, 80))
    return [file_of(picture, kind) for kind in ("PNG", "JPEG", "BMP", "WEBP")] + [
        file_of(picture, "TIFF", save_all=True, append_images=[picture])
    ]


@needs_pillow
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.sampled_from(seeds()),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=5)), max_size=6),
    keep=st.floats(0.2, 1),
)
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(
    seen: list[ocr.Image], seed: bytes, changes: list[tuple[float, bytes]], keep: float
) -> None:
    damaged = bytearray(seed)
    for share, new in changes:
        place = int(share * len(damaged))
        damaged[place : place + len(new)] = new
    try:
        document = read_image(bytes(damaged[: int(keep * len(damaged))]))
    except QiancheError as error:
        assert error.code in {"damaged", "truncated", "too-large", "too-many-pages"}
    else:
        assert {page.status for page in document.pages} <= {"empty", "failed"}
