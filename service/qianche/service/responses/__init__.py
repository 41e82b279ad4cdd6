"""What comes back over HTTP: the declared shape of every dictionary that `wire` makes.

Field names in English, values in Chinese; null means not known or not stated, never zero.
"""

from __future__ import annotations

from qianche.service.responses.answers import Facets, FacetValue, SearchResponse, SegmentResponse
from qianche.service.responses.cases import CaseRecord, SimilarResponse
from qianche.service.responses.history import RuleHistory, Upcoming
from qianche.service.responses.rules import ArticleResponse, RuleList, RuleRecord
from qianche.service.responses.status import Health, Readiness, StatsResponse

__all__ = [
    "ArticleResponse",
    "CaseRecord",
    "FacetValue",
    "Facets",
    "Health",
    "Readiness",
    "RuleHistory",
    "RuleList",
    "RuleRecord",
    "SearchResponse",
    "SegmentResponse",
    "SimilarResponse",
    "StatsResponse",
    "Upcoming",
]
