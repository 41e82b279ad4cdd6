"""Text of pictures by RapidOCR, from the extra `ocr`; its models lie in its wheel, nothing is downloaded."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qianche.corpus.reading.formats.layout import Line, Row, by_columns, find_gutter, in_reading_order, joined
from qianche.corpus.reading.limits import Limits
from qianche.corpus.reading.raw import RawBlock

EXTRA = "qianche[ocr]"
MAX_PIXELS = 12_000_000
"""A larger picture is made smaller first; A4 at 200 dpi has 3.9 million."""
POINTS_PER_INCH = 72
MODELS = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}
"""The parts of RapidOCR and the names of their models: finds the lines, tells them upside down, reads them."""
SURE = 0.8
"""Mean confidence below which other ways up are tried; upright print at 200 dpi gives 0.95 and more."""
ONE_AT_A_TIME = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Rec.rec_batch_num": 1,
}
"""Files are read side by side in workers, so one thread each: two take 1.3 times the processor time for a page.
Lines one by one: a page takes 0.6 GB of memory instead of 0.95, at the same speed.
"""

NOT_INSTALLED = f"请装上识别组件 {EXTRA} 后重新导入，或换用可复制文字的文件。"
OUT_OF_TIME = "识别用时已到单个文件的上限。请把文件拆小后分别导入，或调高上限。"
NOTHING_FOUND = "本页只有图，没有识别出文字。"
SHARE_OF_TIME = 0.8
"""Of the time for a file, what recognition may use; pages left over are told, the others kept."""

FAILED = "识别这一页时出错，详情已记入日志。请核对原件。"

Image = NDArray[np.uint8]
logger = logging.getLogger(__name__)


class RecognitionFailed(Exception):
    """A picture that the recogniser cannot take; the page fails, the file goes on."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Lines in reading order, places in pixels; `confidence` is the mean over characters, None without any."""

    lines: tuple[Line, ...]
    confidence: float | None

    def blocks(self, points_per_pixel: float) -> tuple[RawBlock, ...]:
        """Return the lines as blocks, places in points."""
        return tuple(
            RawBlock(
                "line",
                line.text,
                left=round(line.left * points_per_pixel, 1),
                size=round(line.height * points_per_pixel, 1),
            )
            for line in self.lines
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A recognised stretch of text, its four corners in pixels clockwise from the upper left."""

    text: str
    confidence: float
    corners: NDArray[np.float64]


def deadline(limits: Limits) -> float:
    """Return the moment (`time.monotonic`) after which a file read from now on gets no page recognised."""
    return time.monotonic() + SHARE_OF_TIME * limits.seconds_per_file


@cache
def available() -> bool:
    """Whether pictures can be read on this machine: the extra is installed and its models are there."""
    return find_spec("rapidocr") is not None and all(_model(part) is not None for part in MODELS)


def recognise(image: Image) -> Recognised:
    """Return the text of a picture, whichever way up it was scanned.

    Args:
        image: (height, width) grey or (height, width, 3) colour values.
    """
    pieces = _read(image)
    if _is_sideways(pieces):
        # A line that runs up or down is read either way, so that the turned picture reads about as well.
        best = max((_read(_turned(image, quarters)) for quarters in (1, 3)), key=_certainty)
        pieces = best if _certainty(best) > 0.9 * _certainty(pieces) else pieces
    elif pieces and (_mean_confidence(pieces) or 0) < SURE:
        pieces = max(pieces, _read(_turned(image, 2)), key=_certainty)
    return Recognised(tuple(_lines(pieces)), _mean_confidence(pieces))


def _is_sideways(pieces: Sequence[_Piece]) -> bool:
    """Whether most lines run up or down the picture."""
    long = [piece for piece in pieces if len(piece.text) >= 2]
    return 2 * sum(_height(piece) > 1.5 * _width(piece) for piece in long) > len(long)


def _turned(image: Image, quarters: int) -> Image:
    """Return a picture turned to the left by so many quarters."""
    return np.ascontiguousarray(np.rot90(image, quarters))


def _mean_confidence(pieces: Sequence[_Piece]) -> float | None:
    """Return the mean confidence, every character counting the same."""
    characters = sum(len(piece.text) for piece in pieces)
    if not characters:
        return None
    return sum(piece.confidence * len(piece.text) for piece in pieces) / characters


def _certainty(pieces: Sequence[_Piece]) -> float:
    """Return how much was read how surely: what the right way up has most of."""
    return sum(piece.confidence**2 * len(piece.text) for piece in pieces)


def _lines(pieces: Sequence[_Piece]) -> list[Line]:
    """Return pieces as lines in reading order, the page's tilt taken out of their places."""
    placed = _straightened(pieces)
    rows = _rows(placed)
    gutter = find_gutter(rows)
    lines = [joined(row) for row in rows] if gutter is None else by_columns(rows, gutter)
    return in_reading_order(lines)


def _straightened(pieces: Sequence[_Piece]) -> list[Line]:
    """Return pieces with upright boxes, turned by the middle tilt of their upper edges."""
    edges = [piece.corners[1] - piece.corners[0] for piece in pieces]
    tilt = median([math.atan2(edge[1], edge[0]) for edge in edges]) if edges else 0.0
    turn = np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    lines = []
    for piece in pieces:
        corners = piece.corners @ turn
        left, top = (float(value) for value in corners.min(axis=0))
        right, bottom = (float(value) for value in corners.max(axis=0))
        lines.append(Line(piece.text, left, top, right, bottom))
    return lines


def _rows(lines: Sequence[Line]) -> list[Row]:
    """Return the pieces row by row from the top, each row from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        if rows and _on_one_baseline(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.left)) for row in rows]


def _on_one_baseline(row: Sequence[Line], line: Line) -> bool:
    """Whether a piece stands beside those of a row without lying over any of them."""
    nearest = row[-1]
    middle = (line.top + line.bottom) / 2
    beside = all(
        piece.right < line.left + line.height or line.right < piece.left + line.height for piece in row
    )
    return beside and nearest.top < middle < nearest.bottom


def _width(piece: _Piece) -> float:
    """Return the length of the upper edge."""
    return float(np.ptp(piece.corners[:, 0]))


def _height(piece: _Piece) -> float:
    """Return the height of the box."""
    return float(np.ptp(piece.corners[:, 1]))


def _read(image: Image) -> list[_Piece]:
    """Return what RapidOCR finds in a picture as it stands."""
    try:
        found = _engine()(_in_colour(image), use_cls=False)
    except Exception as error:
        if "bad_alloc" in str(error):
            raise MemoryError from error
        logger.exception("recognition failed on a picture of %s", image.shape)
        raise RecognitionFailed from error
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    return [
        _Piece(text, float(score), np.asarray(corners, dtype=np.float64))
        for text, score, corners in zip(found.txts, found.scores, found.boxes, strict=True)
        if text.strip()
    ]


def _in_colour(image: Image) -> Image:
    """Return a picture with the three channels that the models expect."""
    return image if image.ndim == 3 else np.repeat(image[:, :, None], 3, axis=2)


def _model(part: str) -> Path | None:
    """Return the file of a model in RapidOCR's own package."""
    folder = Path(str(files("rapidocr"))) / "models"
    return next(iter(sorted(folder.glob(MODELS[part]))), None)


@cache
def _engine() -> Any:
    """Return the recogniser of this process; the paths of all models are given, so it looks for none elsewhere."""
    from rapidocr import RapidOCR

    models = {f"{part}.model_path": str(_model(part)) for part in MODELS}
    return RapidOCR(params={**models, **ONE_AT_A_TIME, "Global.log_level": "error"})
