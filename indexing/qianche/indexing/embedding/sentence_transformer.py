"""Any local SentenceTransformer folder as an embedder, on the GPU if there is one (extra `models`)."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from qianche.corpus.errors import ModelMissing
from qianche.indexing.embedding.protocol import Progress, Vectors
from qianche.indexing.embedding.windows import batches, checked_passages, checked_query, cut, joined

EXTRA_MISSING = "未安装 sentence-transformers，不能使用这个模型目录。请运行 pip install 'qianche[models]'。"
QUERIES_KEPT = 256
_MAX_BATCH_TOKENS = 4096
"""Without prompt and marks; 32 texts of 512 tokens would take over 1 GB."""
_UNENCODABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: "\\x00" matches, "a" does not."""


class SentenceTransformerEmbedder:
    """An `Embedder` on a SentenceTransformer folder; loads at the first text, threads take turns.

    The folder's own prompts are used: `query` for queries, `passage` or else `document` for passages; a
    model without prompts gets none. Texts longer than the model takes are cut into windows, each with the
    prompt, and their vectors averaged, weighted by tokens; sentence-transformers would drop the rest.

    Args:
        folder: holds `modules.json`; nothing is ever fetched from the network.
        device: as torch names it; None takes the GPU if there is one.
    """

    def __init__(self, folder: Path, *, device: str | None = None) -> None:
        self._folder = folder
        self._device = device
        self._lock = threading.RLock()
        self._query_vector = lru_cache(maxsize=QUERIES_KEPT)(self._new_query_vector)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def identity(self) -> str:
        """Engine and a hash over the folder's files: another file in it is another model."""
        digest = hashlib.sha256()
        try:
            for file in sorted(f for f in self._folder.rglob("*") if f.is_file()):
                digest.update(f"{file.relative_to(self._folder).as_posix()}\n".encode())
                with file.open("rb") as content:
                    digest.update(hashlib.file_digest(content, "sha256").digest())
        except OSError as error:
            raise ModelMissing(
                f"模型目录“{self._folder}”无法读取（{error.strerror}）。请检查权限。"
            ) from error
        return f"sentence-transformers/{self._folder.name}-{digest.hexdigest()[:12]}"

    def embed_query(self, text: str) -> Vectors:
        """Return the vector of a query; see `Embedder`. The last 256 queries are kept."""
        vector: Vectors = self._query_vector(checked_query(text, _clean))
        return vector

    def embed_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Return the vectors of passages; see `Embedder`."""
        return self._embedded(checked_passages(texts, _clean), ("passage", "document"), on_progress)

    def _new_query_vector(self, cleaned: str) -> Vectors:
        """Return one query's vector, read-only since the cache hands it out again."""
        vector: Vectors = self._embedded([cleaned], ("query",), None)[0]
        vector.flags.writeable = False
        return vector

    def _embedded(self, texts: Sequence[str], roles: Sequence[str], on_progress: Progress | None) -> Vectors:
        """Return vectors of texts, with the first prompt of these roles that the model has."""
        model = self._model
        prompt = next((model.prompts[role] for role in roles if model.prompts.get(role)), "")
        with self._lock:  # The tokeniser is not safe for threads, torch uses all cores anyway.
            parts = [self._windows(text, prompt) for text in texts]
        owners = np.repeat(np.arange(len(parts)), [len(windows) for windows in parts])
        windows = [window for text in parts for window in text]
        lengths = [tokens for _, tokens in windows]
        vectors = np.empty((len(windows), self.dim), np.float32)
        open_windows = np.bincount(owners, minlength=len(parts))
        for batch in batches(lengths, _MAX_BATCH_TOKENS):
            with self._lock:
                vectors[batch] = model.encode(
                    [windows[i][0] for i in batch], prompt=prompt, batch_size=len(batch),
                    normalize_embeddings=True, show_progress_bar=False,
                )  # fmt: skip
            np.subtract.at(open_windows, owners[batch], 1)
            if on_progress is not None:
                on_progress(int((open_windows == 0).sum()), len(parts))
        return joined(vectors, owners, lengths, len(parts))

    def _windows(self, text: str, prompt: str) -> list[tuple[str, int]]:
        """Return (piece of text, its tokens) for each window of a text."""
        tokenizer = self._model.tokenizer
        limit = self._model.max_seq_length
        offsets = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)[
            "offset_mapping"
        ]
        if limit is None or not offsets:
            return [(text, max(len(offsets), 1))]
        prompt_tokens = len(tokenizer(prompt, add_special_tokens=False)["input_ids"])
        size = max(limit - prompt_tokens - tokenizer.num_special_tokens_to_add(), 1)
        return [(text[part[0][0] : part[-1][1]], len(part)) for part in cut(offsets, size)]

    @cached_property
    def _model(self) -> Any:
        """Load the model, once for all threads."""
        with self._lock:
            if "_model" in self.__dict__:
                return self.__dict__["_model"]
            if not (self._folder / "modules.json").is_file():
                raise ModelMissing(
                    f"“{self._folder}”不是 SentenceTransformer 模型目录：没有 modules.json。"
                    "请改为这样的目录，或用 qianche model export 生成一个。"
                )
            try:
                from sentence_transformers import SentenceTransformer
                from transformers.utils import logging
            except ImportError as error:
                raise ModelMissing(EXTRA_MISSING, code="extra-missing") from error
            logging.disable_progress_bar()
            try:
                return SentenceTransformer(str(self._folder), device=self._device, local_files_only=True)
            except Exception as error:  # Whatever torch, transformers or safetensors find wrong with it.
                reason = f"{type(error).__name__}: {error}".splitlines()[0]
                raise ModelMissing(
                    f"模型目录“{self._folder}”无法加载（{reason}）。请检查目录是否完整，或换一个模型目录。",
                    code="model-broken",
                ) from error


def _clean(text: str) -> str:
    """Return the text without what a tokeniser cannot take; "" for a blank one."""
    return _UNENCODABLE.sub(" ", text).strip()
