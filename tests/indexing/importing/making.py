"""Files, drafts and documents for the import tests, written for them; accidents, places and firms are invented.

A test file is a small JSON text; `take_in` stands in for the readers and builds what they would hand over. Its
sentences become the text, one a paragraph, and every finding points at the sentence that holds its value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from qianche.corpus import taking_in
from qianche.corpus.cases import AccidentClass, Case, Grade, Place, Provenance, Toll
from qianche.corpus.errors import BadRecord
from qianche.corpus.intake import Intake
from qianche.corpus.reading.document import Block, Document, Page, Span
from qianche.corpus.reports.draft import CaseDraft, Field, Finding, Moment, Part, Unit, Whereabouts
from qianche.corpus.rule_texts.draft import Node, RuleDraft
from qianche.corpus.rules import Rule, RuleVersion

DIM = 8
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def document(*paragraphs: str, pages: tuple[Page, ...] = ()) -> Document:
    """A text of these paragraphs on one page, unless other pages are given."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 1
    text = "\n".join(paragraphs)
    kept = sum(not c.isspace() for c in text)
    return Document("text", text, tuple(blocks), pages or (Page(1, 0, "text", None, "", kept, kept),))


def field(*values: Any, sure: bool = True, remark: str = "") -> Field[Any]:
    """A field of these values, each stated in the first sentence."""
    return Field(tuple(Finding(v, (Span(0, 4),), "sentence", sure, remark) for v in values))


def draft(text: str, **given: Any) -> CaseDraft:
    """A report of one accident: `day`, `deaths`, `place` (province, city, county), `firm`, and fields by name."""
    day, place = given.pop("day", "2024-05-06"), given.pop("place", ("浙江省", "湖州市", "安吉县"))
    deaths, firm = given.pop("deaths", 2), given.pop("firm", "安吉青岭竹制品有限公司")
    days = day if isinstance(day, list) else [day] if day else []
    tolls = deaths if isinstance(deaths, list) else [deaths] if deaths is not None else []
    made = CaseDraft(
        span=Span(0, len(text)),
        parts=(Part("course", Span(0, len(text))),),
        name=field(f"{firm}“{days[0][5:7].lstrip('0')}·{days[0][8:].lstrip('0')}”火灾事故" if days else firm),
        moment=field(*(Moment(date.fromisoformat(d), "08:30") for d in days)),
        place=field(*([Whereabouts("".join(p for p in place if p), *place)] if place else [])),
        sector=field("工贸"),
        work_kind=field("生产操作"),
        deaths=field(*tolls),
        units=(Finding(Unit(firm, "事故单位"), (Span(0, 4),), "sentence"),) if firm else (),
        direct_cause=field("粉尘遇火花起火"),
    )
    changes = {k: field(*v) if isinstance(v, list) else field(v) for k, v in given.items()}
    return replace(made, **changes)


def case(case_id: str, **given: Any) -> Case:
    """A bundled case."""
    day = date.fromisoformat(given.pop("day", "2024-05-06"))
    defaults: dict[str, Any] = {
        "name": "浙江安吉青岭竹制品“5·6”火灾事故",
        "place": Place("中国", "浙江省", "湖州市", "安吉县"),
        "deaths": 2,
    }
    values = defaults | given
    toll = Toll(values["deaths"], 0, None, values.get("injured"), values.get("loss"))
    return Case(
        case_id=case_id, name=values["name"], occurred_on=day, occurred_at=None, place=values["place"],
        sector="工贸", industry="竹制品", work_kind="生产操作",
        accident_classes=(AccidentClass("gb6441-1986", "火灾", "source"),),
        grade=Grade("一般", "computed"), toll=toll, activity="打磨", initiating_event="火花引燃粉尘",
        direct_cause="除尘不足", management_failures=("未清扫",), failed_barriers=(), equipment=("砂光机",),
        substances=("竹粉尘",), lessons=(), cited_rules=(), cause_basis="page", numbers_confirmed=True,
        confidence="high", provenance=(Provenance("collection", "自拟", False),),
    )  # fmt: skip


BUNDLED = (case("bundled-a"), case("bundled-b", day="2019-03-03"))
"""Two bundled accidents of different days."""


def file_text(**what: Any) -> str:
    """The content of a test file: `text` (paragraphs), `drafts` (arguments of `draft`), `rule`, `kind`, `fail`."""
    return json.dumps(what, ensure_ascii=False)


