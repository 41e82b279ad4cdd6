"""Records become passages: what each leg sees, and spans that lead back to the record."""

from __future__ import annotations

from datetime import date

from qianche.corpus.cases import AccidentClass, Case, Grade, Place, Toll
from qianche.corpus.rules import Article, ArticleNumber, Heading, Rule, RuleVersion
from qianche.corpus.statutes import parse_article
from qianche.indexing.documents import from_document, to_document
from qianche.indexing.passages import (
    article_parts,
    article_passages,
    case_parts,
    case_passages,
    version_passages,
)

LAST = "没有办妥的，不得开工；" + "已经开工的，应当立即停下来，把人撤到安全的地方，等手续齐了再干。" * 3
TEXT = f"企业开工前应当办妥下列手续：\n（一）向主管机构备案并公示；\n（二）给作业人员上好工伤险。\n{LAST}"


def a_case(**changes: object) -> Case:
    values: dict[str, object] = {
        "case_id": "2020-x",
        "name": "某地某厂“3·5”闪爆事故",
        "occurred_on": date(2020, 3, 5),
        "occurred_at": None,
        "place": Place("中国", "江苏省", "苏州市"),
        "sector": "工贸",
        "industry": "塑胶制品",
        "work_kind": "动火",
        "accident_classes": (AccidentClass("gb6441-1986", "其他爆炸", "source"),),
        "grade": Grade("较大", "computed"),
        "toll": Toll(deaths=3),
        "activity": "切割旧油桶",
        "initiating_event": "桶内残油气闪爆",
        "direct_cause": "未清洗置换即动火切割。",
        "management_failures": ("无动火审批",),
        "failed_barriers": ("清洗置换缺失", "无人监护"),
        "equipment": ("油桶",),
        "substances": (),
        "lessons": ("旧桶切割前灌水置换。",),
        "cited_rules": (),
        "cause_basis": "page",
        "numbers_confirmed": True,
        "confidence": "high",
        "provenance": (),
    }
    return Case(**(values | changes))  # type: ignore[arg-type]


def a_rule(**changes: object) -> tuple[Rule, RuleVersion, Article]:
    values: dict[str, object] = {
        "rule_id": "start-law", "title": "中华人民共和国开工法", "level": "法律", "issuer": None,
        "number": "主席令第1号", "version_date": date(2020, 1, 2), "effective_from": date(2020, 5, 1),
        "effective_to": None, "repealed_by": None, "replaces": None, "article_count": 1, "text_source": "laws.db",
        "verified": "text", "version_date_verified": "text", "evidence": "", "note": "",
    }  # fmt: skip
    version = RuleVersion(**(values | changes))  # type: ignore[arg-type]
    rule = Rule("start-law", ("开工法",), ("综合",), ("综合",), True, (version,))
    article = Article(
        "start-law@2020-01-02/7", version.version_id, ArticleNumber(7), (Heading("章", "第二章 开工手续"),),
        TEXT, parse_article(TEXT),
    )  # fmt: skip
    return rule, version, article


def test_the_whole_case_is_seen_by_both_legs_and_its_parts_by_the_dense_leg_alone() -> None:
    whole, *parts = case_passages(a_case())
    assert whole.passage_id == whole.record_id == "2020-x"
    assert [part.passage_id for part in parts] == ["2020-x#cause", "2020-x#response"]
    assert all(part.lexical == "" and part.dense for part in parts)
    for words in (
        "闪爆事故",
        "2020年3月5日",
        "3.5",
        "江苏省",
        "苏州市",
        "工贸",
        "塑胶制品",
        "动火",
        "无动火审批",
    ):
        assert words in whole.lexical


def test_attributes_of_a_case_are_its_filter_fields() -> None:
    attributes = next(case_passages(a_case())).attributes
    assert attributes["accident_class"] == "其他爆炸"
    assert (attributes["year"], attributes["occurred_on"]) == (2020, "2020-03-05")
    assert attributes["province"] == "江苏省"
    abroad = next(case_passages(a_case(place=Place("美国", "得克萨斯州")))).attributes
    assert abroad["province"] == "美国"


def test_an_unknown_value_is_no_value_of_a_filter_field() -> None:
    document = to_document(next(case_passages(a_case(grade=None, toll=Toll(deaths=None)))))
    assert "grade" not in document.meta
    assert "deaths" not in document.meta


def test_a_case_that_tells_little_has_fewer_parts() -> None:
    bare = a_case(
        activity=None,
        initiating_event=None,
        direct_cause=None,
        management_failures=(),
        failed_barriers=(),
        lessons=(),
    )
    assert [p.part for p in case_passages(bare)] == ["whole"]
    assert case_parts(bare) == []


def test_every_quotable_part_of_a_case_is_verbatim() -> None:
    parts = [(p.name, p.number, p.text) for p in case_parts(a_case())]
    assert parts[0] == ("direct_cause", 1, "未清洗置换即动火切割。")
    assert ("failed_barriers", 2, "无人监护") in parts
    assert ("lessons", 1, "旧桶切割前灌水置换。") in parts


def test_articles_are_parted_at_paragraphs_and_items_with_spans_into_the_text() -> None:
    _, _, article = a_rule()
    parts = [(p.name, p.text) for p in article_parts(article)]
    assert parts == [
        ("paragraph", "企业开工前应当办妥下列手续："),
        ("item", "（一）向主管机构备案并公示；"),
        ("item", "（二）给作业人员上好工伤险。"),
        ("paragraph", LAST),
    ]
    assert all(TEXT[p.start : p.end] == p.text for p in article_parts(article))


def test_headings_are_in_the_lexical_text_alone_and_an_item_is_embedded_with_its_lead_in() -> None:
    rule, version, article = a_rule()
    whole, *parts = article_passages(article, rule, version)
    assert whole.lexical.startswith("中华人民共和国开工法\n第二章 开工手续\n第七条 7\n")
    assert whole.dense == TEXT
    item = next(p for p in parts if p.part == "item")
    assert item.dense == "企业开工前应当办妥下列手续：（一）向主管机构备案并公示；"
    assert item.content == "（一）向主管机构备案并公示；"


def test_a_version_is_found_by_title_short_title_number_and_sector() -> None:
    rule, version, _ = a_rule()
    [passage] = version_passages(rule, version)
    for words in ("中华人民共和国开工法", "开工法", "主席令第1号", "综合"):
        assert words in passage.lexical


def test_unknown_dates_of_a_version_are_left_out_of_its_filter_fields() -> None:
    rule, version, _ = a_rule(effective_from=None, text_source=None)
    meta = to_document(next(iter(version_passages(rule, version)))).meta
    assert "effective_from" not in meta
    assert "effective_to" not in meta
    assert meta["has_text"] is False


def test_a_passage_survives_the_way_to_a_document_and_back() -> None:
    rule, version, article = a_rule()
    for passage in (*case_passages(a_case()), *article_passages(article, rule, version)):
        returned = from_document(to_document(passage))
        kept = {k: v for k, v in passage.attributes.items() if v is not None}
        assert returned.attributes == kept
        assert (returned.passage_id, returned.record_id, returned.part) == (
            passage.passage_id, passage.record_id, passage.part,
        )  # fmt: skip
        assert (returned.content, returned.lexical, returned.dense, returned.span) == (
            passage.content, passage.lexical, passage.dense, passage.span,
        )  # fmt: skip
