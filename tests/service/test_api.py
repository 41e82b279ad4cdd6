"""Every address of the API: exact status, shape and values, worked out by hand from `fake_kb`."""

from __future__ import annotations

from datetime import date

from fastapi.testclient import TestClient
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.service import responses

QUERY = "下池前没有通风"


def test_a_search_answers_with_cases_and_rules_in_the_declared_shape(client: TestClient) -> None:
    reply = client.post("/api/search", json={"query": QUERY, "as_of": "2026-01-01"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    responses.SearchResponse.model_validate_json(reply.content)
    answer = reply.json()
    assert answer["query"] == {
        "text": QUERY,
        "normalised": QUERY,
        "key_terms": ["通风"],
        "expansions": [{"found": "下池", "start": 0, "end": 2, "terms": ["有限空间"]}],
        "engines": ["lexical", "dense"],
    }
    assert answer["as_of"] == "2026-01-01"
    assert answer["totals"] == {"case": 1, "rule": 1}
    assert answer["notice"] == []
    assert answer["took_ms"] == 1.235


def test_a_case_hit_carries_the_record_its_truth_labels_and_its_evidence(client: TestClient) -> None:
    [hit] = client.post("/api/search", json={"query": QUERY}).json()["cases"]
    assert hit == {
        "id": "tank-2019",
        "name": "甲市食品厂“6·1”中毒和窒息事故",
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
            },
            {
                "scheme": "gb6441-2025",
                "scheme_label": "GB 6441-2025",
                "value": None,
                "basis": "undecided",
                "basis_label": "待人工确定",
                "label": "待人工确定（中毒、窒息）",
                "candidates": ["中毒", "窒息"],
            },
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
        "numbers_confirmed": False,
        "numbers_label": "伤亡数字或日期未经公开页面核实",
        "cause_basis": "general",
        "cause_basis_label": "成因据同类机理概括，非调查认定",
        "conflicts": [],
        "corrected": [],
        "direct_cause": "有限空间内硫化氢积聚，下池前没有通风",
        "rank": 1,
        "score": 2.5,
        "relevance": 0.9,
        "legs": [
            {"leg": "lexical", "name": "bm25_score", "score": 12.345679, "rank": 1},
            {"leg": "dense", "name": "cosine", "score": 0.9, "rank": 1},
        ],
        "matched_words": ["通风"],
        "evidence": [
            {
                "part": "direct_cause",
                "part_label": "直接原因",
                "text": "有限空间内硫化氢积聚，下池前没有通风",
                "start": 0,
                "end": 18,
                "marks": [[16, 18]],
                "source": None,
                "page": None,
            }
        ],
    }


def test_a_rule_hit_carries_citation_path_text_and_validity(client: TestClient) -> None:
    [hit] = client.post("/api/search", json={"query": QUERY, "as_of": "2021-01-01"}).json()["rules"]
    assert hit == {
        "id": "invented-rule@2020-05-01/3",
        "kind": "article",
        "rule": {
            "id": "invented-rule",
            "title": "池内作业规定",
            "level": "部门规章",
            "sectors": ["综合"],
            "core": True,
            "number": "某部令第9号",
            "version_id": "invented-rule@2020-05-01",
        },
        "article": "3",
        "citation": "《池内作业规定》第三条",
        "path": ["第一章 总则"],
        "text": "下池前应当：\n（一）通风；\n（二）检测。",
        "note": None,
        "digest": {
            "id": "invented-rule@2020-05-01:3",
            "label": "要旨，本库归纳，非条文原文",
            "place": "3",
            "place_label": "第三条",
            "article": "3",
            "citation": "《池内作业规定》第三条",
            "gist": "下池的人先通风再测气体。",
            "said_as": ["掀开盖子就下去了，没通风", "下池没带测气体的仪器"],
            "duty_holders": ["生产经营单位", "从业人员"],
            "hazards": ["通风不良"],
            "penalties": [
                {
                    "place": "134-1",
                    "place_label": "第一百三十四条之一",
                    "article": "134-1",
                    "citation": "《池内作业规定》第一百三十四条之一",
                }
            ],
            "major_hazard": False,
            "major_hazard_label": None,
            "basis": "text",
            "basis_label": "据原文",
            "source": None,
            "address": None,
            "read_on": "2026-11-25",
        },
        "digest_evidence": [
            {
                "part": "said_as", "part_label": "现场说法",
                "text": "掀开盖子就下去了，没通风", "start": 0, "end": 12, "marks": [[10, 12]],
                "source": None, "page": None}
        ],
        "major_hazard_label": None,
        "status": "现行",
        "status_label": "现行（2020-07-01 起）",
        "dates_grade_label": "据原文",
        "effective_from": "2020-07-01",
        "effective_to": None,
        "verified": "text",
        "verified_label": "据原文",
        "has_text": True,
        "text_label": None,
        "stand_in": None,
        "scope": None,
        "rank": 1,
        "score": 2.5,
        "relevance": 0.9,
        "legs": [
            {"leg": "lexical", "name": "bm25_score", "score": 12.345679, "rank": 1},
            {"leg": "dense", "name": "cosine", "score": 0.9, "rank": 1},
        ],
        "matched_words": ["通风"],
        "evidence": [
            {
                "part": "item", "part_label": "项",
                "text": "（一）通风；", "start": 7, "end": 13, "marks": [[3, 5]], "source": None, "page": None}
        ],
    }  # fmt: skip


def test_the_text_of_another_day_stands_apart_from_the_version_of_the_day(client: TestClient) -> None:
    asked = {"query": "有限空间没有通风", "as_of": "2015-01-01"}
    [hit] = client.post("/api/search", json=asked).json()["rules"]
    assert (hit["id"], hit["kind"]) == ("invented-rule@2020-05-01/3", "stand-in")
    assert hit["rule"]["version_id"] == "invented-rule@2010-01-01"
    assert (hit["article"], hit["text"], hit["path"], hit["has_text"]) == (None, None, [], False)
    assert hit["citation"] == "《池内作业规定》"
    assert (hit["status"], hit["effective_from"], hit["effective_to"]) == ("现行", "2010-03-01", "2020-06-30")
    assert hit["text_label"].startswith(
        "当日版本未收录：查询日适用的是《池内作业规定》2010-01-01（待核）公布的版本（现行）"
    )
    other = hit["stand_in"]
    assert other["label"] == "非当日文本，条号可能不同"
    assert (other["version"]["id"], other["version"]["status"]) == ("invented-rule@2020-05-01", "尚未施行")
    assert other["article"]["citation"] == "《池内作业规定》第三条"
    assert other["article"]["text"].startswith("下池前应当")


def test_an_article_of_a_day_whose_text_is_not_held_stands_apart(client: TestClient) -> None:
    found = client.get("/api/rules/invented-rule/articles/3", params={"as_of": "2015-01-01"}).json()
    assert found["article"] is None
    assert found["version"]["id"] == "invented-rule@2010-01-01"
    assert found["notice"].startswith("当日版本未收录")
    assert found["stand_in"]["label"] == "非当日文本，条号可能不同"
    assert found["stand_in"]["version"]["id"] == "invented-rule@2020-05-01"
    assert found["stand_in"]["article"]["id"] == "invented-rule@2020-05-01/3"


def test_a_rule_without_text_says_so_and_its_date_from_memory_is_marked(client: TestClient) -> None:
    [hit] = client.post("/api/search", json={"query": QUERY, "as_of": "2015-01-01"}).json()["rules"]
    assert (hit["id"], hit["kind"], hit["article"], hit["text"]) == (
        "invented-rule@2010-01-01", "rule", None, None,
    )  # fmt: skip
    assert hit["citation"] == "《池内作业规定》"
    assert hit["has_text"] is False
    assert hit["text_label"].startswith("正文未收录")
    assert hit["status_label"] == "现行（2010-03-01 至 2020-06-30，日期待核）"
    assert hit["verified_label"] == "待核"


def test_search_by_query_string_is_the_same_search(client: TestClient, kb: FakeKnowledgeBase) -> None:
    body = {
        "query": QUERY, "kinds": ["case"], "sector": ["工贸", "综合"], "year": [2019, 2020], "top_k": 3,
        "as_of": "2020-02-29", "has_text": [True], "sort": "deaths", "scope": "all", "facets": False,
        "include_not_in_force": True, "date_from": "2000-01-01", "deaths_min": 0,
    }  # fmt: skip
    pairs = [
        (name, str(item).lower() if isinstance(item, bool) else item)
        for name, value in body.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    posted = client.post("/api/search", json=body)
    got = client.get("/api/search", params=pairs)
    assert posted.status_code == got.status_code == 200
    assert posted.json() == got.json()
    assert kb.requests[0] == kb.requests[1]
    request = kb.requests[0]
    assert (request.kinds, request.top_k, request.as_of) == (("case",), 3, date(2020, 2, 29))
    assert request.case_filters.sector == ("工贸",)
    assert request.rule_filters.sector == ("工贸", "综合")
    assert request.case_filters.year == (2019, 2020)
    assert request.case_filters.deaths_min == 0
    assert request.rule_filters.has_text == (True,)
    assert (request.sort, request.scope, request.with_facets) == ("deaths", "all", False)
    assert request.include_not_in_force is True


def test_unfilled_form_fields_are_no_restriction(client: TestClient, kb: FakeKnowledgeBase) -> None:
    reply = client.get(
        "/api/search", params={"query": "通风", "sector": "", "date_from": "", "top_k": "", "level": ""}
    )
    assert reply.status_code == 200
    assert kb.requests[0].case_filters.sector == ()
    assert kb.requests[0].top_k == 10


def test_a_day_not_given_is_today(client: TestClient, kb: FakeKnowledgeBase) -> None:
    before = date.today()
    client.get("/api/search", params={"query": "通风"})
    assert before <= kb.requests[0].as_of <= date.today()


def test_the_longest_query_passes(client: TestClient) -> None:
    assert client.post("/api/search", json={"query": "池" * 5000}).status_code == 200


def test_where_nothing_fits_one_sentence_says_so_for_both_kinds(client: TestClient) -> None:
    answer = client.post("/api/search", json={"query": "今天天气怎么样"}).json()
    assert answer["cases"] == answer["rules"] == []
    [notice] = answer["notice"]
    assert (notice["code"], notice["kind"]) == ("nothing-fits", None)
    assert notice["text"].startswith("没有找到与所述内容相近的事故案例和法规条款。")


def test_where_only_rules_are_missing_the_notice_speaks_of_rules(client: TestClient) -> None:
    [notice] = client.post("/api/search", json={"query": "脚手架"}).json()["notice"]
    assert (notice["code"], notice["kind"]) == ("nothing-fits", "rule")


def test_pending_vectors_and_a_missing_model_are_said_in_the_notice(
    client: TestClient, kb: FakeKnowledgeBase
) -> None:
    kb.coverage = 0.5
    assert [n["code"] for n in client.post("/api/search", json={"query": "通风"}).json()["notice"]] == [
        "vectors-pending"
    ]
    kb.model = None
    answer = client.post("/api/search", json={"query": "通风"}).json()
    assert [n["code"] for n in answer["notice"]] == ["no-model"]
    assert "qianche model import" in answer["notice"][0]["text"]
    assert answer["query"]["engines"] == ["lexical"]


def test_a_case_is_shown_whole_and_says_what_the_record_does_not_have(client: TestClient) -> None:
    reply = client.get("/api/cases/tank-2019")
    assert reply.status_code == 200
    responses.CaseRecord.model_validate_json(reply.content)
    case = reply.json()
    assert case["activity"] == "污水池清淤"
    assert case["initiating_event"] is None
    assert case["lessons"] == ["先通风再作业。"]
    assert case["lessons_label"] == "本库归纳"
    assert case["absent"] == ["initiating_event", "equipment", "cited_rules"]
    assert case["absent_label"] == "原记录未载"
    assert case["confidence_label"] == "部分内容待核"


def test_only_linkable_sources_are_shown_as_links(client: TestClient) -> None:
    assert client.get("/api/cases/tank-2019").json()["provenance"] == [
        {"kind": "government", "kind_label": "政府网站", "url": "https://example.gov.cn/1"},
        {"kind": "collection", "kind_label": "公开资料汇编", "url": None},
    ]


def test_zero_and_unknown_are_kept_apart(client: TestClient) -> None:
    scaffold = client.get("/api/cases/scaffold-2005").json()
    assert (scaffold["deaths"], scaffold["missing"]) == (0, None)
    assert scaffold["toll_label"] == "死亡 0 人，重伤 1 人，受伤 1 人，直接经济损失 12.5 万元"
    assert scaffold["grade"]["label"] == "一般（按493号令折算）"
    mine = client.get("/api/cases/mine-2011").json()
    assert (mine["deaths"], mine["grade"]) == (None, None)
    assert mine["toll_label"] == "伤亡和损失原记录未载"
    assert mine["place"]["label"] == "某国"
    assert mine["cause_basis_label"] == "成因据公开资料记忆，待核"


def test_similar_cases_leave_the_case_itself_out(client: TestClient) -> None:
    reply = client.get("/api/cases/tank-2019/similar", params={"top_k": 1})
    assert reply.status_code == 200
    responses.SimilarResponse.model_validate_json(reply.content)
    assert reply.json()["id"] == "tank-2019"
    assert [c["id"] for c in reply.json()["cases"]] == ["scaffold-2005"]


def test_facets_count_all_records_most_frequent_first(client: TestClient) -> None:
    reply = client.get("/api/facets")
    assert reply.status_code == 200
    facets = reply.json()
    assert set(facets) == {"case", "rule"}
    for fields in facets.values():
        for values in fields.values():
            for value in values:
                responses.FacetValue.model_validate(value)
    assert facets["rule"]["rule"] == [{"value": "invented-rule", "label": "池内作业规定", "count": 2}]
    assert facets["rule"]["has_text"] == [{"value": "true", "label": "已收录正文", "count": 2}]
    assert set(client.get("/api/facets", params={"kind": "rule"}).json()) == {"rule"}


def test_segmentation_says_how_a_text_was_cut(client: TestClient) -> None:
    reply = client.get("/api/segment", params={"text": "未通风"})
    assert reply.status_code == 200
    responses.SegmentResponse.model_validate_json(reply.content)
    assert reply.json()["words"] == [{"text": "通风", "start": 1, "end": 3, "kind": "measure"}]


def test_stats_hold_the_figures_but_not_the_folder(client: TestClient) -> None:
    reply = client.get("/api/stats")
    assert reply.status_code == 200
    responses.StatsResponse.model_validate_json(reply.content)
    assert reply.json()["cases_by_cause_basis"] == {"general": 1, "page": 1, "memory": 1}
    assert (reply.json()["earliest_case"], reply.json()["latest_case"]) == ("2005-03-09", "2019-06-01")
    assert "nowhere" not in reply.text
