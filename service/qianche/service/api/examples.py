"""Examples for OpenAPI, with an invented accident; the tests hold each to its declared shape."""

from __future__ import annotations

from typing import Any

_SUMMARY: dict[str, Any] = {
    "id": "example-sewage-tank",
    "name": "某食品厂“6·1”中毒和窒息事故（示例）",
    "origin": "bundled",
    "record_label": "本库概括，非报告原文",
    "date": "2019-06-01",
    "time": "14:20",
    "place": {"country": "中国", "province": "甲省", "city": "乙市", "county": None, "label": "甲省乙市"},
    "sector": "工贸",
    "industry": "食品加工",
    "work_kind": "有限空间",
    "accident_classes": [
        {
            "scheme": "gb6441-1986",
            "scheme_label": "GB/T 6441-1986",
            "value": "中毒和窒息",
            "basis": "source",
            "basis_label": "来源所列",
            "label": "中毒和窒息",
            "candidates": [],
        }
    ],
    "grade": {
        "value": "较大",
        "basis": "computed",
        "basis_label": "按493号令标准推算",
        "label": "较大（按493号令标准推算）",
    },
    "deaths": 3,
    "missing": None,
    "severe_injuries": None,
    "injured": 1,
    "direct_loss_wan": None,
    "toll_label": "死亡 3 人，受伤 1 人",
    "numbers_confirmed": True,
    "numbers_label": None,
    "cause_basis": "general",
    "cause_basis_label": "成因据同类机理概括，非调查认定",
    "conflicts": [],
    "corrected": [],
}
_CAUSE = "下池前没有通风和检测，池内硫化氢积聚，施救者未戴呼吸器相继下池"
_FOUND: dict[str, Any] = {
    "rank": 1,
    "score": 4.21,
    "relevance": 0.93,
    "legs": [
        {"leg": "lexical", "name": "bm25_score", "score": 21.4, "rank": 2},
        {"leg": "dense", "name": "cosine", "score": 0.89, "rank": 1},
    ],
    "matched_words": ["通风", "检测"],
    "evidence": [
        {
            "part": "direct_cause",
            "part_label": "直接原因",
            "text": _CAUSE,
            "start": 0,
            "end": len(_CAUSE),
            "marks": [[5, 7], [8, 10]],
            "source": None,
            "page": None,
        }
    ],
}
_QUERY: dict[str, Any] = {
    "text": "下池前没有通风检测",
    "normalised": "下池前没有通风检测",
    "key_terms": ["通风", "检测"],
    "expansions": [{"found": "下池", "start": 0, "end": 2, "terms": ["有限空间作业"]}],
    "engines": ["lexical", "dense"],
}
_GIST = "没有测过气体，不许下池。"
_DIGEST: dict[str, Any] = {
    "id": "example-criteria@2023-04-14:3.1",
    "label": "要旨，本库归纳，非条文原文",
    "place": "3.1",
    "place_label": "第三条第（一）项",
    "article": "3",
    "citation": "《示例重大事故隐患判定标准》第三条第（一）项",
    "gist": _GIST,
    "said_as": ["下池没带测气体的仪器"],
    "duty_holders": ["生产经营单位"],
    "hazards": ["有限空间作业失管"],
    "penalties": [],
    "major_hazard": True,
    "major_hazard_label": "可能构成重大事故隐患",
    "basis": "page",
    "basis_label": "据网页",
    "source": "https://example.gov.cn/criteria",
    "address": "https://example.gov.cn/criteria",
    "read_on": "2026-01-01",
}
_DIGEST_HIT: dict[str, Any] = _FOUND | {
    "id": "example-criteria@2023-04-14:3.1",
    "kind": "digest",
    "rule": {
        "id": "example-criteria",
        "title": "示例重大事故隐患判定标准",
        "level": "部门规章",
        "sectors": ["工贸"],
        "core": True,
        "number": "某部令第2号",
        "version_id": "example-criteria@2023-04-14",
    },
    "article": "3.1",
    "citation": "《示例重大事故隐患判定标准》第三条第（一）项",
    "path": [],
    "text": None,
    "note": None,
    "digest": _DIGEST,
    "digest_evidence": [
        {
            "part": "gist",
            "part_label": "要旨（本库归纳）",
            "text": _GIST,
            "start": 0,
            "end": len(_GIST),
            "marks": [[8, 10]],
            "source": None,
            "page": None,
        }
    ],
    "major_hazard_label": "可能构成重大事故隐患",
    "status": "现行",
    "status_label": "现行（2023-05-15 起）",
    "dates_grade_label": "据网页",
    "effective_from": "2023-05-15",
    "effective_to": None,
    "verified": "page",
    "verified_label": "据网页",
    "has_text": False,
    "text_label": "要旨，非原文：本库没有这一条的正文，请查阅官方文本。",
    "stand_in": None,
    "scope": None,
    "matched_words": ["下池"],
    "evidence": [],
}