LEDGER = (
    "事故名称,发生时间,省,市,县,单位,受伤人数,直接原因",
    "青岭竹制品厂火灾事故,2024-05-06,浙江省,湖州市,安吉县,安吉青岭竹制品有限公司,2,除尘管积灰遇火花",
    "红松竹业厂机械伤害事故,2023-02-03,浙江省,湖州市,安吉县,安吉红松竹业厂,1,未停机清理",
    "白鹭纸品厂触电事故,2022-07-08,浙江省,湖州市,安吉县,安吉白鹭纸品厂,0,电线破损",
)
"""A table of accidents; what it heads 受伤人数 (column 7) are the dead. The first row is the case `case` makes."""


def ledger(*rows: str) -> bytes:
    """The bytes of a .csv of these rows, `LEDGER` where none are given."""
    return "\n".join(rows or LEDGER).encode()


def take_in(path: Path, name: str) -> Intake:
    """Read a test file: what the readers and the extraction would hand over; a .csv is read for real."""
    if name.endswith(".csv"):
        return taking_in.take_in(path, name)
    what = json.loads(path.read_text("utf-8"))
    if "fail" in what:
        raise BadRecord(what["fail"])
    if "crash" in what:
        raise RuntimeError("reader bug")
    pages = tuple(Page(n, 0, status, None, "", None, 0) for n, status in enumerate(what.get("pages", []), 1))
    text = document(*what["text"], pages=pages)
    drafts = tuple(draft(text.text, **given) for given in what.get("drafts", []))
    if (name_of := what.get("doubtful")) is not None:
        drafts = tuple(replace(d, **{name_of: _in_doubt(getattr(d, name_of))}) for d in drafts)
    make = notice_draft if what.get("notice") else rule_draft
    rule = make(text, what["rule"]) if "rule" in what else None
    kind = what.get("kind", "rule" if rule else "report")
    return Intake(text, kind, drafts, rule)


def _in_doubt(of: Field[Any]) -> Field[Any]:
    return Field(tuple(replace(f, sure=False, remark="识别不清") for f in of.findings))


def rule_draft(text: Document, title: str) -> RuleDraft:
    """A rule whose first paragraph is its title, a later `第…章` a chapter, the rest 条 of one 款 each."""
    body: list[Node] = []
    articles: list[Node] = []
    heading: Block | None = None
    number = 0

    def chapter() -> None:
        if heading is not None:
            label = text.text[heading.start : heading.end].split()[0]
            own = (Span(heading.start, heading.end),)
            body.append(Node("章", label, "1", own, tuple(articles)))
        else:
            body.extend(articles)
        articles.clear()

    for block in text.blocks[1:]:
        line = text.text[block.start : block.end]
        if line.startswith("第") and "章" in line[:4]:
            chapter()
            heading = block
        else:
            number += 1
            label = line.split()[0]
            own = Span(block.start, block.start + len(label))
            paragraph = Node("款", "", "1", (Span(own.end + 1, block.end),))
            articles.append(Node("条", label, str(number), (own,), (paragraph,)))
    chapter()
    head = (Span(text.blocks[0].start, text.blocks[0].end),)
    return RuleDraft("act", title, head[0], None, None, None, None, (), head, (), tuple(body), ())


def notice_draft(text: Document, title: str) -> RuleDraft:
    """A notice whose second paragraph is its section 一、."""
    head, block = text.blocks[:2]
    content = Node("款", "", "1", (Span(block.start + 3, block.end),))
    section = Node("section", "一、", "1", (Span(block.start, block.start + 2),), (content,))
    spans = (Span(head.start, head.end),)
    return RuleDraft("notice", title, spans[0], None, None, None, None, (), spans, (), (section,), ())


def rule(rule_id: str = "dust-rules", days: Iterable[str] = ("2020-01-01", "2023-01-01")) -> Rule:
    """A rule of the register without text."""
    title = "竹粉尘防爆规定" if rule_id == "dust-rules" else "双版规定"
    versions = tuple(
        RuleVersion(
            rule_id=rule_id, title=title, level="部门规章", issuer=None, number=None,
            version_date=date.fromisoformat(day), effective_from=date.fromisoformat(day), effective_to=None,
            repealed_by=None, replaces=None, article_count=None, text_source=None, verified="page",
            version_date_verified="page", evidence="自拟", note="",
        )
        for day in days
    )  # fmt: skip
    return Rule(rule_id, (), ("工贸",), ("工贸",), True, versions)


LONG = tuple(
    f"第{n}段写的是这家厂当天第{n}道工序：工人甲把第{n}批竹片送进砂光机，除尘管第{n}节积灰，班长乙没有停机清扫。"
    for n in range(1, 21)
)
"""Paragraphs of a report long enough for a comparison of texts."""
