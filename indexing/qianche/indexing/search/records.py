"""Records behind hits, read from the store and kept while they are asked for often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from qianche.corpus.casebook import case_from_payload
from qianche.corpus.cases import Case
from qianche.corpus.digests import Digest, digest_from_payload
from qianche.corpus.register import rule_from_payload
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.corpus.statutes import article_from_payload
from qianche.indexing.documents import CASES, RECORD_ID, REGISTER, RULES
from qianche.indexing.passages import Part, article_parts, case_parts, version_parts
from qianche.indexing.search.evidence import ReadablePart, readable
from qianche.indexing.segmentation import normalise
from qianche.indexing.store.protocol import KnowledgeStore, Snapshot, key_of

KEPT = 4096
"""Records kept in memory (a few KB each): all that is asked for in a day, far below a large base."""

_Make = Callable[[dict[str, Any]], Any]
_Name = Callable[[Sequence[int]], dict[int, str]]


@dataclass(frozen=True)
class CaseRecord:
    """A case with its parts prepared for marking."""

    case: Case

    @cached_property
    def parts(self) -> tuple[ReadablePart, ...]:
        """The pieces that can be quoted."""
        return tuple(readable(part) for part in case_parts(self.case))

    @cached_property
    def searched(self) -> str:
        """Everything of the case where a word of the query may stand, normalised."""
        case = self.case
        place = " ".join(p for p in (case.place.province, case.place.city, case.place.county) if p)
        things = " ".join((*case.equipment, *case.substances, case.industry, case.sector, case.work_kind))
        return _joined(self.parts, f"{case.name} {place} {things}")


@dataclass(frozen=True)
class RuleRecord:
    """An article, or (article None) what a digest says of one, or (digest None too) a version found by its title."""

    rule: Rule
    version: RuleVersion
    article: Article | None
    digest: Digest | None

    @cached_property
    def parts(self) -> tuple[ReadablePart, ...]:
        """The pieces that can be quoted: 款 and 项; of a version as such, its scope line and title."""
        if self.article is None:
            if self.digest is not None:
                return ()
            return tuple(readable(part) for part in version_parts(self.rule, self.version))
        return tuple(readable(part) for part in article_parts(self.article))

    @cached_property
    def digest_parts(self) -> tuple[ReadablePart, ...]:
        """The pieces of the digest: its gist, each way of saying it on site."""
        if self.digest is None:
            return ()
        texts = [("gist", self.digest.gist), *(("said_as", text) for text in self.digest.said_as)]
        return tuple(readable(Part(name, 1, text, 0, len(text))) for name, text in texts)

    @cached_property
    def searched(self) -> str:
        """Everything of the article where a word of the query may stand, normalised: text, digest, path, titles."""
        path = [heading.text for heading in self.article.path] if self.article else []
        names = " ".join([self.version.title, *self.rule.short_titles, *path])
        return _joined((*self.parts, *self.digest_parts), names)


def _joined(parts: Sequence[ReadablePart], names: str) -> str:
    """The normalised texts of a record, parted so that no word runs from one into the next."""
    return "\n".join([*(part.normalised for part in parts), normalise(names)])


class RecordReader:
    """Reads records of one store, as of a generation; thread-safe."""

    def __init__(self, store: KnowledgeStore) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[int, str, int], Any] = OrderedDict()
        self._lock = Lock()

    def cases(self, snapshot: Snapshot, keys: Sequence[int]) -> list[CaseRecord | None]:
        """Return the cases with these keys in that order, None for each that is not there."""
        return self._read(snapshot.generation, CASES, keys, _ids_in(snapshot), _case_record)

    def case(self, generation: int, case_id: str) -> CaseRecord | None:
        """Return a case."""
        found: CaseRecord | None = self._read_id(generation, CASES, case_id, _case_record)
        return found

    def rule(self, generation: int, rule_id: str) -> Rule | None:
        """Return a rule with all its versions."""
        found: Rule | None = self._read_id(generation, REGISTER, rule_id, rule_from_payload)
        return found

    def rule_records(self, snapshot: Snapshot, keys: Sequence[int]) -> list[RuleRecord | None]:
        """Return the articles and versions with these keys in that order, None for each that is not there."""
        generation = snapshot.generation
        return self._read(
            generation, RULES, keys, _ids_in(snapshot), lambda p: self._rule_record(generation, p)
        )

    def _rule_record(self, generation: int, payload: dict[str, Any]) -> RuleRecord | None:
        version_id = payload["version_id"]
        rule = self.rule(generation, version_id.split("@")[0])
        version = next((v for v in rule.versions if v.version_id == version_id), None) if rule else None
        if rule is None or version is None:
            return None
        article = article_from_payload(payload) if "article_id" in payload else None
        digest = digest_from_payload(payload["digest"]) if payload.get("digest") else None
        return RuleRecord(rule, version, article, digest)

    def _read_id(self, generation: int, collection: str, record_id: str, make: _Make) -> Any:
        """One record by its id."""
        key = key_of(record_id)
        return self._read(generation, collection, [key], lambda _: {key: record_id}, make)[0]

    def _read(
        self, generation: int, collection: str, keys: Sequence[int], name: _Name, make: _Make
    ) -> list[Any]:
        """Records in the order asked; ids and payloads are read for those alone that are not kept."""
        found: dict[int, Any] = {}
        with self._lock:
            for key in keys:
                place = (generation, collection, key)
                if place in self._kept:
                    self._kept.move_to_end(place)
                    found[key] = self._kept[place]
        wanted = [key for key in keys if key not in found]
        if wanted:
            ids = name(wanted)
            payloads = self._store.get_records(collection, list(ids.values()))
            new = {key: make(p) for key, p in zip(ids, payloads, strict=True) if p is not None}
            found |= new
            with self._lock:
                self._kept.update({(generation, collection, key): record for key, record in new.items()})
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return [found.get(key) for key in keys]


def _case_record(payload: dict[str, Any]) -> CaseRecord:
    """The case of a payload."""
    return CaseRecord(case_from_payload(payload))


def _ids_in(snapshot: Snapshot) -> _Name:
    """Names records by way of their whole passages, which bear their ids: the only Documents a search builds."""
    return lambda keys: {key_of(document.id): document.meta[RECORD_ID] for document in snapshot.fetch(keys)}
