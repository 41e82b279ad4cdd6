"""The lexical leg: BM25 in tantivy over index terms, exact in order and in what a filter lets through.

Each passage is one tantivy document: `terms` (index terms joined by spaces), `key`, and `attributes`, one
hashed term for the value of each column. The attribute terms only narrow what the engine looks at; whether a
passage passes a filter is decided by the column mask alone.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from qianche.corpus.errors import BadRequest
from qianche.indexing.store.embedded.columns import Columns, Mask, Rows
from qianche.indexing.store.embedded.rows import is_storable
from qianche.indexing.store.filters import Comparison, Condition
from qianche.indexing.store.ordering import best_first
from qianche.indexing.store.protocol import Keys, Scores, key_of

Analyze = Callable[[str], list[str]]
"""Text to index terms, repeats included."""


def default_analyze(text: str) -> list[str]:
    """Return the project's own index terms of a text; loads its dictionaries on the first call."""
    from qianche.indexing.segmentation import index_terms

    return index_terms(text)


def analyzer_mark(analyze: Analyze) -> str:
    """Return what tells analyzers apart: the terms of a probe text, and the name of our own term format."""
    terms = analyze(_PROBE)
    if analyze is default_analyze:
        from qianche.indexing.segmentation import term_format

        terms.append(term_format())
    return blake2b("\n".join(terms).encode(), digest_size=8).hexdigest()


_PROBE = "Ａ区3#反應釜檢修，气焊动火离地1.5米，H2S浓度20ppm；ＤＮ２００阀门泄漏，未系安全带，老板說没事"

_SLACK = 64
"""Hits taken beyond the depth, so that ties at the cut are usually seen whole at the first try."""
_GROWTH = 4
_SMALLEST_HEAP = 15_000_000
"""tantivy's own minimum."""
_LARGEST_HEAP = 120_000_000
"""Bytes of postings kept before a segment is written: 15,000 passages fit in one segment."""
_NARROW_BELOW = 1 / 3
"""Share of passing passages under which the engine is asked to narrow. Measured on 15,000 passages, depth
1,000: a fifth passing 1.6 ms narrowed, 3.6 ms collected and masked; two fifths 2.8 ms and 2.2 ms."""
_NARROWINGS_KEPT = 64
_MAX_NARROWING = 512
"""Distinct values of one comparison that are still worth asking the engine for."""


