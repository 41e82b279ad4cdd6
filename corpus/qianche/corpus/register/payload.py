"""A rule as JSON-ready data and back, without loss."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from qianche.corpus.rules import ArticleNumber, Rule, RuleVersion

_DATES = frozenset({"version_date", "effective_from", "effective_to"})


def rule_to_payload(rule: Rule) -> dict[str, Any]:
    """Return the rule with its versions as plain JSON types: dates as ISO text, article ranges as slugs."""
    return {
        "rule_id": rule.rule_id,
        "short_titles": list(rule.short_titles),
        "register_sectors": list(rule.register_sectors),
        "sectors": list(rule.sectors),
        "core": rule.core,
        "versions": [_version_to_payload(v) for v in rule.versions],
        "amends": rule.amends,
    }


def rule_from_payload(payload: dict[str, Any]) -> Rule:
    """Return the rule that `rule_to_payload` made the data from."""
    return Rule(
        rule_id=payload["rule_id"],
        short_titles=tuple(payload["short_titles"]),
        register_sectors=tuple(payload["register_sectors"]),
        sectors=tuple(payload["sectors"]),
        core=payload["core"],
        versions=tuple(_version_from_payload(v) for v in payload["versions"]),
        amends=payload["amends"],
    )


def _version_to_payload(version: RuleVersion) -> dict[str, Any]:
    """Return one version as plain JSON types."""
    payload: dict[str, Any] = {}
    for field in fields(RuleVersion):
        value = getattr(version, field.name)
        payload[field.name] = value.isoformat() if isinstance(value, date) else value
    if version.core_articles is not None:
        payload["core_articles"] = [[first.slug, last.slug] for first, last in version.core_articles]
    return payload


def _version_from_payload(payload: dict[str, Any]) -> RuleVersion:
    """Return one version."""
    values = dict(payload)
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] is not None else None
    if values["core_articles"] is not None:
        values["core_articles"] = tuple(
            (ArticleNumber.from_slug(first), ArticleNumber.from_slug(last))
            for first, last in values["core_articles"]
        )
    return RuleVersion(**values)
