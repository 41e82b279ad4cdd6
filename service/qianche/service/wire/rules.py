"""Rules, versions and articles on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qianche.corpus.digests import Digest
from qianche.corpus.register.labels import (
    EVIDENCE_LABELS,
    dates_grade_label,
    dates_label,
    issued_label,
    standing_status_label,
    text_label,
)
from qianche.corpus.register.scopes import SCOPE_LABEL, scope_of, since, since_label
from qianche.corpus.register.standing import Standing, rule_standing, standing_of, version_standing
from qianche.corpus.register.standing_labels import register_notice
from qianche.corpus.rules import Article, Paragraph, Rule, RuleVersion
from qianche.corpus.statutes import article_label, cite
from qianche.indexing.knowledge_base import ArticleView
from qianche.indexing.rulebook.history import RuleHistory, VersionHistory
from qianche.indexing.search.answer import RuleHit
from qianche.service import labels
from qianche.service.wire.digests import (
    digest_contents,
    digest_record,
    digest_version,
    major_hazard_label,
)
from qianche.service.wire.found import Json, evidence, found, iso
from qianche.service.wire.standing import link_record, rule_standing_record, version_in_history


def rule_summary(rule: Rule, on: date) -> Json:
    """Return a rule with its status on a day: that of the version which answers for it."""
    standing = rule_standing(rule, on)
    version = standing.version
    return {
        "id": rule.rule_id,
        "title": version.title,
        "short_titles": list(rule.short_titles),
        "level": version.level,
        "sectors": list(rule.sectors),
        "core": rule.core,
        "amends": rule.amends,
        "version": _version_record(version, standing),
    }


def rule_record(
    history: RuleHistory,
    on: date,
    articles: tuple[Article, ...],
    digests: Sequence[Digest],
    amended_title: str | None,
) -> Json:
    """Return a rule with all its versions, oldest first, and the table of contents of the version shown.

    Args:
        history: the rule with what came before and after each version.
        on: the day whose law is asked for.
        articles: articles of the version that `rule_summary` shows, empty where its text is not held.
        digests: of the same version; they make the contents where it has no articles.
        amended_title: title of the act that `rule.amends` names.
    """
    rule = history.rule
    standing = rule_standing(rule, on)
    label = text_label(rule, standing.version, amended_title) or None
    return rule_summary(rule, on) | {
        "as_of": on.isoformat(),
        "standing": rule_standing_record(history, on),
        "text_label": labels.not_held_label(standing) if standing.reason == "earlier" else label,
        "scope": scope_record(rule),
        "versions": [version_entry(history, entry, on) for entry in history.versions],
        "predecessors": [link_record(link, rule) for link in history.predecessors],
        "successors": [link_record(link, rule) for link in history.successors],
        "articles": [contents_line(article) for article in articles],
        "digest_contents": None if articles else digest_contents(digests, rule, on),
    }


def version_entry(history: RuleHistory, entry: VersionHistory, on: date) -> Json:
    """Return one version with its place in the history of its rule."""
    return named_version_record(entry.version, on) | version_in_history(history, entry, on)


def version_record(rule: Rule, version: RuleVersion, on: date) -> Json:
    """Return one version with its status on a day: that of its rule where it answers for the day."""
    return _version_record(version, standing_of(rule, version, on))


def named_version_record(version: RuleVersion, on: date) -> Json:
    """Return one version with its own status on a day, as a line of a history or as one that stands in."""
    return _version_record(version, version_standing(version, on))


def _version_record(version: RuleVersion, standing: Standing) -> Json:
    """Return one version with a status and how well its dates are known."""
    return {
        "id": version.version_id,
        "title": version.title,
        "issuer": version.issuer,
        "number": version.number,
        "version_date": iso(version.version_date),
        "effective_from": iso(version.effective_from),
        "effective_to": iso(version.effective_to),
        "issued_label": issued_label(version),
        "dates_label": dates_label(version),
        "dates_grade_label": dates_grade_label(version),
        "status": standing.status.value,
        "status_label": standing_status_label(standing),
        "verified": version.verified,
        "verified_label": EVIDENCE_LABELS[version.verified],
        "version_date_verified": version.version_date_verified,
        "repealed_by": version.repealed_by,
        "replaces": version.replaces,
        "article_count": version.article_count,
        "has_text": version.text_source is not None,
    }


def rule_hit(hit: RuleHit, on: date) -> Json:
    """Return an article, a digest in place of one, a rule as such, or one whose text of that day is not held.

    Of the last (`stand-in`) the version's own fields name the one of that day and hold no text; what was found in
    another version, its digest too, stands apart in `stand_in`.
    """
    rule, version, source = hit.rule, hit.version, _source(hit)
    standing = standing_of(rule, version, on)
    standing_in = not _of_the_day(source, standing) and (hit.article is not None or hit.digest is not None)
    article, digest = (None, None) if standing_in else (hit.article, hit.digest)
    found_alone = digest if article is None else None
    return {
        "id": _hit_id(hit),
        "kind": _hit_kind(article, digest, standing_in=standing_in),
        "rule": {
            "id": rule.rule_id,
            "title": version.title,
            "level": version.level,
            "sectors": list(rule.sectors),
            "core": rule.core,
            "number": version.number,
            "version_id": version.version_id,
        },
        "article": article.number.slug if article is not None else found_alone.place if found_alone else None,
        "citation": cite(article, version)
        if article is not None
        else f"《{version.title}》{found_alone.label if found_alone else ''}",
        "path": [] if article is None else [heading.text for heading in article.path],
        "text": None if article is None else article.text,
        "note": (article.note or None) if article is not None else None,
        "digest": None if digest is None else digest_record(digest, rule, on),
        "digest_evidence": [evidence(passage) for passage in hit.digest_evidence],
        "major_hazard_label": None if digest is None else major_hazard_label(digest, rule, on),
        "status": hit.status.value,
        "status_label": standing_status_label(standing),
        "dates_grade_label": dates_grade_label(version),
        "effective_from": iso(version.effective_from),
        "effective_to": iso(version.effective_to),
        "verified": version.verified,
        "verified_label": EVIDENCE_LABELS[version.verified],
        "has_text": version.text_source is not None,
        "text_label": labels.not_held_label(standing)
        if standing_in or standing.reason == "earlier"
        else labels.DIGEST_ONLY
        if found_alone
        else text_label(rule, version) or None,
        "stand_in": stand_in_record(rule, source, hit.article, on, (hit.digest,) if hit.digest else ())
        if standing_in
        else None,
        "scope": scope_record(rule) if hit.article is None and hit.digest is None else None,
    } | found(hit)


def _of_the_day(source: RuleVersion, standing: Standing) -> bool:
    """Whether a text is that of the version which answers for the day, and of that day.

    Before the first version in the register of a rule that is older, that version answers, but its text is a later one.
    """
    return source.version_id == standing.version.version_id and standing.reason != "earlier"


def _source(hit: RuleHit) -> RuleVersion:
    """The version that what was found is of, be it its text or, where that is not held, its digest."""
    if hit.held is not None:
        return hit.held
    return hit.version if hit.digest is None else digest_version(hit.digest, hit.rule)


def _hit_id(hit: RuleHit) -> str:
    """The id under which what was found can be asked for."""
    if hit.article is not None:
        return hit.article.article_id
    return hit.version.version_id if hit.digest is None else hit.digest.digest_id


def _hit_kind(article: Article | None, digest: Digest | None, *, standing_in: bool) -> str:
    if standing_in:
        return "stand-in"
    return "article" if article is not None else "rule" if digest is None else "digest"


def scope_record(rule: Rule) -> Json | None:
    """Return our own line on what a rule governs, None for a rule whose text came with the program."""
    scope = scope_of(rule)
    if scope is None:
        return None
    return {
        "label": SCOPE_LABEL,
        "what": scope.what,
        "whom": scope.whom,
        "since": iso(since(rule)),
        "since_label": since_label(rule),
    }


def article_view(view: ArticleView, as_of: date) -> Json:
    """Return an article as of a day; where that day's text is not held, `notice` says so and `stand_in` has another."""
    version, article = view.version, view.article
    standing = standing_of(view.rule, version, as_of)
    earlier = standing.reason == "earlier"
    digests = [d for d in view.digests if d.version_id == version.version_id and not earlier]
    others = [d for d in view.digests if d.version_id != version.version_id or earlier]
    held = view.held or (digest_version(others[0], view.rule) if others else version)
    of_the_day = _of_the_day(held, standing)
    return {
        "as_of": as_of.isoformat(),
        "rule": rule_summary(view.rule, as_of),
        "version": _version_record(version, standing),
        "article": _article(article, version) if article is not None and of_the_day else None,
        "digests": [digest_record(digest, view.rule, as_of) for digest in digests],
        "stand_in": None if of_the_day else stand_in_record(view.rule, held, article, as_of, others),
        "previous": None if view.previous is None else view.previous.slug,
        "following": None if view.following is None else view.following.slug,
        "notice": None if article is not None and of_the_day else _no_text(standing),
        "register_notice": register_notice(as_of),
    }


