"""`Importer`: files in, records out; and everything a person may do with what was imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from qianche.corpus.casebook import load_casebook
from qianche.corpus.cases import Case
from qianche.corpus.intake import TakeIn
from qianche.corpus.reading.document import Document
from qianche.corpus.rule_texts.matching import match_version
from qianche.corpus.tables import ColumnMapping
from qianche.indexing.importing.columns import columns_of, is_table
from qianche.indexing.importing.differences import differences
from qianche.indexing.importing.evidence import FieldEvidence, evidence_of
from qianche.indexing.importing.hand import Hand
from qianche.indexing.importing.jobs import Incoming, Jobs
from qianche.indexing.importing.ledger import Ledger, bundled_payloads
from qianche.indexing.importing.locking import changing
from qianche.indexing.importing.originals import Originals
from qianche.indexing.importing.records import (
    Account,
    ColumnChange,
    Correction,
    Difference,
    Job,
    Join,
    JoinState,
    KeptColumns,
    Review,
    ReviewKind,
    Source,
)
from qianche.indexing.importing.runner import BuildVectors, MatchRule, Runner
from qianche.indexing.store.protocol import KnowledgeStore


class Importer:
    """Imports files into one knowledge base; every method is thread-safe.

    Args:
        store: the knowledge base.
        home: its data folder: originals and jobs are kept there.
        take_in: reads one file; it may be called by several threads at once (`readers`).
        match_rule: which version of the register a rule text is.
        build_vectors: called once after a job's files, `LocalKnowledgeBase.build_vectors`; None: nothing is embedded.
        bundled: the bundled cases, to lay corrections over.
        clock: the time now, UTC.
        readers: how many files are read at once.
    """

    def __init__(
        self,
        store: KnowledgeStore,
        home: Path,
        take_in: TakeIn,
        *,
        match_rule: MatchRule = match_version,
        build_vectors: BuildVectors | None = None,
        bundled: Callable[[], Iterable[Case]] = load_casebook,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        readers: int = 1,
    ) -> None:
        self._store = store
        self._home = home
        self._clock = clock
        self._load_bundled = bundled
        self._originals = Originals(home)
        self._runner = Runner(
            store, home, self._originals, take_in, match_rule, build_vectors, self._ledger, clock, readers
        )  # fmt: skip
        self._jobs = Jobs(home, self._originals, self._runner, clock)

    @cached_property
    def _bundled(self) -> dict[str, dict[str, Any]]:
        return bundled_payloads(self._load_bundled())

    def _ledger(self) -> Ledger:
        return Ledger(self._store, self._bundled.get)

    # Jobs

    def start(self, files: Iterable[Incoming], who: str) -> str:
        """Keep the originals, note the job and return its id; the files are read in the background.

        A file that cannot be kept fails alone. `BadRequest` where no file is given.
        """
        return self._jobs.start(files, who)

    def add(self, job_id: str, files: Iterable[Incoming]) -> None:
        """Add files to a job that has not ended; `BadRequest` where it has."""
        self._jobs.add(job_id, files)

    def jobs(self) -> tuple[Job, ...]:
        """Return every job, newest first."""
        return self._jobs.all()

    def job(self, job_id: str) -> Job:
        """Return a job as it stands; `NotFound` for an unknown id."""
        return self._jobs.read(job_id)

    def cancel(self, job_id: str) -> Job:
        """Stop a job: files that are done stay, the rest become 已取消; also from another process."""
        return self._jobs.cancel(job_id)

    def resume_all(self) -> tuple[str, ...]:
        """Go on with every job that a stop left unfinished; return their ids."""
        return self._jobs.resume_all()

    def wait(self, job_id: str, timeout: float | None = None) -> Job:
        """Return the job once it has ended, or as it stands after `timeout` seconds."""
        return self._jobs.wait(job_id, timeout)

    def close(self) -> None:
        """Stop after the file under way; the rest goes on with `resume_all` of the next start."""
        self._jobs.close()

    # Sources

    def sources(self) -> tuple[Source, ...]:
        """Return every imported file, newest first."""
        found = self._ledger().all(Source)
        return tuple(sorted(found, key=lambda s: (s.received_at, s.sha256), reverse=True))

    def source(self, sha256: str) -> Source:
        """Return an imported file; `NotFound` for an unknown one."""
        return self._ledger().need(Source, sha256, "来源")

    def document(self, sha256: str) -> Document:
        """Return the text that was read from a file, with its pages."""
        return self._ledger().text(sha256).document

    def original(self, sha256: str) -> Path:
        """Return where the original lies; `NotFound` where it does not."""
        return self._originals.find(sha256)

    def diff(self, before: str, after: str) -> tuple[Difference, ...]:
        """Return what changed from one file to another, paragraph by paragraph."""
        ledger = self._ledger()
        return differences(ledger.text(before).document, ledger.text(after).document)

    def remove(self, sha256: str, who: str) -> None:
        """Take a file back whole: its accounts, their joins, its rule text, its questions, its original.

        Corrections, also of its columns, stay, and count again if the same file is imported once more.
        """
        with changing(self._home):
            with self._hand(who) as hand:
                hand.remove(sha256)
            self._originals.drop(sha256)  # still within: nobody records the file anew meanwhile

    # Columns of a table

    def is_table(self, sha256: str) -> bool:
        """Return whether a file was read by columns, so that it has a mapping; `NotFound` for an unknown one."""
        ledger = self._ledger()
        return is_table(ledger, ledger.need(Source, sha256, "来源"))

    def columns(self, sha256: str) -> ColumnMapping:
        """Return which column of a table holds what, as its headers tell or a person corrected it.

        Raises:
            NotFound: no such file.
            BadRequest: the file is no table.
        """
        ledger = self._ledger()
        return columns_of(ledger, ledger.need(Source, sha256, "来源"))

    def column_changes(self, sha256: str) -> tuple[ColumnChange, ...]:
        """Return what persons changed of the columns of a table, oldest first; () for nothing."""
        kept = self._ledger().get(KeptColumns, sha256)
        return kept.changes if kept else ()

    def remap(
        self,
        sha256: str,
        table: int,
        columns: Mapping[int, str | None],
        who: str,
        unit: str | None = None,
    ) -> Source:
        """Read a table anew with what a person says of its columns; return its record. See `remapping`.

        New passages are embedded in the background.

        Args:
            table: its place in `columns(sha256).tables`.
            columns: column index → field of `corpus.tables.FIELDS`, None for one that is not to be used.
            unit: of money, for the columns of losses among them.

        Raises:
            NotFound: no such file.
            BadRequest: the file is no table; no such table, column, field or unit.
        """
        with self._hand(who) as hand:
            return hand.remap(sha256, table, columns, unit)

    # Cases

    def accounts(self, case_id: str) -> tuple[Account, ...]:
        """Return what each imported file tells of a case, the one that made it first; () for none."""
        ledger = self._ledger()
        return tuple(ledger.get_all(Account, ledger.told(case_id).account_ids))

    def account(self, account_id: str) -> Account:
        """Return an account; `NotFound` for an unknown id."""
        return self._ledger().need(Account, account_id, "记述")

    def evidence(self, account_id: str) -> tuple[FieldEvidence, ...]:
        """Return every field that an account states, with value, page, span and quote."""
        ledger = self._ledger()
        account = ledger.need(Account, account_id, "记述")
        return evidence_of(account, ledger.text(account.source).document)

    def joins(self, state: JoinState | None = None) -> tuple[Join, ...]:
        """Return joins, made, proposed, refused or undone, newest first."""
        found = [join for join in self._ledger().all(Join) if state in (None, join.state)]
        return tuple(sorted(found, key=lambda j: (j.at, j.join_id), reverse=True))

    def join(self, account_id: str, case_id: str, who: str) -> None:
        """Put an account, and those it shares its own case with, to another case.

        Raises:
            NotFound: no such account.
            BadRequest: no such case, or it belongs there already.
        """
        with self._hand(who) as hand:
            hand.join(account_id, case_id)

    def split(self, account_id: str, who: str) -> None:
        """Undo a join: the account stands alone again, exactly as its file tells it."""
        with self._hand(who) as hand:
            hand.split(account_id)

    def correct(self, case_id: str, field: str, value: Any, who: str) -> Correction:
        """Set a field of a case to what a person says; None: not known. Kept, and laid over every rebuild.

        Args:
            field: a key of `corrections.FIELDS`.
            value: as in the payload of a case: dates `2021-02-28`, lists of texts, figures.

        Raises:
            BadRequest: no such case or field.
            BadRecord: the value cannot stand in that field.
        """
        with self._hand(who) as hand:
            return hand.correct(case_id, field, value)

    def withdraw(self, case_id: str, field: str, who: str) -> None:
        """Take a correction back: the field is again what the sources say."""
        with self._hand(who) as hand:
            hand.withdraw(case_id, field)

    def corrections(self, case_id: str | None = None) -> tuple[Correction, ...]:
        """Return the corrections of a case, or all."""
        ledger = self._ledger()
        return tuple(ledger.all(Correction) if case_id is None else ledger.corrections(case_id))

    # Review

    def reviews(self, kind: ReviewKind | None = None, state: str | None = "open") -> tuple[Review, ...]:
        """Return what needs a person, by kind and id; `state` None: decided ones too."""
        found = [r for r in self._ledger().all(Review) if kind in (None, r.kind) and state in (None, r.state)]
        return tuple(sorted(found, key=lambda r: (r.kind, r.review_id)))

    def review(self, review_id: str) -> Review:
        """Return one item; `NotFound` for an unknown id."""
        return self._ledger().need(Review, review_id, "待核事项")

    def decide(self, review_id: str, action: str, who: str, value: Any = None) -> Review:
        """Do what a person decided and note it; see `ACTIONS`.

        Raises:
            NotFound: no such item.
            BadRequest: decided already, or an action that its kind does not have.
        """
        with self._hand(who) as hand:
            return hand.decide(review_id, action, value)

    @contextmanager
    def _hand(self, who: str) -> Iterator[Hand]:
        """One person's change: nobody else's meanwhile, written whole at the end of the block, or not at all."""
        with changing(self._home):
            hand = Hand(self._ledger(), who.strip(), self._clock())
            yield hand
            hand.ledger.commit()
            self._runner.forget_known()
        self._jobs.make_vectors()  # what was written anew, or put back, has none
