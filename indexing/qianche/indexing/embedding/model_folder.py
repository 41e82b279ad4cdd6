"""The cached folder of a converted model: the name says what it was made from, the manifest if it is whole.

A folder is written under a temporary name and renamed, so it is complete or absent, and processes that
convert at once do no harm: the first rename wins, the others throw theirs away.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from qianche.corpus.errors import BadRequest, StoreError
from qianche.indexing.embedding.e5_file import SHA256_PREFIX, read_weights
from qianche.indexing.embedding.protocol import Progress

Recipe = Literal["exact", "int8"]
RECIPES: tuple[str, ...] = get_args(Recipe)
FORMAT = 1
"""Raise it when the converter changes what it writes; folders of other formats are then left alone."""
STALE_SECONDS = 3600
"""A temporary folder older than this was left behind by a conversion that was interrupted."""

_MANIFEST = "manifest.json"
_TEMPORARY = "tmp-e5-"
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A whole model folder."""

    path: Path
    identity: str
    dim: int
    window: int
    """Content tokens that fit into the model at once."""


def check_recipe(recipe: str) -> None:
    """Return nothing for a known recipe; raise `BadRequest` for another."""
    if recipe not in RECIPES:
        raise BadRequest(f"未知的模型做法“{recipe}”。可选：{'、'.join(RECIPES)}。", code="unknown-recipe")


def folder_path(cache_dir: Path, recipe: str) -> Path:
    """Return where the converted model lies: source hash, format version and recipe are in the name."""
    return cache_dir / f"e5-small-{SHA256_PREFIX[:8]}-f{FORMAT}-{recipe}"


def open_folder(path: Path) -> ModelFolder | None:
    """Return the folder if every file has the size and CRC-32 that the manifest names, else None.

    Reads all of it: 25 ms for 82 MB where the file cache holds it.
    """
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        whole = manifest["format"] == FORMAT and all(
            _fingerprint(path / name) == tuple(expected) for name, expected in manifest["files"].items()
        )
        return ModelFolder(path, manifest["identity"], manifest["dim"], manifest["window"]) if whole else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # Whatever is wrong with it, the caller makes it anew.


def ensure_folder(
    cache_dir: Path, recipe: str, weights: Callable[[], Path], on_progress: Progress | None = None
) -> ModelFolder:
    """Return the converted model, converting where it is absent or broken (3 s for exact, 8 s for int8).

    Args:
        weights: returns the weight file; called only where a conversion is needed.
        on_progress: called with (steps done, steps in total).

    Raises:
        BadRequest: the recipe is unknown.
        ModelMissing: there are no weights, or they are not the known ones.
        StoreError: the folder cannot be written.
    """
    check_recipe(recipe)
    target = folder_path(cache_dir, recipe)
    found = open_folder(target)
    if found is not None:
        return found
    source = weights()
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        remove_stale(cache_dir)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=cache_dir))
        try:
            _convert(source, temporary, recipe, on_progress)
            return _put_in_place(temporary, target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"模型无法存入“{cache_dir}”（{error.strerror or error}）。"
            "请检查该目录的权限和剩余空间（约需 250 MB），或换一个数据目录（QIANCHE_HOME）。",
            code="model-folder",
        ) from error


def remove_stale(cache_dir: Path) -> None:
    """Remove what interrupted conversions left behind; younger folders may belong to a running one."""
    for folder in cache_dir.glob(f"{_TEMPORARY}*"):
        try:
            stale = time.time() - folder.stat().st_mtime > STALE_SECONDS
        except FileNotFoundError:
            continue  # Another process cleans up at the same time.
        if stale:
            shutil.rmtree(folder, ignore_errors=True)


def _convert(source: Path, folder: Path, recipe: str, on_progress: Progress | None) -> None:
    """Write model, tokeniser and manifest."""
    # Imported here: a search with the model in place must not load the converter.
    from qianche.indexing.embedding.calibration import calibration_texts
    from qianche.indexing.embedding.conversion import write_exact, write_int8

    total = 3 + (len(calibration_texts()) if recipe == "int8" else 0)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if on_progress is not None:
            on_progress(done, total)

    weights = read_weights(source)
    step()
    if recipe == "int8":
        write_int8(weights, folder, step)
    else:
        write_exact(weights, folder)
    step()
    files = {file.name: _fingerprint(file) for file in sorted(folder.iterdir())}
    manifest = {
        "format": FORMAT,
        "identity": f"onnxruntime/e5-small-q4-{SHA256_PREFIX[:8]}/{recipe}/{FORMAT}",
        "dim": weights.hidden,
        "window": weights.positions - 2,
        "files": files,
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    folder.chmod(0o755)  # mkdtemp gives 0700; a service of another user may read the cache.
    step()


def _put_in_place(temporary: Path, target: Path) -> ModelFolder:
    """Return the folder under its final name, ours or the one another process put there meanwhile."""
    for _ in range(3):
        try:
            temporary.rename(target)
        except OSError:
            # Taken by a whole folder, then that one is used, or by the broken one, which is moved away.
            found = open_folder(target)
            if found is not None:
                return found
            _remove_broken(target)
        else:
            found = open_folder(target)
            if found is not None:
                return found
    raise OSError(f"{target.name} 无法就位")


def _remove_broken(target: Path) -> None:
    """Move a broken folder out of the way, then delete it: it is never seen half deleted."""
    aside = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
    try:
        target.rename(aside / "broken")
    except FileNotFoundError:
        pass  # Another process was quicker.
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fingerprint(path: Path) -> tuple[int, int]:
    """Return size and CRC-32 of a file; read in pieces, so that nothing of it stays in our memory."""
    checksum = size = 0
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            checksum = zlib.crc32(block, checksum)
            size += len(block)
    return size, checksum
