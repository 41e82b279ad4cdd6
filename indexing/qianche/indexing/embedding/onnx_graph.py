"""The encoder as an ONNX graph: BERT with post-LayerNorm, erf GELU, mean over the tokens.

Built by hand rather than exported, since no framework writes 4-bit blocks unchanged. Inputs: `ids` int64
and `mask` int32, `(batch, tokens)`, 1 for a token and 0 for padding. Output: `mean`, `(batch, hidden)`
float32, not normalised. Source: Devlin et al. 2019 (BERT); operators `GatherBlockQuantized`,
`MatMulNBits`, `MatMulIntegerToFloat` and `MultiHeadAttention` of ONNX Runtime's `com.microsoft` domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper

from qianche.indexing.embedding.e5_file import BLOCK, E5Weights, QuantMatrix

OPSET = 21
MICROSOFT = "com.microsoft"
FLOAT32 = 1
"""`accuracy_level` of MatMulNBits. Level 4 (int8) takes 10 instead of 16 ms a query, but 60 instead of 54
CPU-s per 1,000 articles, and is no longer lossless."""
Array = npt.NDArray[Any]


class Graph:
    """Nodes and constants in the making; names are given in order, so equal input gives an equal file."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        """Return the name of the node's output, a list of names where there are several."""
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, name: str, value: Array) -> str:
        """Return the name of a constant, stored once however often it is asked for."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name


class Linear(Protocol):
    """How a recipe multiplies: adds nodes for `x @ W.T + b`, where W is the matrices named, stacked."""

    def __call__(self, graph: Graph, x: str, names: Sequence[str]) -> str: ...


class ExactLinear:
    """The 4-bit blocks unchanged, activations in float32."""

    def __init__(self, weights: E5Weights) -> None:
        self._weights = weights

    def __call__(self, graph: Graph, x: str, names: Sequence[str]) -> str:
        matrices = [self._weights.matrices[f"{name}.w"] for name in names]
        packed = np.concatenate([m.packed for m in matrices])
        scales = np.concatenate([m.scales for m in matrices]).astype(np.float32)
        rows, columns = len(packed), packed.shape[1] * 2
        label = "+".join(names)
        product = graph.op(
            "MatMulNBits",
            x,
            graph.constant(f"{label}.w", packed.reshape(rows, columns // BLOCK, BLOCK // 2)),
            graph.constant(f"{label}.scale", scales),
            domain=MICROSOFT, K=columns, N=rows, bits=4, block_size=BLOCK, accuracy_level=FLOAT32,
        )  # fmt: skip
        bias = graph.constant(f"{label}.b", stacked_bias(self._weights, names))
        return str(graph.op("Add", product, bias))


def stacked_bias(weights: E5Weights, names: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the biases of the matrices named, one after the other."""
    return np.concatenate([weights.floats[f"{name}.b"] for name in names])


def build_encoder(weights: E5Weights, linear: Linear, watched: dict[str, str] | None = None) -> ModelProto:
    """Return the model.

    Args:
        linear: how matrices are multiplied.
        watched: where given, the absolute maximum per column of what each product multiplies becomes an
            output, and its name is put here under the product's (`l0.q+l0.k+l0.v`).
    """
    graph = Graph()

    def product(x: str, *names: str) -> str:
        if watched is not None:
            peak = graph.op("ReduceMax", graph.op("Abs", x), graph.constant("first", _ints(0)), keepdims=0)
            watched["+".join(names)] = peak
        return linear(graph, x, names)

    shape = graph.op("Shape", "ids")
    wide = graph.op("Concat", shape, graph.constant("hidden", _ints(weights.hidden)), axis=0)
    flat = graph.constant("flat", _ints(-1, weights.hidden))
    x = graph.op("Reshape", _embedded(graph, weights), flat)
    for layer in range(weights.layers):
        prefix = f"l{layer}"
        stacked = product(x, f"{prefix}.q", f"{prefix}.k", f"{prefix}.v")
        parts = graph.op("Split", stacked, outputs=3, axis=1, num_outputs=3)
        q, k, v = (graph.op("Reshape", part, wide) for part in parts)
        context = graph.op(
            "MultiHeadAttention", q, k, v, "", "mask", domain=MICROSOFT, num_heads=weights.heads
        )
        context = graph.op("Reshape", context, flat)
        x = _normed(graph, weights, f"{prefix}.aln", graph.op("Add", product(context, f"{prefix}.ao"), x))
        inner = graph.op("Gelu", product(x, f"{prefix}.fi"))
        x = _normed(graph, weights, f"{prefix}.oln", graph.op("Add", product(inner, f"{prefix}.fo"), x))
    mean = _pooled(graph, graph.op("Reshape", x, wide))
    return _model(graph, weights.hidden, mean, list(watched.values()) if watched else [])


def _embedded(graph: Graph, weights: E5Weights) -> str:
    """Add word, position and type embedding, normalised: `(batch, tokens, hidden)`."""
    words: QuantMatrix = weights.matrices["emb.word"]
    word = graph.op(
        "GatherBlockQuantized",
        graph.constant("emb.word", words.packed),
        "ids",
        graph.constant("emb.word.scale", words.scales.astype(np.float32)),
        domain=MICROSOFT, bits=4, block_size=BLOCK, gather_axis=0, quantize_axis=1,
    )  # fmt: skip
    # Only type 0 occurs, so its row goes into the position table.
    type_row = weights.floats["emb.type"][: weights.hidden]
    table = graph.constant("emb.pos", weights.floats["emb.pos"].reshape(-1, weights.hidden) + type_row)
    length = graph.op("Shape", "ids", start=1, end=2)
    position = graph.op("Slice", table, graph.constant("zero", _ints(0)), length)
    return _normed(graph, weights, "emb.ln", graph.op("Add", word, position))


def _normed(graph: Graph, weights: E5Weights, name: str, x: str) -> str:
    """Add a layer normalisation over the last axis."""
    scale, bias = (graph.constant(f"{name}.{part}", weights.floats[f"{name}.{part}"]) for part in "wb")
    return str(graph.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=weights.epsilon))


def _pooled(graph: Graph, x: str) -> str:
    """Add the mean over the tokens that are not padding: `(batch, hidden)`."""
    mask = graph.op("Cast", "mask", to=TensorProto.FLOAT)
    total = graph.op("MatMul", graph.op("Unsqueeze", mask, graph.constant("one", _ints(1))), x)
    count = graph.op("ReduceSum", mask, graph.constant("one", _ints(1)), keepdims=1)
    return str(graph.op("Div", graph.op("Squeeze", total, graph.constant("one", _ints(1))), count))


def _ints(*values: int) -> npt.NDArray[np.int64]:
    return np.array(values, np.int64)


def _model(graph: Graph, hidden: int, mean: str, watched: Sequence[str]) -> ModelProto:
    """Return the finished model with its inputs and outputs named."""
    graph.nodes.append(helper.make_node("Identity", [mean], ["mean"]))
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["batch", "tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("mean", TensorProto.FLOAT, ["batch", hidden])]
    outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None]) for name in watched]
    body = helper.make_graph(graph.nodes, "e5", inputs, outputs, list(graph.constants.values()))
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=10)
