"""What imports and persons add to the bundled records, laid over them whenever the base is built anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qianche.corpus.register import rule_from_payload
from qianche.corpus.rules import Rule, RuleVersion
from qianche.corpus.statutes import article_from_payload
from qianche.indexing.build import digests
from qianche.indexing.documents import CASES, REGISTER, RULES, TOLD
from qianche.indexing.importing.cases import attach, rebuild
from qianche.indexing.importing.ledger import Ledger
from qianche.indexing.importing.records import Account, Correction, Source
from qianche.indexing.importing.rules import held_entries, version_question
from qianche.indexing.store.protocol import KnowledgeStore, RecordEntry


def imported_on_top(
    store: KnowledgeStore, bundled: Iterable[RecordEntry]
) -> tuple[list[RecordEntry], list[tuple[str, str]]]:
    """Return the bundled records with everything of imports laid over, and the records that are to go.

    Corrections are applied to bundled cases; their accounts, and the cases that imports made, are written anew
    (what a passage is may have changed); an account whose bundled case is gone stands alone; versions whose text
    was imported have it, unless the program brings the text itself now.
    """
    entries = {(entry.collection, entry.record_id): entry for entry in bundled}
    payloads: dict[str, dict[str, Any]] = {
        record_id: dict(entry.payload) for (c, record_id), entry in entries.items() if c == CASES
    }
    ledger = Ledger(store, payloads.get)
    told = {a.case_id: a for a in reversed(ledger.all(Account)) if a.case_id is not None}
    gone = {case_id for case_id in told if case_id not in payloads and not _is_own(case_id)}
    for case_id in sorted(gone):
        _stand_alone(ledger, case_id)
    corrected = {correction.case_id for correction in ledger.all(Correction)} & payloads.keys()
    for case_id in sorted((told.keys() - gone) | corrected):
        rebuild(ledger, case_id, unfit=True)
    removed = _lay_rules(ledger, store, entries)
    return list((entries | ledger.puts).values()), sorted(ledger.removed | removed)


def _is_own(case_id: str) -> bool:
    """Whether the case is one that imports made."""
    return case_id.startswith("imp-")


def _stand_alone(ledger: Ledger, case_id: str) -> None:
    """Make the accounts of a bundled case that is no more a case of their own."""
    together = ledger.told(case_id).account_ids
    for account in ledger.get_all(Account, together):
        attach(ledger, account, together[0])


def _lay_rules(
    ledger: Ledger, store: KnowledgeStore, entries: dict[tuple[str, str], RecordEntry]
) -> set[tuple[str, str]]:
    """Lay the imported texts over the register; return articles that the program now has itself."""
    holders = {s.rule_version: s for s in ledger.all(Source) if s.rule_version is not None}
    held = holders.keys()
    if not held:
        return set()
    articles: dict[str, list[dict[str, Any]]] = {}
    for _, payload in store.iter_records(RULES):
        if payload.get("origin") == "imported" and payload["version_id"] in held:
            articles.setdefault(payload["version_id"], []).append(payload)
    removed = set()
    for version_id in sorted(held):
        texts = articles.get(version_id, [])
        found = _bundled_version(ledger, entries, version_id)
        if found is None or found[1].text_source is not None:
            removed |= {(RULES, p["article_id"]) for p in texts} - entries.keys()
            if found is None:
                _ask_again(ledger, holders[version_id])
            continue
        pieces = ledger.told(version_id).pieces
        held_ids = {payload["article_id"] for payload in texts}
        for digest in digests().of_version(version_id):
            if digest.article_id in held_ids:  # it stands beside its article, not alone
                entries.pop((RULES, digest.digest_id), None)
                removed.add((RULES, digest.digest_id))
        for entry in held_entries(*found, [article_from_payload(p) for p in texts], pieces):
            ledger.put_entry(entry)
    return removed


def _ask_again(ledger: Ledger, source: Source) -> None:
    """Ask which version a text is whose version the register no longer has: it must not vanish in silence."""
    ledger.remove(TOLD, source.rule_version or "")
    ledger.put(source.sha256, replace(source, rule_version=None))
    question = version_question(source, f"登记表中不再有原来选定的版本“{source.rule_version}”。")
    ledger.put(question.review_id, question)


def _bundled_version(
    ledger: Ledger, entries: dict[tuple[str, str], RecordEntry], version_id: str
) -> tuple[Rule, RuleVersion] | None:
    """A version of the bundled register, with what was laid over its rule so far."""
    key = (REGISTER, version_id.partition("@")[0])
    entry = ledger.puts.get(key) or entries.get(key)
    if entry is None:
        return None
    rule = rule_from_payload(dict(entry.payload))
    version = next((v for v in rule.versions if v.version_id == version_id), None)
    return None if version is None else (rule, version)
