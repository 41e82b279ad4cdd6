"""A Haystack document becomes a row of the record here, checked, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from haystack.dataclasses import Document

from qianche.corpus.errors import BadRequest
from qianche.indexing.documents import DENSE, LEXICAL, RECORD_ID, FilterField
from qianche.indexing.store.filters import iso_instant
from qianche.indexing.store.protocol import key_of

ROW_COLUMNS = "key, id, content, lexical, dense, meta"
"""What `document_of` needs, in this order."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the record keeps it; `lexical` and `dense` are None where the document has none."""

    key: int
    id: str
    record_key: int
    content: str | None
    lexical: str | None
    dense: str | None
    meta: str
    embedding: bytes | None

    @property
    def pending(self) -> bool:
        """Whether the passage is meant for the dense leg and has no vector."""
        return self.embedding is None and bool(dense_text(self.dense, self.content))


def dense_text(dense: str | None, content: str | None) -> str:
    """Return what is embedded of a passage, "" for nothing."""
    return (content or "") if dense is None else dense


def lexical_text(lexical: str | None, content: str | None) -> str:
    """Return what the lexical leg sees of a passage, "" for nothing."""
    return (content or "") if lexical is None else lexical


def row_of(document: Document, dim: int, fields: Sequence[FilterField]) -> Row:
    """Return the row that keeps the document.

    Raises:
        BadRequest: what cannot be kept as it is: a vector of another dimension, not finite or zero; meta that
            is no JSON; a declared field of another type; text that is no Unicode; blobs and sparse vectors.
    """
    name = document.id
    if document.blob is not None or document.sparse_embedding is not None:
        raise BadRequest(f"段落“{name}”带有二进制内容或稀疏向量，本库只存文字和稠密向量。请去掉后再写入。")
    meta = dict(document.meta)
    texts = {key: storable_text(name, key, meta.pop(key)) for key in (LEXICAL, DENSE) if key in meta}
    record_id = meta.get(RECORD_ID, name)
    if not isinstance(record_id, str):
        raise BadRequest(f"段落“{name}”的 {RECORD_ID} 应是文字，收到的是“{record_id}”。")
    for field in fields:
        _check_declared(name, field, meta.get(field.name))
    storable_text(name, "id", name)
    content = None if document.content is None else storable_text(name, "content", document.content)
    embedding = None if document.embedding is None else pack_vector(name, document.embedding, dim)
    return Row(
        key=key_of(name),
        id=name,
        record_key=key_of(storable_text(name, RECORD_ID, record_id)),
        content=content,
        lexical=texts.get(LEXICAL),
        dense=texts.get(DENSE),
        meta=dump_json(f"段落“{name}”的 meta", meta),
        embedding=embedding,
    )


def document_of(row: Sequence[Any], embedding: bytes | None = None, dim: int = 0) -> Document:
    """Return the document that a row of `ROW_COLUMNS` keeps; without a vector unless one is given."""
    _, identifier, content, lexical, dense, meta_json = row
    meta = json.loads(meta_json)
    if lexical is not None:
        meta[LEXICAL] = lexical
    if dense is not None:
        meta[DENSE] = dense
    vector = None if embedding is None else unpack_vector(embedding, dim).tolist()
    return Document(id=identifier, content=content, meta=meta, embedding=vector)


def pack_vector(name: str, vector: Any, dim: int) -> bytes:
    """Return the vector's bytes: float32 where that is exact, else float64, so that it comes back as written.

    Raises:
        BadRequest: another dimension, NaN, infinite, or zero (no direction; Elasticsearch refuses it too).
    """
    try:
        values = np.asarray(vector, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadRequest(f"段落“{name}”的向量含有不是数的内容。请重新计算向量。") from None
    if values.shape != (dim,):
        raise BadRequest(
            f"段落“{name}”的向量是 {values.shape} 维，本库是 {dim} 维。请使用与建库时相同的模型。"
        )
    if not np.isfinite(values).all():
        raise BadRequest(f"段落“{name}”的向量含有 NaN 或无穷大。请重新计算向量。")
    length = np.linalg.norm(values)
    if not np.isfinite(length) or length < np.finfo(np.float32).tiny:
        raise BadRequest(f"段落“{name}”的向量长度为零或无法表示，没有方向，不能检索。请重新计算向量。")
    with np.errstate(over="ignore", under="ignore"):
        single = values.astype(np.float32)
    return (single if np.array_equal(single, values) else values).tobytes()


def unpack_vector(embedding: bytes, dim: int) -> npt.NDArray[np.float32] | npt.NDArray[np.float64]:
    """Return the vector as it was written, shape `(dim,)`."""
    if len(embedding) == dim * 4:
        return np.frombuffer(embedding, dtype=np.float32)
    return np.frombuffer(embedding, dtype=np.float64)


def dump_json(what: str, value: Mapping[str, Any]) -> str:
    """Return the value as JSON text; raises `BadRequest` where it would not come back as it is."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise BadRequest(f"{what}不能写成 JSON（{error}）。请只用文字、数、布尔值、列表和对象。") from None
    return text


def storable_text(name: str, what: str, value: Any) -> str:
    """Return the value if it is text that can be stored; raises `BadRequest` for anything else."""
    if not isinstance(value, str):
        raise BadRequest(f"段落“{name}”的 {what} 应是文字，收到的是“{value}”。")
    if not is_storable(value):
        raise BadRequest(f"段落或记录的 {what} 含有不成对的代理字符，无法存储。请先清理文字编码。")
    return value


def is_storable(text: str) -> bool:
    """Return whether the text can be written as UTF-8: JSON may bring half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_declared(name: str, field: FilterField, value: Any) -> None:
    """Refuse a declared field of another type: every engine would read it in its own way."""
    if value is None:
        return
    if isinstance(value, list) != field.many:
        wanted = "列表" if field.many else "单个值"
        raise BadRequest(f"段落“{name}”的字段“{field.name}”应是{wanted}，收到的是“{value}”。")
    for element in value if field.many else [value]:
        if not _fits(field, element):
            raise BadRequest(f"段落“{name}”的字段“{field.name}”应是 {field.type}，收到的是“{element}”。")


def _fits(field: FilterField, value: Any) -> bool:
    """Whether one value has the declared type."""
    if field.type == "boolean":
        return isinstance(value, bool)
    if field.type == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str):
        return False
    return field.type == "keyword" or iso_instant(value) is not None