def _no_text(standing: Standing) -> str:
    """Say that the text of a provision is not held: of the whole version, or of this one alone."""
    if standing.version.text_source is not None and standing.reason != "earlier":
        return labels.DIGEST_ONLY
    return labels.not_held_label(standing)


def stand_in_record(
    rule: Rule, held: RuleVersion | None, article: Article | None, on: date, digests: Sequence[Digest] = ()
) -> Json | None:
    """Return the article of the nearest version held, apart from the version of the day and marked as such.

    Args:
        rule: of both versions.
        held: the version that stands in.
        article: its article; None where only a digest is known of it.
        on: the day asked for.
        digests: what its article asks in everyday words.
    """
    if held is None or (article is None and not digests):
        return None
    return {
        "label": labels.NOT_OF_THAT_DAY,
        "version": named_version_record(held, on),
        "article": None if article is None else _article(article, held),
        "digests": [digest_record(digest, rule, on) for digest in digests],
    }


def _article(article: Article, version: RuleVersion) -> Json:
    """Return the text of an article with its structure; spans are half-open, in characters of `text`."""
    return contents_line(article) | {
        "citation": cite(article, version),
        "citation_short": cite(article, version, short=True),
        "text": article.text,
        "paragraphs": [_paragraph(p) for p in article.paragraphs],
        "note": article.note or None,
    }


def contents_line(article: Article) -> Json:
    """Return an article as a table of contents names it."""
    return {
        "id": article.article_id,
        "number": article.number.slug,
        "label": article_label(article.number),
        "path": [heading.text for heading in article.path],
        "deleted": article.deleted,
    }


def _paragraph(paragraph: Paragraph) -> Json:
    """Return a 款 with its 项 and 目."""
    return {
        "number": paragraph.number,
        "start": paragraph.start,
        "end": paragraph.end,
        "items": [
            {
                "number": item.number,
                "label": item.label,
                "start": item.start,
                "end": item.end,
                "points": [
                    {"number": p.number, "label": p.label, "start": p.start, "end": p.end}
                    for p in item.points
                ],
            }
            for item in paragraph.items
        ],
    }
