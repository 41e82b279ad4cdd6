"""An imported rule text is held under one version of the register, and given back when the file is removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qianche.corpus.errors import BadRequest
from qianche.corpus.reading.document import Document
from qianche.corpus.rule_texts.articles import to_articles, units
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.indexing.build import article_entry, digest_entries, digests, rule_entry, version_entry
from qianche.indexing.documents import RULES, TOLD, from_document, to_document
from qianche.indexing.importing.account_passages import split, told_passages
from qianche.indexing.importing.ledger import Ledger, SourceText
from qianche.indexing.importing.records import Piece, Review, Source, Told
from qianche.indexing.store.protocol import RecordEntry

IMPORTED = "imported"
"""`RuleVersion.text_source` of a version whose articles come from a user's file."""


def hold(ledger: Ledger, source: Source, version_id: str) -> tuple[Source, tuple[str, ...]]:
    """Write a rule text under a version: its 条 as articles, or its clauses as text by which it is found.

    Returns the source that knows its version, and the ids written; none where the version has its text already.

    Raises:
        BadRequest: no such version, or no rule text in the file.
    """
    text = ledger.text(source.sha256)
    rule, version = find_version(ledger, version_id)
    if text.rule_draft is None:
        raise BadRequest(f"“{source.names[0]}”中没有认出法规正文，不能收入“{version.title}”。请核对文件。")
    if version.text_source is not None or ledger.told(version_id).account_ids:
        return source, ()
    held = replace(source, rule_version=version_id)
    return held, _hold(ledger, source, text, text.rule_draft, rule, version)


def _hold(
    ledger: Ledger, source: Source, text: SourceText, draft: RuleDraft, rule: Rule, version: RuleVersion
) -> tuple[str, ...]:
    articles = to_articles(draft, text.document, version.version_id)
    pieces = () if articles else unit_pieces(source.sha256, text.document, draft)
    if not articles and not pieces:
        return ()
    _remove_digests(ledger, version)  # those of articles that have their text now
    for entry in held_entries(rule, version, articles, pieces):
        ledger.put_entry(entry)
    ledger.put(version.version_id, Told((source.sha256,), pieces))
    return tuple(a.article_id for a in articles) or (version.version_id,)


def unit_pieces(source: str, document: Document, draft: RuleDraft) -> tuple[Piece, ...]:
    """Return the text of a standard, notice or list as quotable pieces, unit by unit."""
    return tuple(
        Piece(unit.kind, document.quote(span), source, document.page_at(span.start), span.start, span.end)
        for unit in units(draft, document)
        for span in split(document, unit.span)
    )


def held_entries(
    rule: Rule, version: RuleVersion, articles: Sequence[Article], pieces: Sequence[Piece]
) -> list[RecordEntry]:
    """Return the records of a version with imported text: the rule, the version, its articles.

    Only a text with 条 is a held text (`text_source`); clauses are passages of the version itself.
    """
    if articles:
        version = replace(version, text_source=IMPORTED)
        rule = _with(rule, version)
    found = version_entry(rule, version)
    whole = from_document(found.passages[0])
    more = (to_document(p) for p in told_passages(version.version_id, pieces, whole))
    entries = [rule_entry(rule), replace(found, passages=(*found.passages, *more))]
    for article in articles:
        entry = article_entry(rule, version, article)
        entries.append(replace(entry, payload={**entry.payload, "origin": "imported"}))
    return [*entries, *digest_entries(rule, version, {article.article_id for article in articles})]


def _remove_digests(ledger: Ledger, version: RuleVersion) -> None:
    """Take out the digests of a version that stand alone."""
    for digest in digests().of_version(version.version_id):
        ledger.remove(RULES, digest.digest_id)


def _with(rule: Rule, version: RuleVersion) -> Rule:
    """The rule with this in place of its version of the same day."""
    versions = tuple(version if v.version_id == version.version_id else v for v in rule.versions)
    return replace(rule, versions=versions)


def give_back(ledger: Ledger, source: Source) -> None:
    """Make the version of a source what it was before: no text, found by its title."""
    if source.rule_version is None:
        return
    rule, version = find_version(ledger, source.rule_version)
    text = ledger.text(source.sha256)
    if version.text_source == IMPORTED and text.rule_draft is not None:
        for article in to_articles(text.rule_draft, text.document, version.version_id):
            ledger.remove(RULES, article.article_id)
        version = replace(version, text_source=None)
        rule = _with(rule, version)
    ledger.remove(TOLD, version.version_id)
    ledger.put_entry(rule_entry(rule))
    ledger.put_entry(version_entry(rule, version))
    for entry in digest_entries(rule, version):
        ledger.put_entry(entry)


def version_question(source: Source, why: str, choices: Sequence[str] = ()) -> Review:
    """Return the question which version of the register a file is."""
    return Review(
        review_id=f"rule:{source.sha256}", kind="rule-unmatched", source=source.sha256, choices=tuple(choices),
        what=f"法规“{source.rule_title or source.names[0]}”未能确定版本：{why}",
        proposal="原件和读出的文字已保存，但不作为法规检索。如果它是登记法规的一个版本，请选定该版本，正文随即收入；"
        "登记表以外的规定（如本县的办法、企业制度）不能另行登记，请维持现状。",
    )  # fmt: skip


def find_version(ledger: Ledger, version_id: str) -> tuple[Rule, RuleVersion]:
    """Return the version with its rule; `BadRequest` where the register has no such version."""
    rule = ledger.rule(version_id.partition("@")[0])
    version = next((v for v in rule.versions if v.version_id == version_id), None) if rule else None
    if rule is None or version is None:
        raise BadRequest(
            f"登记表中没有版本“{version_id}”。请从法规页核对编号，写作“法规编号@日期”。",
            code="no-such-version",
        )
    return rule, version
