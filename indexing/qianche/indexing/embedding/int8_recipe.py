"""The int8 recipe: weights in 8 bits a row, activations in 8 bits a token, per-column smoothing between them.

Half the time of the exact graph (docs/benchmarks.md), cosine to it .9995 in the mean. Three choices differ
from `onnxruntime.quantization.quantize_dynamic`, and each was measured:

* one scale a token, not one a batch: else a text's vector depends on its neighbours (cosine .997);
* weights within ±63, not ±127: else the AVX2 kernel, which adds pairs in 16 bits, saturates (.998);
* unsigned activations around 128: the kernel for signed ones is four times slower on AVX2.

Source for the smoothing: Xiao et al. 2023, SmoothQuant, arXiv 2211.10438, with alpha 1/2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from onnx import numpy_helper

from qianche.indexing.embedding.e5_file import E5Weights
from qianche.indexing.embedding.onnx_graph import MICROSOFT, Graph, stacked_bias

WEIGHT_LIMIT = 63
ACTIVATION_LIMIT = 127
_ZERO_POINT = 128
_TINY = 1e-5
"""Keeps a column that calibration never saw moving from a division by zero."""

Peaks = Mapping[str, npt.NDArray[np.float32]]
"""Absolute maximum per column of what is multiplied, by the stacked names (`l0.q+l0.k+l0.v`)."""


class Int8Linear:
    """Products in int8, for one graph; see the module for the recipe."""

    def __init__(self, weights: E5Weights, peaks: Peaks) -> None:
        self._weights = weights
        self._peaks = peaks
        self._zero_points: str | None = None

    def __call__(self, graph: Graph, x: str, names: Sequence[str]) -> str:
        label = "+".join(names)
        matrix = np.concatenate([self._weights.matrices[f"{name}.w"].dense() for name in names])
        smoothing = smoothing_factors(self._peaks[label], matrix)
        quantised, scales = quantised_rows(matrix * smoothing)
        smooth = graph.op("Mul", x, graph.constant(f"{label}.smooth", 1 / smoothing))
        tokens, token_scale = self._quantised_tokens(graph, smooth, matrix.shape[1])
        product = graph.op(
            "MatMulIntegerToFloat",
            tokens,
            graph.constant(f"{label}.w", quantised.T),
            graph.constant("unit", np.array(1, np.float32)),
            graph.constant(f"{label}.scale", scales),
            graph.constant("zero_point", np.array(_ZERO_POINT, np.uint8)),
            domain=MICROSOFT,
        )
        bias = graph.constant(f"{label}.b", stacked_bias(self._weights, names))
        return str(graph.op("Add", graph.op("Mul", product, token_scale), bias))

    def _quantised_tokens(self, graph: Graph, x: str, columns: int) -> tuple[str, str]:
        """Add nodes for uint8 activations around 128 and their scale, `(tokens, 1)`; return both names."""
        peak = graph.op("ReduceMax", graph.op("Abs", x), graph.constant("last", np.array([-1])), keepdims=1)
        to_scale = graph.constant("to_scale", np.array(1 / ACTIVATION_LIMIT, np.float32))
        scale = str(graph.op("Mul", peak, to_scale))
        if self._zero_points is None:  # Every product has as many tokens, so one will do.
            middle = numpy_helper.from_array(np.array([_ZERO_POINT], np.uint8))
            self._zero_points = str(graph.op("ConstantOfShape", graph.op("Shape", scale), value=middle))
        # A block of all columns gives each token its scale.
        tokens = graph.op("QuantizeLinear", x, scale, self._zero_points, axis=1, block_size=columns)
        return str(tokens), scale


def smoothing_factors(
    peaks: npt.NDArray[np.float32], matrix: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return what each input column is divided by and its weights are multiplied by, `(columns,)`."""
    weight_peaks = np.abs(matrix).max(axis=0)
    factors: npt.NDArray[np.float32] = np.sqrt(np.maximum(peaks, _TINY) / np.maximum(weight_peaks, _TINY))
    return factors


def quantised_rows(
    matrix: npt.NDArray[np.float32],
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return int8 weights within ±63 and the scale of each row: matrix ≈ int8 * scale."""
    scales = np.maximum(np.abs(matrix).max(axis=1), _TINY) / WEIGHT_LIMIT
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)
