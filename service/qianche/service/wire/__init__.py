"""Records and answers become JSON-ready dictionaries: the one wire of the API and of `--json`.

English field names, Chinese values; dates are ISO strings; unknown is null, zero is 0. The shapes are
declared in `responses`, against which the tests check every dictionary made here. They are built by hand
because validating an answer on every request costs several times as much as building it.
"""

from __future__ import annotations

from qianche.service.wire.answers import facet_lists, query_reading, search_answer, segment_report
from qianche.service.wire.case_law import case_law
from qianche.service.wire.cases import case_hit, case_record, case_summary
from qianche.service.wire.found import Json, stretch
from qianche.service.wire.links import article_links
from qianche.service.wire.rules import article_view, rule_hit, rule_record, rule_summary, version_record
from qianche.service.wire.status import readiness, stats

__all__ = [
    "Json",
    "article_links",
    "article_view",
    "case_hit",
    "case_law",
    "case_record",
    "case_summary",
    "facet_lists",
    "query_reading",
    "readiness",
    "rule_hit",
    "rule_record",
    "rule_summary",
    "search_answer",
    "segment_report",
    "stats",
    "stretch",
    "version_record",
]
