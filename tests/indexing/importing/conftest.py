"""Fixtures of the import tests: a small store, and an importer whose reader is `making.take_in`. No model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.indexing.importing import making
from tests.indexing.importing.making import BUNDLED, DIM, NOON

from qianche.corpus.cases import Case
from qianche.corpus.register import Register
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.matching import Match
from qianche.indexing.build import case_entry, rule_entry, version_entry
from qianche.indexing.importing import Importer, Incoming
from qianche.indexing.importing.records import Job
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore


@dataclass
class Bench:
    """A data folder with an importer on it."""

    home: Path
    store: EmbeddedKnowledgeStore
    importer: Importer
    _numbers: Iterator[int]

    def file(self, name: str = "报告.json", **what: Any) -> Incoming:
        """A file of a user, not yet imported."""
        folder = self.home.parent / f"user-{next(self._numbers)}"
        folder.mkdir()
        path = folder / "f"
        path.write_text(making.file_text(**what), "utf-8")
        return Incoming(name, path)

    def run(self, *files: Incoming) -> Job:
        """Import files to the end."""
        return self.importer.wait(self.importer.start(files, "张三"), 30)

    def take(self, name: str = "报告.json", **what: Any) -> str:
        """Import one file that must succeed; return its sha256."""
        (entry,) = self.run(self.file(name, **what)).entries
        assert entry.state == "done", entry
        assert entry.sha256 is not None
        return entry.sha256

    def cases(self) -> dict[str, dict[str, Any]]:
        """Payloads of every case."""
        return dict(self.store.iter_records("cases"))

    def passages(self, record_id: str, collection: str = "cases") -> list[str]:
        """Texts of the passages of a record."""
        found = self.store.collection(collection).filter_documents()
        return [d.content or "" for d in found if d.meta["record_id"] == record_id]


def only_version(draft: RuleDraft, register: Register) -> Match:
    """Matches a rule by its title to the only version of that title; the real one looks at dates too."""
    found = tuple(v for v in register.versions() if v.title == draft.title)
    if len(found) == 1:
        return Match("unique", found[0], found, "题名相符。")
    return Match("candidates", None, found, "有几个版本。")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A folder with two bundled cases and one rule of one version."""
    bench = make_bench(tmp_path / "home", BUNDLED)
    yield bench
    bench.importer.close()
    bench.store.close()


def make_bench(home: Path, bundled: Sequence[Case], take_in: Callable[..., Any] = making.take_in) -> Bench:
    """A folder with these bundled cases, or what a run before left of it."""
    store = EmbeddedKnowledgeStore(home, DIM)
    rules = [making.rule(days=("2020-01-01",)), making.rule("two-rules")]
    entries = [case_entry(case) for case in bundled]
    for rule in rules:
        entries += [rule_entry(rule), *(version_entry(rule, version) for version in rule.versions)]
    if store.get_record("register", "two-rules") is None:
        store.write_records(entries)
    importer = Importer(
        store, home, take_in, match_rule=only_version, bundled=lambda: bundled, clock=lambda: NOON
    )  # fmt: skip
    return Bench(home, store, importer, count())
