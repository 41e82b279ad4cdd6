"""The weight file becomes an ONNX model and a tokeniser in a folder; only this needs the package `onnx`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from qianche.indexing.embedding.calibration import calibration_texts
from qianche.indexing.embedding.e5_file import E5Weights
from qianche.indexing.embedding.int8_recipe import Int8Linear
from qianche.indexing.embedding.onnx_graph import ExactLinear, build_encoder
from qianche.indexing.embedding.session import INPUTS, MODEL_FILE, open_session
from qianche.indexing.embedding.tokenizer import Tokenizer, write_tokenizer

DATA_FILE = "model.data"
"""Constants lie beside the graph, so that ONNX Runtime maps them: 54 MiB less memory than in one file."""


def write_exact(weights: E5Weights, folder: Path) -> None:
    """Write tokeniser and the lossless model."""
    write_tokenizer(weights.vocabulary, folder)
    _save(build_encoder(weights, ExactLinear(weights)), folder)


def write_int8(weights: E5Weights, folder: Path, step: Callable[[], None]) -> None:
    """Write tokeniser and the int8 model; `step` is called after each of the calibration texts."""
    write_tokenizer(weights.vocabulary, folder)
    peaks = activation_peaks(weights, folder, step)
    _save(build_encoder(weights, Int8Linear(weights, peaks)), folder)


def activation_peaks(
    weights: E5Weights, folder: Path, step: Callable[[], None]
) -> dict[str, npt.NDArray[np.float32]]:
    """Return the absolute maximum per column of what each product multiplies, over the calibration texts.

    Args:
        folder: holds the tokeniser; a model is written there for the time of the calibration.
    """
    watched: dict[str, str] = {}
    scratch = folder / "calibration"
    scratch.mkdir()
    _save(build_encoder(weights, ExactLinear(weights), watched), scratch)
    session = open_session(scratch, threads=1)
    tokenizer = Tokenizer(folder)
    peaks: dict[str, npt.NDArray[np.float32]] = {}
    for prefix, text in calibration_texts():
        (content,) = tokenizer.encode([prefix + tokenizer.clean(text)])
        ids = np.array([[tokenizer.bos, *content[: weights.positions - 2], tokenizer.eos]], np.int64)
        inputs = dict(zip(INPUTS, (ids, np.ones_like(ids, np.int32)), strict=True))
        found = session.run(list(watched.values()), inputs)
        for name, peak in zip(watched, found, strict=True):
            peaks[name] = np.maximum(peak, peaks.get(name, peak))
        step()
    del session
    shutil.rmtree(scratch)
    return peaks


def _save(model: Any, folder: Path) -> None:
    """Write the model with its constants in a second file that has the same permissions."""
    path = str(folder / MODEL_FILE)
    onnx.save_model(model, path, save_as_external_data=True, location=DATA_FILE)
    shutil.copymode(folder / MODEL_FILE, folder / DATA_FILE)
