"""`qianche search` and `qianche segment`: a hazard in, cases and rules out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qianche.service.cli.options import AsOf, Json, Words, text_of

if TYPE_CHECKING:
    from qianche.indexing.knowledge_base import KnowledgeBase
    from qianche.indexing.search.answer import Answer, SearchRequest
    from qianche.service.cli.output import Waiting

_FILTERS, _CASES, _RULES = "筛选（可多次给出，满足其一即可）", "只筛选案例", "只筛选法规"
Filter = list[str] | None


def _filter(name: str, metavar: str, help: str, panel: str) -> Any:
    """Return a filter that may be given several times."""
    return typer.Option(name, metavar=metavar, help=help, rich_help_panel=panel)


def search(
    text: Words,
    kind: Annotated[str, typer.Option(metavar="case|rule|both", help="查案例、法规还是两样都查。")] = "both",
    as_of: AsOf = None,
    top: Annotated[str, typer.Option(metavar="数量", help="每一类最多几条，1 至 100。")] = "10",
    scope: Annotated[
        str, typer.Option(metavar="safety|all", help="法规范围：安全生产领域，或全部。")
    ] = "safety",
    sort: Annotated[
        str, typer.Option(metavar="relevance|date|deaths", help="案例按相关度、日期或死亡人数排序。")
    ] = "relevance",
    not_in_force: Annotated[
        bool, typer.Option("--include-not-in-force", help="也列出当日未施行或已失效的条款（会标明）。")
    ] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="语义向量还没有做完时不等，只按字词检索。")
    ] = False,
    json: Json = False,
    sector: Annotated[Filter, _filter("--sector", "行业", "行业领域，如 工贸。", _FILTERS)] = None,
    accident_class: Annotated[Filter, _filter("--class", "类别", "事故类别，如 高处坠落。", _CASES)] = None,
    grade: Annotated[Filter, _filter("--grade", "等级", "事故等级，如 较大。", _CASES)] = None,
    work_kind: Annotated[Filter, _filter("--work-kind", "作业", "作业类型，如 动火。", _CASES)] = None,
    equipment: Annotated[Filter, _filter("--equipment", "设备", "设备，如 塔式起重机。", _CASES)] = None,
    substance: Annotated[Filter, _filter("--substance", "物质", "物质，如 硫化氢。", _CASES)] = None,
    province: Annotated[Filter, _filter("--province", "省份", "省份，境外为国家。", _CASES)] = None,
    year: Annotated[Filter, _filter("--year", "年份", "事故年份。", _CASES)] = None,
    date_from: Annotated[str | None, _filter("--from", "年-月-日", "事故日期不早于。", _CASES)] = None,
    date_to: Annotated[str | None, _filter("--to", "年-月-日", "事故日期不晚于。", _CASES)] = None,
    deaths_min: Annotated[str | None, _filter("--deaths-min", "人数", "死亡人数不少于。", _CASES)] = None,
    deaths_max: Annotated[str | None, _filter("--deaths-max", "人数", "死亡人数不多于。", _CASES)] = None,
    level: Annotated[Filter, _filter("--level", "级别", "效力级别，如 法律。", _RULES)] = None,
    rule: Annotated[Filter, _filter("--rule", "编号", "法规编号，如 work-safety-law。", _RULES)] = None,
    has_text: Annotated[
        bool | None,
        typer.Option(
            "--has-text/--no-text", help="只要收录了正文的，或只要没有收录的。", rich_help_panel=_RULES
        ),
    ] = None,
) -> None:
    """用现场的话描述隐患，查相似的事故案例和当日适用的法规条款。"""
    given = {
        "query": text_of(text), "kinds": _kinds(kind), "as_of": as_of, "top_k": top, "scope": scope,
        "sort": sort, "include_not_in_force": not_in_force, "facets": json, "sector": sector,
        "accident_class": accident_class, "grade": grade, "work_kind": work_kind, "equipment": equipment,
        "substances": substance, "province": province, "year": year, "date_from": date_from,
        "date_to": date_to, "deaths_min": deaths_min, "deaths_max": deaths_max, "level": level, "rule": rule,
        "has_text": None if has_text is None else [has_text],
    }  # fmt: skip
    content = _answer({name: value for name, value in given.items() if value is not None}, wait=not no_wait)
    _show(content, json)


def segment(text: Words, json: Json = False) -> None:
    """看一段文字怎样切分，用到哪些词表。"""
    from qianche.indexing.search.understanding import check_query
    from qianche.service import wire
    from qianche.service.cli import opening, output, sheets

    asked = check_query(text_of(text))
    with opening.knowledge_base(opening.begin()) as base:
        content = wire.segment_report(base.segment(asked))
    if json:
        output.print_json(content)
    else:
        sheets.print_segments(output.screen(), content)


def _kinds(kind: str) -> list[str]:
    """Return the kinds that --kind names."""
    from qianche.service.questions import check_choice

    check_choice("kind", kind, ("case", "rule", "both"))
    return ["case", "rule"] if kind == "both" else [kind]


def _answer(given: dict[str, Any], *, wait: bool) -> dict[str, Any]:
    """Return the answer as the wire has it, after building what is missing."""
    from datetime import date

    from qianche.indexing.search.understanding import check_query
    from qianche.service import wire
    from qianche.service.cli import opening, output
    from qianche.service.questions import parameters, search_request

    settings = opening.begin()
    asked = parameters(given)
    check_query(asked.query)  # before a build that may take minutes
    with output.waiting("正在检索") as report, opening.knowledge_base(settings) as base:
        base.build_records(report)
        request = search_request(asked, base, date.today())
        answer = base.search(request)
        if wait and ("vectors-pending", None) in answer.notices:
            answer = _with_vectors(base, request, answer, report)
        return wire.search_answer(answer, _titles(base) if asked.facets else lambda _: None)


def _with_vectors(base: KnowledgeBase, request: SearchRequest, answer: Answer, report: Waiting) -> Answer:
    """Return the answer once all vectors are made; the one at hand where they cannot be made, and say why."""
    from qianche.corpus.errors import StoreError
    from qianche.service.cli.ending import complain

    try:
        base.build_vectors(report)
    except StoreError as error:
        complain(f"语义向量没有做完，结果只按已有的部分检索。{error.message}")
        return answer
    return base.search(request)


def _titles(base: KnowledgeBase) -> Any:
    """Return what gives the title of a rule by its id."""
    return {rule.rule_id: rule.title for rule in base.rules()}.get


def _show(content: dict[str, Any], json: bool) -> None:
    """Print an answer for a program or for a person."""
    from qianche.service.cli import cards, output

    if json:
        output.print_json(content)
    else:
        cards.print_answer(output.screen(), content)
