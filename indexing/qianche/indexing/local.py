"""The knowledge base of one folder: store, model and search together."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

from haystack import Pipeline

from qianche.corpus.cases import Case
from qianche.corpus.digests import Digest, place_order
from qianche.corpus.digests.neighbours import digest_neighbours
from qianche.corpus.errors import NotFound
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.labels import issued_label
from qianche.corpus.rules import Article, ArticleNumber, Rule
from qianche.corpus.statutes import article_label
from qianche.indexing import build
from qianche.indexing.catalogue import Catalogue, find_rules
from qianche.indexing.embedding import Embedder
from qianche.indexing.embedding.lazy import LazyModel
from qianche.indexing.knowledge_base import ArticleView, CutWord, Progress, SegmentReport, Status
from qianche.indexing.passages import case_story
from qianche.indexing.search.answer import (
    Answer,
    CaseFilters,
    CaseHit,
    Kind,
    Notice,
    RuleFilters,
    SearchRequest,
)
from qianche.indexing.search.explain import Found
from qianche.indexing.search.facets import count_facets
from qianche.indexing.search.judge import fitting, something_fits
from qianche.indexing.search.pipeline import build_pipeline, run_pipeline
from qianche.indexing.search.records import RecordReader
from qianche.indexing.search.restrict import COLLECTIONS, FACETS, restriction
from qianche.indexing.search.retrieve import Target, Targets
from qianche.indexing.search.understanding import MAX_QUERY, QueryUnderstanding
from qianche.indexing.segmentation import index_terms
from qianche.indexing.store.protocol import Facets, KnowledgeStore, Snapshot, key_of

LOADING = "正在加载"
"""Stands for the identity of a model that is still being loaded for the first time."""


class LocalKnowledgeBase:
    """Answers every question of the product from one store; implements `KnowledgeBase`.

    Args:
        store: the records and what is derived from them.
        load_embedder: called once, at the first need of a vector; raises `ModelMissing` where there is none.
        home: the data folder, for `status`.
        wait_for_model: whether a search waits until the model is loaded; a server answers lexically meanwhile.
    """

    def __init__(
        self,
        store: KnowledgeStore,
        load_embedder: Callable[[], Embedder],
        home: Path,
        *,
        wait_for_model: bool = True,
    ) -> None:
        self.store = store
        self.home = home
        self._model = LazyModel(load_embedder, wait=wait_for_model)
        self._understanding = QueryUnderstanding(cache_folder=str(home / "cache"))
        self._reader = RecordReader(store)
        self._build_lock = Lock()
        self._kept_catalogue: Catalogue | None = None

    @property
    def embedder(self) -> Embedder | None:
        """The embedding model; None where no model is on this machine, or it is still loading."""
        return self._model.get()

    def _fitting_embedder(self) -> Embedder | None:
        """The embedder, unless the passages have vectors of another model."""
        embedder = self._model.get()
        if embedder is None or self.store.get_state("model") != embedder.identity:
            return None
        return embedder

    @cached_property
    def pipeline(self) -> Pipeline:
        """The search as a Haystack pipeline."""
        return build_pipeline(self._reader, self._understanding, self._fitting_embedder)

    def _snapshot(self, kind: Kind) -> Snapshot:
        return self.store.collection(COLLECTIONS[kind]).snapshot()

    def search(self, request: SearchRequest) -> Answer:
        """Return cases and rules for a hazard description; `BadRequest` for an empty or too long query."""
        started = time.perf_counter()
        targets = Targets({kind: self._target(request, kind) for kind in request.kinds})
        query, found = run_pipeline(
            self.pipeline, request.query, targets, as_of=request.as_of, sort=request.sort
        )
        facets: dict[Kind, Facets] = {}
        if request.with_facets:
            facets = {kind: count_facets(request, kind, found[kind].run) for kind in found}
        engines = dict.fromkeys(leg for result in found.values() for leg in result.run.passages)
        return Answer(
            reading=replace(query.reading, engines=tuple(engines)),
            as_of=request.as_of,
            cases=found["case"].hits if "case" in found else (),
            rules=found["rule"].hits if "rule" in found else (),
            facets=facets,
            totals={kind: len(fitting(result.run)) for kind, result in found.items()},
            notices=self._notices(found),
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _target(self, request: SearchRequest, kind: Kind) -> Target:
        """What a request searches of one kind."""
        unrestricted = replace(request, case_filters=CaseFilters(), rule_filters=RuleFilters())
        catalogue, day = self._catalogue, request.as_of
        law = catalogue.law(day) if kind == "rule" and not request.include_not_in_force else None
        return Target(
            self._snapshot(kind),
            restriction(request, kind, law),
            request.top_k,
            reference=restriction(unrestricted, kind, law),
            law=law,
            classes=catalogue.classes if kind == "rule" else {},
            named=catalogue.named(request.query, day) if kind == "rule" else frozenset(),
        )

    def _notices(self, found: dict[Kind, Found]) -> tuple[tuple[Notice, Kind | None], ...]:
        notices: list[tuple[Notice, Kind | None]] = [
            ("nothing-in-filter" if something_fits(result.run) else "nothing-fits", kind)
            for kind, result in found.items()
            if not result.hits
        ]
        if any(result.run.terms_cut for result in found.values()):
            notices.append(("query-cut", None))
        if self._model.missing:
            notices.append(("no-model", None))
        elif any(
            result.run.search.query.vector is None or result.run.search.snapshot.vector_coverage < 1
            for result in found.values()
        ):
            notices.append(("vectors-pending", None))
        return tuple(notices)

    def similar_cases(self, case_id: str, top_k: int = 10) -> tuple[CaseHit, ...]:
        """Return cases like this one, itself left out; `NotFound` for an unknown id."""
        story = case_story(self.case(case_id))[:MAX_QUERY]
        targets = Targets({"case": Target(self._snapshot("case"), None, top_k + 1)})
        _, found = run_pipeline(self.pipeline, story, targets, as_of=date.min, sort="relevance")
        others = [hit for hit in found["case"].hits if hit.case.case_id != case_id][:top_k]
        return tuple(
            replace(hit, score=replace(hit.score, rank=rank)) for rank, hit in enumerate(others, start=1)
        )

    def case(self, case_id: str) -> Case:
        """Return a case; `NotFound` for an unknown id."""
        record = self._reader.case(self._snapshot("case").generation, case_id)
        if record is None:
            raise NotFound(f"没有编号为“{case_id}”的事故案例。请核对编号，或用检索框查找。")
        return record.case

    def rule(self, rule_id: str) -> Rule:
        """Return a rule with all versions; `NotFound` for an unknown id."""
        is_rule_id = "@" not in rule_id
        rule = self._reader.rule(self._snapshot("rule").generation, rule_id) if is_rule_id else None
        if rule is None:
            raise NotFound(f"登记表中没有编号为“{rule_id}”的法规。请核对编号，或按名称、文号查找。")
        return rule

    @property
    def _catalogue(self) -> Catalogue:
        """Lists and counts of the newest generation."""
        generation = max(self._snapshot(kind).generation for kind in COLLECTIONS)
        catalogue = self._kept_catalogue
        if catalogue is None or catalogue.generation != generation:
            catalogue = self._kept_catalogue = Catalogue(self.store, generation)
        return catalogue

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        """Return rules whose titles, short titles or numbers contain the text, best match first, else by title."""
        return find_rules(self._catalogue.rules, text, sector, level)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        """Return the articles of a version in order; empty where its text is not held."""
        return self._read_articles(version_id, self._catalogue.article_numbers(version_id))

    def _read_articles(self, version_id: str, numbers: Sequence[ArticleNumber]) -> tuple[Article, ...]:
        keys = [key_of(f"{version_id}/{number.slug}") for number in numbers]
        records = self._reader.rule_records(self._snapshot("rule"), keys)
        return tuple(
            record.article for record in records if record is not None and record.article is not None
        )

    def article(self, rule_id: str, number: ArticleNumber, as_of: date) -> ArticleView:
        """Return an article as in force that day; `NotFound` names the last number where it does not exist."""
        rule = self.rule(rule_id)
        version = applicable_version(rule, as_of)
        held = version if version.text_source is not None else rule.stand_in(version)
        numbers = self._catalogue.article_numbers(held.version_id) if held is not None else ()
        told = self.digests(version.version_id)
        of_article = _of_article(told, number)
        if held is None or number not in numbers:
            if held is not version and number.main > (version.article_count or number.main):
                raise NotFound(
                    f"《{version.title}》（{issued_label(version)}）登记的条数为 {version.article_count} 条，"
                    f"没有{article_label(number)}。本库没有其正文，请核对条号并查阅官方文本。",
                    code="no-such-article",
                )
            if held is version and numbers and not of_article:
                label, last = article_label(number), article_label(numbers[-1])
                raise NotFound(
                    f"《{version.title}》（{issued_label(version)}的版本）没有{label}：收录的最后一条是{last}。"
                    "请核对条号，或改用全文检索。",
                    code="no-such-article",
                )
            return ArticleView(rule, version, None, None, *digest_neighbours(told, number), of_article)
        if held is not version:
            of_article += _of_article(self.digests(held.version_id), number)
        place = numbers.index(number)
        return ArticleView(
            rule=rule,
            version=version,
            held=held,
            article=self._read_articles(held.version_id, [number])[0],
            previous=numbers[place - 1] if place else None,
            following=numbers[place + 1] if place + 1 < len(numbers) else None,
            digests=of_article,
        )

    def digests(self, version_id: str) -> tuple[Digest, ...]:
        """Return the digests of a version in the order of its articles, also of those whose text is not held."""
        numbers = self._catalogue.article_numbers(version_id)
        ids = [f"{version_id}/{number.slug}" for number in numbers]
        ids += self._catalogue.digest_ids(version_id)
        records = self._reader.rule_records(self._snapshot("rule"), [key_of(i) for i in ids])
        found = [record.digest for record in records if record is not None and record.digest is not None]
        return tuple(sorted(found, key=lambda digest: place_order(digest.place)))

    def facets(self, kind: Kind) -> Facets:
        """Return the counts of every facet value over all records of a kind."""
        keys = self._catalogue.record_keys[COLLECTIONS[kind]]
        return self._snapshot(kind).facet_counts(keys, FACETS[kind])

    def segment(self, text: str) -> SegmentReport:
        """Return how a text was cut and which expansions fired."""
        query = self._understanding.run(text)["query"]
        reading = query.reading
        words = self._understanding.segmenter.cut(reading.text)
        return SegmentReport(
            text=reading.text,
            normalised=reading.normalised,
            terms=tuple(index_terms(reading.normalised)),
            words=tuple(CutWord(word.text, word.start, word.end, word.kind) for word in words),
            key_terms=reading.key_terms,
            expansions=reading.expansions,
        )

    def status(self) -> Status:
        """Return what is built and what is missing."""
        catalogue = self._catalogue
        stores = [self.store.collection(name) for name in COLLECTIONS.values()]
        snapshots = [store.snapshot() for store in stores]
        passages = [store.count_documents() for store in stores]
        embedder = self._model.get()
        built_with = self.store.get_state("model")
        # Vectors of another model are of no use to this one.
        usable = embedder is None or built_with == embedder.identity
        covered = (
            sum(n * s.vector_coverage for n, s in zip(passages, snapshots, strict=True)) if usable else 0.0
        )
        loading = None if self._model.missing else built_with or LOADING
        model = embedder.identity if embedder is not None else loading
        cases = catalogue.cases
        return Status(
            home=self.home,
            records_ready=build.records_ready(self.store),
            vector_coverage=covered / sum(passages) if sum(passages) else 1.0,
            model=model,
            cases=len(cases),
            rules=len(catalogue.rules),
            rule_versions=sum(len(rule.versions) for rule in catalogue.rules),
            articles=catalogue.article_count,
            passages=sum(passages),
            generation=catalogue.generation,
            facts={name: self.store.get_state(name) or "" for name in (*build.expected_facts(), "model")},
            disk_bytes=_disk_bytes(self.home),
            cases_by_cause_basis=dict(Counter(case.cause_basis for case in cases)),
            earliest_case=min((case.occurred_on for case in cases), default=None),
            latest_case=max((case.occurred_on for case in cases), default=None),
        )

    def build(self, *, force: bool = False, on_progress: Progress | None = None) -> None:
        """Bring records and vectors up to date with the bundled data; `force` rebuilds everything derived."""
        self._bring_records_up_to_date(on_progress, force=force)
        if self._model.load() is not None:
            self.build_vectors(on_progress)

    def build_records(self, on_progress: Progress | None = None) -> None:
        """Bring the records up to date; search then answers lexically."""
        self._bring_records_up_to_date(on_progress, force=False)

    def _bring_records_up_to_date(self, on_progress: Progress | None, *, force: bool) -> None:
        if not force and build.records_ready(self.store):
            return
        from qianche.indexing.importing.locking import changing  # a search needs nothing of importing

        with self._build_lock, changing(self.home):
            if force or not build.records_ready(self.store):
                build.build_records(self.store, on_progress)

    def build_vectors(
        self, on_progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        """Embed what has no vector yet; `ModelMissing` where no model is on this machine. Safe to interrupt."""
        embedder = self._model.required()
        with self._build_lock:
            build.build_vectors(self.store, embedder, on_progress, cancelled)

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def _of_article(digests: Iterable[Digest], number: ArticleNumber) -> tuple[Digest, ...]:
    """The digests of an article or of its items."""
    return tuple(digest for digest in digests if place_order(digest.place)[0] == number)


def _disk_bytes(folder: Path) -> int:
    """Bytes of all files of a folder; files that vanish meanwhile (uploads come and go) count nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(place) / name).stat().st_size
    return total
