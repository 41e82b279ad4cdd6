"""Records become passages: one whole passage for both legs, and parts that the dense leg alone sees.

Measured on articles and cases: names and headings in the lexical text help that leg and hurt the dense one,
and a record's dense score is best as the mean of its whole and its best part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qianche.corpus.cases import Case
from qianche.corpus.digests import Digest, place_order
from qianche.corpus.register.scopes import Scope, scope_of
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.corpus.statutes.numerals import article_label
from qianche.indexing.documents import Passage

WHOLE = "whole"
DIGEST = "digest"
MIN_PART = 6
"""A part shorter than this (characters) says too little to be embedded alone."""
LONG_ARTICLE = 100
"""Characters from which the parts of an article are embedded too; a shorter one is its own best part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a record that can stand as evidence: `text` is verbatim from the record's field `name`.

    `start` and `end` are its span in that field (articles: in `Article.text`). A piece of an imported text has
    `source` (sha256) and `page`, and its span is in the text of that source.
    """

    name: str
    number: int
    text: str
    start: int
    end: int
    source: str | None = None
    page: int | None = None


def _joined(*texts: str | None) -> str:
    return "\n".join(t for t in texts if t)


def case_parts(case: Case) -> list[Part]:
    """Return the pieces of a case that can be quoted: causes first, then what failed and what to do."""
    singles = (
        ("direct_cause", case.direct_cause),
        ("initiating_event", case.initiating_event),
        ("activity", case.activity),
    )
    lists = (
        ("management_failures", case.management_failures),
        ("failed_barriers", case.failed_barriers),
        ("lessons", case.lessons),
    )
    parts = [Part(name, 1, text, 0, len(text)) for name, text in singles if text]
    parts += [
        Part(name, number, text, 0, len(text))
        for name, texts in lists
        for number, text in enumerate(texts, start=1)
    ]
    return parts


def _case_attributes(case: Case) -> dict[str, Any]:
    return {
        "sector": case.sector,
        "accident_class": case.class_in("gb6441-1986") or case.class_in("common"),
        "grade": case.grade.value if case.grade else None,
        "work_kind": case.work_kind,
        "equipment": list(case.equipment),
        "substances": list(case.substances),
        "province": case.place.province if case.place.country == "中国" else case.place.country,
        "occurred_on": case.occurred_on.isoformat(),
        "year": case.occurred_on.year,
        "deaths": case.toll.deaths,
    }


def case_story(case: Case) -> str:
    """What happened and why, without names and figures."""
    return _joined(
        case.activity,
        case.initiating_event,
        case.direct_cause,
        "，".join(case.management_failures),
        "，".join(case.failed_barriers),
        "，".join((*case.equipment, *case.substances)),
        *case.lessons,
    )


def case_passages(case: Case) -> Iterator[Passage]:
    """Yield the whole case, then its cause and its lessons as parts for the dense leg."""
    attributes = _case_attributes(case)
    story = case_story(case)
    day = case.occurred_on
    place = case.place
    lexical = _joined(
        case.name,
        f"{day.year}年{day.month}月{day.day}日 {day.month}.{day.day}",
        " ".join(p for p in (place.country, place.province, place.city, place.county) if p),
        f"{case.sector} {case.industry} {case.work_kind}",
        " ".join(c.value for c in case.accident_classes if c.value and c.scheme != "gb6441-2025"),
        story,
    )
    yield Passage(
        passage_id=case.case_id,
        record_id=case.case_id,
        part=WHOLE,
        content=story or case.name,
        lexical=lexical,
        dense=_joined(case.name, story),
        attributes=attributes,
    )
    situation = _joined(case.activity, case.initiating_event, case.direct_cause)
    response = _joined("，".join((*case.management_failures, *case.failed_barriers)), *case.lessons)
    for part, text in (("cause", situation), ("response", response)):
        if len(text) >= MIN_PART:
            yield Passage(
                passage_id=f"{case.case_id}#{part}",
                record_id=case.case_id,
                part=part,
                content=text,
                lexical="",
                dense=text,
                attributes=attributes,
            )


def rule_attributes(rule: Rule, version: RuleVersion, *, core: bool, is_provision: bool) -> dict[str, Any]:
    """Return the declared filter fields of every passage of a version; unknown dates are absent."""
    return {
        "sector": list(rule.sectors),
        "level": version.level,
        "rule": rule.rule_id,
        "version_id": version.version_id,
        "is_provision": is_provision,
        "core": core,
        "has_text": version.text_source is not None,
        "version_date": version.version_date.isoformat() if version.version_date else None,
        "effective_from": version.effective_from.isoformat() if version.effective_from else None,
        "effective_to": version.effective_to.isoformat() if version.effective_to else None,
    }


def searched_scope(rule: Rule, version: RuleVersion) -> Scope | None:
    """Return the scope line that stands in for the text of a version, None where its text is held."""
    return scope_of(rule) if version.text_source is None else None


def version_parts(rule: Rule, version: RuleVersion) -> list[Part]:
    """Return what can be quoted of a version as such: what it governs where its text is not held, its title."""
    scope = searched_scope(rule, version)
    parts = [("scope", scope.what)] if scope is not None else []
    return [Part(name, 1, text, 0, len(text)) for name, text in (*parts, ("title", version.title))]


def version_passages(rule: Rule, version: RuleVersion) -> Iterator[Passage]:
    """Yield the one passage by which a rule is found by title, short title, number and sector.

    A version without text is found by what its rule governs too. Whom it binds is left out: employers and
    authorities stand in every line and tell no rule from another.
    """
    scope = searched_scope(rule, version)
    what = scope.what if scope is not None else None
    names = [version.title, *rule.short_titles]
    sectors = (" ".join(rule.sectors), " ".join(rule.register_sectors))
    lexical = _joined(*names, version.number, *sectors, what)
    yield Passage(
        passage_id=version.version_id,
        record_id=version.version_id,
        part=WHOLE,
        content=version.title,
        lexical=lexical,
        dense=_joined(version.title, what),
        attributes=rule_attributes(rule, version, core=rule.core, is_provision=False),
    )


def article_parts(article: Article) -> list[Part]:
    """Return the 款 and 项 of an article as quotable pieces.

    A 款 with 项 gives its lead-in and each 项; the span is half-open in `article.text`.
    """
    parts: list[Part] = []
    for paragraph in article.paragraphs:
        lead_end = paragraph.items[0].start if paragraph.items else paragraph.end
        spans = [("paragraph", paragraph.start, lead_end)]
        spans += [("item", item.start, item.end) for item in paragraph.items]
        for name, start, end in spans:
            text = article.text[start:end]
            end -= len(text) - len(text.rstrip())
            if start < end:
                parts.append(Part(name, len(parts) + 1, article.text[start:end], start, end))
    return parts


def searched_digest(digest: Digest) -> str:
    """Return what both legs see of a digest: the gist, how people on site say it."""
    return _joined(digest.gist, "；".join(digest.said_as))


def digest_passages(digest: Digest, rule: Rule, version: RuleVersion) -> Iterator[Passage]:
    """Yield the one passage of a digest whose article has no text here: it is found in its place."""
    searched = searched_digest(digest)
    yield Passage(
        passage_id=digest.digest_id,
        record_id=digest.digest_id,
        part=DIGEST,
        content=digest.gist,
        lexical=_joined(version.title, digest.label, searched),
        dense=searched,
        attributes=rule_attributes(
            rule, version, core=rule.is_core(version, place_order(digest.place)[0]), is_provision=True
        ),
    )


def article_passages(
    article: Article, rule: Rule, version: RuleVersion, digest: Digest | None = None
) -> Iterator[Passage]:
    """Yield the whole article, its digest, then each 款 and 项 of a long one with its lead-in for the dense leg.

    The digest is a passage of its own for both legs, so that the statutory text keeps its length and its score.
    """
    attributes = rule_attributes(rule, version, core=rule.is_core(version, article.number), is_provision=True)
    lexical = _joined(
        version.title,
        " ".join(heading.text for heading in article.path),
        f"{article_label(article.number)} {article.number.slug}",
        article.text,
    )
    yield Passage(
        passage_id=article.article_id,
        record_id=article.article_id,
        part=WHOLE,
        content=article.text,
        lexical=lexical,
        dense=article.text,
        span=(0, len(article.text)),
        attributes=attributes,
    )
    if digest is not None:
        searched = searched_digest(digest)
        yield Passage(
            passage_id=f"{article.article_id}#{DIGEST}",
            record_id=article.article_id,
            part=DIGEST,
            content=digest.gist,
            lexical=searched,
            dense=searched,
            attributes=attributes,
        )
    parts = article_parts(article)
    if len(parts) < 2 or len(article.text) < LONG_ARTICLE:
        return
    lead = ""
    for part in parts:
        if part.name == "paragraph":
            lead = part.text
        if len(part.text) < MIN_PART:
            continue
        yield Passage(
            passage_id=f"{article.article_id}#{part.name}:{part.number}",
            record_id=article.article_id,
            part=part.name,
            content=part.text,
            lexical="",
            dense=part.text if part.name == "paragraph" else f"{lead}{part.text}",
            span=(part.start, part.end),
            attributes=attributes,
        )
