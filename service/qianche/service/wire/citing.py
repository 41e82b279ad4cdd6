"""Resolved citations on the wire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from qianche.corpus.citations.outcomes import Candidate, Outcome, Quote, Resolution, ResolvedProvision
from qianche.corpus.citations.print import print_provision
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.standing_labels import register_notice
from qianche.corpus.rules import ArticleNumber, Rule, RuleVersion
from qianche.corpus.statutes import article_label
from qianche.service import labels
from qianche.service.addresses import rule_address
from qianche.service.wire.found import Json
from qianche.service.wire.rules import version_record

OUTCOME_LABELS = {
    Outcome.RESOLVED: "已认定",
    Outcome.TEXT_NOT_HELD: "正文未收录",
    Outcome.FORCE_UNKNOWN: "效力待核",
    Outcome.NOT_IN_FORCE: "当日不适用",
    Outcome.ABSENT: "没有这一条款",
    Outcome.AMBIGUOUS: "不能确定",
    Outcome.UNKNOWN: "登记表未收",
    Outcome.NEEDS_CONTEXT: "需要上文",
    Outcome.DAMAGED: "疑有识别错误",
}
"""What the user reads of an outcome, from the best to the worst."""


def citations(text: str, found: Sequence[Resolution], on: date) -> Json:
    """Return the citations of a text in its order, and how many came to which outcome."""
    counts = Counter(resolution.outcome for resolution in found)
    return {
        "as_of": on.isoformat(),
        "register_notice": register_notice(on),
        "total": len(found),
        "counts": [
            {"outcome": outcome.value, "label": label, "count": counts[outcome]}
            for outcome, label in OUTCOME_LABELS.items()
            if counts[outcome]
        ],
        "citations": [citation_record(text, resolution, on) for resolution in found],
    }


def citation_record(text: str, resolution: Resolution, on: date) -> Json:
    """Return one citation; its place is half-open, in characters of the text."""
    rule, version = resolution.rule, resolution.version
    span = resolution.citation.span
    return {
        "text": text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "outcome": resolution.outcome.value,
        "outcome_label": OUTCOME_LABELS[resolution.outcome],
        "canonical": resolution.canonical,
        "read_as": resolution.read_as or None,
        "messages": list(resolution.messages),
        "rule": None if rule is None or version is None else _rule(rule, version, on),
        "version": None if rule is None or version is None else version_record(rule, version, on),
        "on_day": (
            None if rule is None or resolution.on_day is None else version_record(rule, resolution.on_day, on)
        ),
        "provisions": [_provision(rule, provision, on) for provision in resolution.provisions],
        "candidates": [_candidate(candidate, on) for candidate in resolution.candidates],
    }


def _rule(rule: Rule, version: RuleVersion, on: date) -> Json:
    return {
        "id": rule.rule_id,
        "title": version.title,
        "level": version.level,
        "link": _link(rule, version, None, on),
    }


def _candidate(candidate: Candidate, on: date) -> Json:
    """Return a rule that may be meant, with its version."""
    rule, version = candidate.rule, candidate.version
    return _rule(rule, version, on) | {"version": version_record(rule, version, on)}


def _provision(rule: Rule | None, provision: ResolvedProvision, on: date) -> Json:
    """Return one provision; numbers are null where the citation does not name that level."""
    cited = provision.provision
    return {
        "cited": print_provision(cited),
        "outcome": provision.outcome.value,
        "outcome_label": OUTCOME_LABELS[provision.outcome],
        "citation": provision.citation,
        "message": provision.message or None,
        "article": None if cited.article is None else cited.article.slug,
        "paragraph": cited.paragraph,
        "item": cited.item,
        "point": cited.point,
        "sentence": cited.sentence,
        "clause": cited.clause,
        "damaged": cited.damaged,
        "likely": None if cited.likely is None else article_label(cited.likely),
        "quote": _quote(rule, provision.quote, on, None),
        "stand_in": _quote(rule, provision.stand_in, on, labels.NOT_OF_THAT_DAY),
    }


def _quote(rule: Rule | None, quoted: Quote | None, on: date, notice: str | None) -> Json | None:
    """Return the text of a provision; spans are half-open, in characters of the article's text."""
    if quoted is None or rule is None:
        return None
    version, article = quoted.version, quoted.article
    return {
        "article_id": article.article_id,
        "version_id": version.version_id,
        "version_date": None if version.version_date is None else version.version_date.isoformat(),
        "label": article_label(article.number),
        "path": [heading.text for heading in article.path],
        "spans": [[span.start, span.end] for span in quoted.spans],
        "text": quoted.text,
        "notice": notice,
        "link": _link(rule, version, article.number, on),
    }


def _link(rule: Rule, version: RuleVersion, number: ArticleNumber | None, on: date) -> str:
    """Return the page of an article in a version, the page of the rule where no day shows that version."""
    for day in (on, version.effective_from):
        if day is not None and applicable_version(rule, day) is version:
            article = number.slug if number is not None else None
            return rule_address(rule.rule_id, article, [("as_of", day.isoformat())])
    return rule_address(rule.rule_id)