def schema() -> tantivy.Schema:
    """Return the schema; k1 1.2 and b .75 are fixed inside tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("attributes", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("key", indexed=True, fast=True)
    return builder.build()


def write_index(
    index: tantivy.Index, analyze: Analyze, entries: Iterable[tuple[int, str]], columns: Columns,
    *, removed: Iterable[int] = (), size_hint: int = 0,
) -> None:  # fmt: skip
    """Apply removals, then additions of (key, text), in one commit.

    Passages without a term are left out: they can never be a hit and must not weigh on the statistics.
    `size_hint` (characters) sizes the memory, which is given back at the end.
    """
    heap = min(_LARGEST_HEAP, max(_SMALLEST_HEAP, 40 * size_hint))
    writer = index.writer(heap, 1)  # one thread: one segment, and the same one every time
    for key in removed:
        writer.delete_documents_by_term("key", key)
    attributes = [
        (column.codes, [_attribute(name, v) if code else "" for code, v in enumerate(column.values)])
        for name, column in columns.columns.items()
    ]
    for key, text in entries:
        terms = analyze(text) if text else []
        if not terms:
            continue
        document = tantivy.Document()
        document.add_text("terms", " ".join(terms))
        document.add_integer("key", key)
        row = int(np.searchsorted(columns.keys, key))
        for codes, names in attributes:
            if names[codes[row]]:
                document.add_text("attributes", names[codes[row]])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Lexical:
    """One state of the lexical index, safe for threads."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader(
            "manual"
        )  # a state is never reloaded; the default would watch the folder in a thread
        index.reload()
        self._searcher = index.searcher()
        self._schema = index.schema
        self.size: int = self._searcher.num_docs
        self._narrowings: dict[Condition, tantivy.Query | None] = {}

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """Return the state in a folder; raises ValueError or OSError where it cannot be opened.

        A read-only folder is opened through links elsewhere, for tantivy makes lock files even to read.
        """
        if os.access(folder, os.W_OK):
            return cls(tantivy.Index.open(str(folder)))
        private = Path(tempfile.mkdtemp(prefix="qianche-"))
        try:
            for file in folder.iterdir():
                _link(file, private / file.name)
            lexical = cls(tantivy.Index.open(str(private)))
        except BaseException:
            shutil.rmtree(private, ignore_errors=True)
            raise
        weakref.finalize(lexical, shutil.rmtree, private, ignore_errors=True)
        return lexical

    def best(
        self, terms: Sequence[tuple[str, float]], depth: int, columns: Columns,
        condition: Condition | None, mask: Mask | None,
    ) -> tuple[Rows, Scores]:  # fmt: skip
        """Return rows and BM25 scores of the best `depth` passages that hold a term and pass the mask.

        Rows are those of `columns`, ascending by key. Best first, ties by ascending row. Hits are collected
        until the cut is certain: enough of them pass, and the last one seen scores below the last one kept.
        """
        query = self._query(terms)
        if query is None or not self.size:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
        limit = depth + _SLACK
        if mask is not None:
            share = float(mask.mean()) or 1.0
            narrowing = (
                self._kept_narrowing(condition, columns) if condition and share < _NARROW_BELOW else None
            )
            if narrowing is None:
                limit = int(limit / share)
            else:
                query = tantivy.Query.boolean_query([(_MUST, query), (_MUST, _unscored(narrowing))])
        while True:
            limit = min(limit, self.size)
            hits = self._searcher.search(query, limit, count=False).hits
            scores = np.fromiter((score for score, _ in hits), dtype=np.float32, count=len(hits))
            rows, passing = columns.rows_of(self._keys([address for _, address in hits]))
            exhausted = len(hits) < limit or limit == self.size
            lowest = scores[-1] if len(scores) else np.float32(0)
            if mask is not None:
                passing &= mask[rows]
            if not passing.all():
                rows, scores = rows[passing], scores[passing]
            if exhausted or (len(scores) >= depth and scores[depth - 1] > lowest):
                break
            limit *= _GROWTH
        order = best_first(scores, rows)[:depth]
        return rows[order], scores[order]

    def document_frequencies(self, terms: Sequence[str]) -> list[int]:
        """Return in how many passages each term occurs."""
        return [self._searcher.doc_freq("terms", term) for term in terms]

    def _keys(self, addresses: list[Any]) -> Keys:
        """The passage keys at tantivy's addresses."""
        values = self._searcher.fast_field_values("key", addresses) if addresses else []
        return np.array(values, dtype=np.int64)

    def _query(self, terms: Sequence[tuple[str, float]]) -> tantivy.Query | None:
        """Sum over the distinct terms, in a fixed order: one question, one score to the last bit."""
        weights: dict[str, float] = {}
        for term, weight in terms:
            if not math.isfinite(weight) or weight < 0:
                raise BadRequest(f"检索词“{term}”的权重是 {weight}。请给出不小于 0 的数。")
            weights[term] = weights.get(term, 0.0) + weight
        clauses = [
            (_SHOULD, tantivy.Query.boost_query(self._term(term), weight))
            for term, weight in sorted(weights.items())
            if weight > 0 and is_storable(term)
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _term(self, term: str) -> tantivy.Query:
        """One index term."""
        return tantivy.Query.term_query(self._schema, "terms", term, "freq")

    def _kept_narrowing(self, condition: Condition, columns: Columns) -> tantivy.Query | None:
        """The clause of `_narrow`, kept for the filters asked last; a state has one set of columns."""
        if condition not in self._narrowings:
            if len(self._narrowings) >= _NARROWINGS_KEPT:
                self._narrowings.clear()
            self._narrowings[condition] = self._narrow(condition, columns)
        return self._narrowings[condition]

    def _narrow(self, condition: Condition, columns: Columns) -> tantivy.Query | None:
        """A clause that every passing passage satisfies, None where the engine cannot help."""
        if isinstance(condition, Comparison):
            return self._narrow_leaf(condition, columns)
        parts = [self._narrow(c, columns) for c in condition.conditions]
        known = [p for p in parts if p is not None]
        if condition.operator == "AND" and known:
            return tantivy.Query.boolean_query([(_MUST, p) for p in known])
        if condition.operator == "OR" and known and len(known) == len(parts):
            return tantivy.Query.boolean_query([(_SHOULD, p) for p in known])
        return None

    def _narrow_leaf(self, leaf: Comparison, columns: Columns) -> tantivy.Query | None:
        """The values that pass, where they are few and absence does not pass."""
        if not columns.holds(leaf):
            return None
        column = columns.columns[leaf.field]
        passing = np.flatnonzero(column.verdicts(leaf))
        if len(passing) > _MAX_NARROWING or (len(passing) and passing[0] == 0):
            return None
        return tantivy.Query.term_set_query(
            self._schema, "attributes", [_attribute(leaf.field, column.values[code]) for code in passing]
        )


_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


def _link(source: Path, target: Path) -> None:
    """A symbolic link, a copy where links are not allowed (Windows)."""
    try:
        target.symlink_to(source.absolute())
    except OSError:
        shutil.copyfile(source, target)


def _unscored(query: tantivy.Query) -> tantivy.Query:
    """The clause as a restriction that leaves the scores alone."""
    return tantivy.Query.const_score_query(query, 0.0)


@lru_cache(maxsize=65_536)
def _attribute(name: str, value: str) -> str:
    """The term for one value of a column; hashed, because tantivy drops terms over 64 kB without a word."""
    return f"{key_of(f'{name}={value}'):x}"
