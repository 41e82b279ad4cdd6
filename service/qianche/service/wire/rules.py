"""Rules, versions and articles on the wire."""

from __future__ import annotations

from datetime import date

from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.register.labels import EVIDENCE_LABELS, dates_label, status_label, text_label
from qianche.corpus.register.scopes import SCOPE_LABEL, scope_of, since, since_label
from qianche.corpus.rules import Article, Paragraph, Rule, RuleVersion
from qianche.corpus.statutes import article_label, cite
from qianche.indexing.knowledge_base import ArticleView
from qianche.indexing.rulebook.history import RuleHistory, VersionHistory
from qianche.indexing.search.answer import (
    RuleHit,
)
from qianche.service import labels
from qianche.service.wire.found import Json, found, iso
from qianche.service.wire.standing import link_record, rule_standing_record, version_in_history


def rule_summary(rule: Rule, on: date) -> Json:
    """Return a rule with its status on a day: that of the version which answers for it."""
    version = applicable_version(rule, on)
    return {
        "id": rule.rule_id,
        "title": version.title,
        "short_titles": list(rule.short_titles),
        "level": version.level,
        "sectors": list(rule.sectors),
        "core": rule.core,
        "amends": rule.amends,
        "version": version_record(rule, version, on),
    }


def rule_record(
    history: RuleHistory, on: date, articles: tuple[Article, ...], amended_title: str | None
) -> Json:
    """Return a rule with all its versions, oldest first, and the table of contents of the version shown.

    Args:
        history: the rule with what came before and after each version.
        on: the day whose law is asked for.
        articles: articles of the version that `rule_summary` shows, empty where its text is not held.
        amended_title: title of the act that `rule.amends` names.
    """
    rule = history.rule
    shown = applicable_version(rule, on)
    return rule_summary(rule, on) | {
        "as_of": on.isoformat(),
        "standing": rule_standing_record(history, on),
        "text_label": text_label(rule, shown, amended_title) or None,
        "scope": scope_record(rule),
        "versions": [version_entry(history, entry, on) for entry in history.versions],
        "predecessors": [link_record(link, rule) for link in history.predecessors],
        "successors": [link_record(link, rule) for link in history.successors],
        "articles": [_contents_line(article) for article in articles],
    }


def version_entry(history: RuleHistory, entry: VersionHistory, on: date) -> Json:
    """Return one version with its place in the history of its rule."""
    return version_record(history.rule, entry.version, on) | version_in_history(history, entry, on)


def version_record(rule: Rule, version: RuleVersion, on: date) -> Json:
    """Return one version with its status on a day and how well its dates are known."""
    return {
        "id": version.version_id,
        "title": version.title,
        "issuer": version.issuer,
        "number": version.number,
        "version_date": iso(version.version_date),
        "effective_from": iso(version.effective_from),
        "effective_to": iso(version.effective_to),
        "dates_label": dates_label(version),
        "status": version.status(on).value,
        "status_label": status_label(version, on),
        "verified": version.verified,
        "verified_label": EVIDENCE_LABELS[version.verified],
        "version_date_verified": version.version_date_verified,
        "repealed_by": version.repealed_by,
        "replaces": version.replaces,
        "article_count": version.article_count,
        "has_text": version.text_source is not None,
    }


def rule_hit(hit: RuleHit, on: date) -> Json:
    """Return an article, a rule as such, or a rule whose text of that day is not held, as found.

    Of the last (`stand-in`) the version's own fields name the one of that day and hold no text; what was found in
    another version stands apart in `stand_in`.
    """
    rule, version = hit.rule, hit.version
    standing_in = hit.held is not None and hit.held is not version
    article = None if standing_in else hit.article
    return {
        "id": version.version_id if hit.article is None else hit.article.article_id,
        "kind": "stand-in" if standing_in else "rule" if article is None else "article",
        "rule": {
            "id": rule.rule_id,
            "title": version.title,
            "level": version.level,
            "sectors": list(rule.sectors),
            "core": rule.core,
            "number": version.number,
            "version_id": version.version_id,
        },
        "article": None if article is None else article.number.slug,
        "citation": f"《{version.title}》" if article is None else cite(article, version),
        "path": [] if article is None else [heading.text for heading in article.path],
        "text": None if article is None else article.text,
        "note": (article.note or None) if article is not None else None,
        "status": hit.status.value,
        "status_label": status_label(version, on),
        "effective_from": iso(version.effective_from),
        "effective_to": iso(version.effective_to),
        "verified": version.verified,
        "verified_label": EVIDENCE_LABELS[version.verified],
        "has_text": version.text_source is not None,
        "text_label": labels.not_held_label(version, hit.status)
        if standing_in
        else text_label(rule, version) or None,
        "stand_in": stand_in_record(rule, hit.held, hit.article, on) if standing_in else None,
        "scope": scope_record(rule) if hit.article is None else None,
    } | found(hit)


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
    version, held, article = view.version, view.held, view.article
    of_the_day = held is None or held is version
    return {
        "as_of": as_of.isoformat(),
        "rule": rule_summary(view.rule, as_of),
        "version": version_record(view.rule, version, as_of),
        "article": _article(article, version) if article is not None and of_the_day else None,
        "stand_in": None if of_the_day else stand_in_record(view.rule, held, article, as_of),
        "previous": None if view.previous is None else view.previous.slug,
        "following": None if view.following is None else view.following.slug,
        "notice": None
        if article is not None and of_the_day
        else labels.not_held_label(version, version.status(as_of)),
    }


def stand_in_record(rule: Rule, held: RuleVersion | None, article: Article | None, on: date) -> Json | None:
    """Return the article of the nearest version held, apart from the version of the day and marked as such."""
    if held is None or article is None:
        return None
    return {
        "label": labels.NOT_OF_THAT_DAY,
        "version": version_record(rule, held, on),
        "article": _article(article, held),
    }


def _article(article: Article, version: RuleVersion) -> Json:
    """Return the text of an article with its structure; spans are half-open, in characters of `text`."""
    return _contents_line(article) | {
        "citation": cite(article, version),
        "citation_short": cite(article, version, short=True),
        "text": article.text,
        "paragraphs": [_paragraph(p) for p in article.paragraphs],
        "note": article.note or None,
    }


def _contents_line(article: Article) -> Json:
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
