"""ONNX Runtime, set up as this product runs it; imported when first needed (.3 s, 50 MiB)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MODEL_FILE = "model.onnx"
INPUTS = ("ids", "mask")
OUTPUT = "mean"


def open_session(folder: Path, threads: int) -> Any:
    """Return an `onnxruntime.InferenceSession` on the folder's model; threads may share it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads that spin cost 11 instead of 5 CPU-ms a query.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    path = str(folder / MODEL_FILE)
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
