"""Facts of a report told in a few paragraphs of one's own; all places, companies and persons are invented."""

from __future__ import annotations

from tests.corpus.reports.documents import document, whole

from qianche.corpus.reading.document import Document
from qianche.corpus.reports.draft import Field
from qianche.corpus.reports.fields import CaseFacts, find_facts


def facts(*paragraphs: str) -> CaseFacts:
    """The facts of a document of these paragraphs, its parts told from headings alone."""
    return facts_in(document(*paragraphs))


def facts_in(told: Document) -> CaseFacts:
    """The facts of a document that tells one accident."""
    return find_facts(told, whole(told))


def values(field: Field[int] | Field[float] | Field[str]) -> list[object]:
    """All values that were found, in order."""
    return [finding.value for finding in field.findings]