SEARCH = {
    "query": _QUERY,
    "as_of": "2026-01-01",
    "register_notice": None,
    "cases": [_SUMMARY | {"direct_cause": _CAUSE} | _FOUND],
    "rules": [_DIGEST_HIT],
    "facets": {
        "case": {"sector": [{"value": "工贸", "label": "工贸", "count": 1}]},
        "rule": {"level": [{"value": "部门规章", "label": "部门规章", "count": 1}]},
    },
    "totals": {"case": 1, "rule": 1},
    "notice": [
        {
            "code": "vectors-pending",
            "kind": None,
            "text": "语义向量正在生成，本次主要按字词检索；生成完成后结果会更全。",
        }
    ],
    "took_ms": 18.2,
}
FACETS = {"case": {"grade": [{"value": "较大", "label": "较大", "count": 12}]}}
SEGMENT = {
    "text": "受限空间未通风",
    "normalised": "受限空间未通风",
    "terms": ["受", "受限", "限"],
    "words": [{"text": "受限空间", "start": 0, "end": 4, "kind": "work"}],
    "key_terms": ["受限空间", "通风"],
    "expansions": [{"found": "受限空间", "start": 0, "end": 4, "terms": ["有限空间"]}],
}
CASE = _SUMMARY | {
    "activity": "污水池清淤",
    "initiating_event": "下池后昏倒",
    "direct_cause": _CAUSE,
    "management_failures": ["没有作业审批"],
    "failed_barriers": ["气体检测"],
    "equipment": [],
    "substances": ["硫化氢"],
    "lessons": ["先通风、再检测、后作业。"],
    "lessons_label": "本库归纳",
    "cited_rules": [],
    "confidence": "medium",
    "confidence_label": "部分内容待核",
    "note": None,
    "absent": ["equipment", "cited_rules"],
    "absent_label": "原记录未载",
    "provenance": [{"kind": "government", "kind_label": "政府网站", "url": "https://example.gov.cn/1"}],
}
_VERSION: dict[str, Any] = {
    "id": "example-rule@2020-05-01",
    "title": "示例安全规定",
    "issuer": "某部",
    "number": "某部令第1号",
    "version_date": "2020-05-01",
    "effective_from": "2020-07-01",
    "effective_to": None,
    "issued_label": "2020-05-01 公布",
    "dates_label": "2020-07-01 起",
    "dates_grade_label": "据原文",
    "status": "现行",
    "status_label": "现行（2020-07-01 起）",
    "verified": "text",
    "verified_label": "据原文",
    "version_date_verified": "text",
    "repealed_by": None,
    "replaces": None,
    "article_count": 12,
    "has_text": True,
}
_PENALTY = {
    "id": "example-rule@2020-05-01/21",
    "rule_id": "example-rule",
    "version_id": "example-rule@2020-05-01",
    "article": "21",
    "paragraph": 1,
    "item": 2,
    "citation": "《示例安全规定》第二十一条第（二）项",
    "label": "第二十一条第（二）项",
    "held": True,
    "status": "现行",
}
ARTICLE = {
    "as_of": "2026-01-01",
    "rule": {
        "id": "example-rule",
        "title": "示例安全规定",
        "short_titles": ["示例规定"],
        "level": "部门规章",
        "sectors": ["工贸"],
        "core": True,
        "amends": None,
        "version": _VERSION,
    },
    "version": _VERSION,
    "article": {
        "id": "example-rule@2020-05-01/3",
        "number": "3",
        "label": "第三条",
        "path": ["第一章 总则"],
        "deleted": False,
        "citation": "《示例安全规定》第三条",
        "citation_short": "《示例安全规定》第三条",
        "text": "进入池内之前应当通风。",
        "paragraphs": [{"number": 1, "start": 0, "end": 11, "items": []}],
        "note": None,
    },
    "digests": [
        _DIGEST
        | {
            "id": "example-rule@2020-05-01:3",
            "place": "3",
            "place_label": "第三条",
            "citation": "《示例安全规定》第三条",
            "major_hazard": False,
            "major_hazard_label": None,
            "basis": "text",
            "basis_label": "据原文",
            "source": None,
            "address": None,
        }
    ],
    "stand_in": None,
    "previous": "2",
    "following": "4",
    "notice": None,
    "register_notice": None,
    "references": [],
    "cited_by": [_PENALTY],
    "penalties": [
        _PENALTY
        | {
            "basis": "stated",
            "basis_label": "条文明示",
            "note": None,
            "own": [{"paragraph": None, "item": None}],
            "own_label": "本条",
        }
    ],
    "penalises": [],
    "links_notice": None,
}
CITE = {
    "as_of": "2026-01-01",
    "register_notice": None,
    "total": 1,
    "counts": [{"outcome": "resolved", "label": "已认定", "count": 1}],
    "citations": [
        {
            "text": "《示例规定》第三条",
            "start": 2,
            "end": 11,
            "outcome": "resolved",
            "outcome_label": "已认定",
            "canonical": "《示例安全规定》第三条",
            "read_as": None,
            "messages": [],
            "rule": {
                "id": "example-rule",
                "title": "示例安全规定",
                "level": "部门规章",
                "link": "/rules/example-rule?as_of=2026-01-01",
            },
            "version": _VERSION,
            "on_day": None,
            "provisions": [
                {
                    "cited": "第三条",
                    "outcome": "resolved",
                    "outcome_label": "已认定",
                    "citation": "《示例安全规定》第三条",
                    "message": None,
                    "article": "3",
                    "paragraph": None,
                    "item": None,
                    "point": None,
                    "sentence": None,
                    "clause": None,
                    "damaged": None,
                    "likely": None,
                    "quote": {
                        "article_id": "example-rule@2020-05-01/3",
                        "version_id": "example-rule@2020-05-01",
                        "version_date": "2020-05-01",
                        "label": "第三条",
                        "path": ["第一章 总则"],
                        "spans": [[0, 11]],
                        "text": "进入池内之前应当通风。",
                        "notice": None,
                        "link": "/rules/example-rule/articles/3?as_of=2026-01-01",
                    },
                    "stand_in": None,
                }
            ],
            "candidates": [],
        }
    ],
}
READY = {
    "ready": True,
    "records": True,
    "vectors": "pending",
    "vector_coverage": 0.42,
    "model": "multilingual-e5-small",
    "detail": "可以查询；语义向量正在生成，已完成 42%，在此之前主要按字词检索。",
    "failure": None,
}
