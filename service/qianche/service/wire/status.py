"""The state of a knowledge base on the wire."""

from __future__ import annotations

from qianche.indexing.knowledge_base import Status
from qianche.service import labels
from qianche.service.wire.found import Json, iso


def stats(status: Status) -> Json:
    """Return the figures of a knowledge base; its folder concerns only the machine's owner, so not that."""
    return {
        "records_ready": status.records_ready,
        "vector_coverage": coverage(status),
        "model": status.model,
        "cases": status.cases,
        "rules": status.rules,
        "rule_versions": status.rule_versions,
        "articles": status.articles,
        "passages": status.passages,
        "generation": status.generation,
        "facts": dict(status.facts),
        "disk_bytes": status.disk_bytes,
        "cases_by_cause_basis": dict(status.cases_by_cause_basis),
        "earliest_case": iso(status.earliest_case),
        "latest_case": iso(status.latest_case),
    }


def coverage(status: Status) -> float:
    """Return the share of vectors made; without records nothing is complete, so 0."""
    return round(status.vector_coverage, 4) if status.records_ready else 0.0


def readiness(status: Status) -> Json:
    """Return whether the service can answer, and how much of the vectors is made."""
    vectors = "complete" if coverage(status) >= 1 else "pending"
    if status.model is None:
        vectors = "no-model"
    return {
        "ready": status.records_ready,
        "records": status.records_ready,
        "vectors": vectors,
        "vector_coverage": coverage(status),
        "model": status.model,
        "detail": labels.readiness_line(status),
    }
