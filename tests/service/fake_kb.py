"""A hand-written knowledge base in memory: three invented accidents, an invented rule, and one known by digests alone.

It implements the protocol `KnowledgeBase` so that the wire can be tested exactly: a record fits where it
holds a word of the query. Nothing in it is a real accident or a real regulation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tests.service.fake_digests import DIGESTS, DUST, DUST_ONCE, JUDGED, JUDGED_NOW, JUDGED_ONCE, VENT_DIGEST

from qianche.corpus.cases import AccidentClass, Case, Grade, Place, Provenance, Toll
from qianche.corpus.digests import Digest, place_order
from qianche.corpus.digests.neighbours import digest_neighbours
from qianche.corpus.errors import ModelMissing, NotFound
from qianche.corpus.rules import Article, ArticleNumber, Heading, Item, Paragraph, Rule
from qianche.indexing.knowledge_base import ArticleView, CutWord, SegmentReport, Status
from qianche.indexing.search.answer import (
    Answer,
    CaseHit,
    EvidencePassage,
    Expansion,
    Kind,
    LegScore,
    Notice,
    QueryReading,
    RuleHit,
    Score,
    SearchRequest,
)

WORDS = ("有限空间", "硫化氢", "脚手架", "防护栏", "通风", "动火", "瓦斯", "粉尘")

TANK = Case(
    case_id="tank-2019",
    name="甲市食品厂“6·1”中毒和窒息事故",
    occurred_on=date(2019, 6, 1),
    occurred_at="14:20",
    place=Place("中国", "甲省", "乙市"),
    sector="工贸",
    industry="食品加工",
    work_kind="有限空间",
    accident_classes=(
        AccidentClass("gb6441-1986", "中毒和窒息", "source"),
        AccidentClass("gb6441-2025", None, "undecided", ("中毒", "窒息")),
    ),
    grade=Grade("较大", "computed"),
    toll=Toll(deaths=3, injured=1),
    activity="污水池清淤",
    initiating_event=None,
    direct_cause="有限空间内硫化氢积聚，下池前没有通风",
    management_failures=("没有审批",),
    failed_barriers=("气体检测",),
    equipment=(),
    substances=("硫化氢",),
    lessons=("先通风再作业。",),
    cited_rules=(),
    cause_basis="general",
    numbers_confirmed=False,
    confidence="medium",
    provenance=(
        Provenance("government", "https://example.gov.cn/1", linkable=True),
        Provenance("collection", "内部汇编 3", linkable=False),
    ),
)
SCAFFOLD = replace(
    TANK,
    case_id="scaffold-2005",
    name="丙县住宅楼“3·9”高处坠落事故",
    occurred_on=date(2005, 3, 9),
    occurred_at=None,
    place=Place("中国", "丁省", None, "丙县"),
    sector="建筑施工",
    industry="房屋建筑",
    work_kind="高处",
    accident_classes=(AccidentClass("gb6441-1986", "高处坠落", "source"),),
    grade=Grade("一般", "computed-retroactive"),
    toll=Toll(deaths=0, severe_injuries=1, injured=1, direct_loss_wan=12.5),
    activity=None,
    direct_cause="脚手架临边没有防护栏",
    management_failures=(),
    failed_barriers=("防护栏",),
    equipment=("脚手架",),
    substances=(),
    lessons=(),
    cause_basis="page",
    numbers_confirmed=True,
    confidence="high",
    provenance=(),
    note="两处来源的受伤人数不同。",
)
MINE = replace(
    TANK,
    case_id="mine-2011",
    name="戊矿“11·20”瓦斯事故",
    occurred_on=date(2011, 11, 20),
    place=Place("某国", None),
    sector="煤矿",
    industry="煤炭开采",
    work_kind="生产操作",
    accident_classes=(AccidentClass("coal-8", "瓦斯", "source"),),
    grade=None,
    toll=Toll(deaths=None),
    direct_cause=None,
    substances=("瓦斯",),
    cause_basis="memory",
)
CASES = {case.case_id: case for case in (TANK, SCAFFOLD, MINE)}

OLD = replace(
    JUDGED_ONCE,
    rule_id="invented-rule",
    title="池内作业规定",
    number="某部令第1号",
    version_date=date(2010, 1, 1),
    effective_from=date(2010, 3, 1),
    effective_to=date(2020, 6, 30),
    repealed_by="invented-rule@2020-05-01",
)
NEW = replace(
    OLD,
    number="某部令第9号",
    version_date=date(2020, 5, 1),
    effective_from=date(2020, 7, 1),
    effective_to=None,
    repealed_by=None,
    replaces="invented-rule@2010-01-01",
    article_count=134,
    text_source="laws.db",
    verified="text",
    version_date_verified="text",
)
RULE = Rule(
    rule_id="invented-rule",
    short_titles=("池规",),
    register_sectors=("综合",),
    sectors=("综合",),
    core=True,
    versions=(OLD, NEW),
)
VENT = Article(
    article_id="invented-rule@2020-05-01/3",
    version_id="invented-rule@2020-05-01",
    number=ArticleNumber(3),
    path=(Heading("章", "第一章 总则"),),
    text="下池前应当：\n（一）通风；\n（二）检测。",
    paragraphs=(Paragraph(1, 0, 20, (Item(1, "（一）", 7, 13), Item(2, "（二）", 14, 20))),),
)
LAST = Article(
    article_id="invented-rule@2020-05-01/134-1",
    version_id="invented-rule@2020-05-01",
    number=ArticleNumber(134, 1),
    path=(Heading("章", "第二章 附则"),),
    text="本规定自发布之日起施行。",
    paragraphs=(Paragraph(1, 0, 12),),
)
ARTICLES = (VENT, LAST)


class NothingImported:
    """A store that holds nothing of importing."""

    def get_record(self, collection: str, record_id: str) -> None:
        return None

    def get_records(self, collection: str, record_ids: Sequence[str]) -> list[None]:
        return [None] * len(record_ids)

    def iter_records(self, collection: str) -> Iterator[tuple[str, dict[str, object]]]:
        return iter(())


@dataclass
class FakeKnowledgeBase:
    """The knowledge base; the attributes let a test put it into a state."""

    home: Path = Path("/nowhere")
    store: NothingImported = field(default_factory=NothingImported)
    ready: bool = True
    model: str | None = "invented-model"
    coverage: float = 1.0
    failure: Exception | None = None
    """Raised by every search."""
    build_failure: Exception | None = None
    requests: list[SearchRequest] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def search(self, request: SearchRequest) -> Answer:
        if self.failure is not None:
            raise self.failure
        self.requests.append(request)
        words = tuple(w for w in WORDS if w in request.query)
        cases = [c for c in CASES.values() if _fits(c, request) and any(w in _story(c) for w in words)]
        hits = tuple(_case_hit(c, words, rank) for rank, c in enumerate(cases[: request.top_k], start=1))
        rules = _rule_hits(request, words) if "rule" in request.kinds else ()
        if "case" not in request.kinds:
            cases, hits = [], ()
        return Answer(
            reading=QueryReading(
                text=request.query,
                normalised=request.query,
                key_terms=words,
                expansions=(Expansion("下池", 0, 2, ("有限空间",)),)
                if request.query.startswith("下池")
                else (),
                engines=("lexical",) if self.model is None else ("lexical", "dense"),
            ),
            as_of=request.as_of,
            cases=hits,
            rules=rules,
            facets={k: self.facets(k) for k in request.kinds} if request.with_facets else {},
            totals={k: len(cases) if k == "case" else len(rules) for k in request.kinds},
            notices=self._notices(request, bool(hits), bool(rules)),
            took_ms=1.23456,
        )

    def similar_cases(self, case_id: str, top_k: int = 10) -> tuple[CaseHit, ...]:
        own = self.case(case_id)
        others = [c for c in CASES.values() if c is not own][:top_k]
        return tuple(_case_hit(c, (), rank) for rank, c in enumerate(others, start=1))

    def case(self, case_id: str) -> Case:
        if case_id not in CASES:
            raise NotFound(f"没有编号为“{case_id}”的事故案例。请核对编号，或改用检索。")
        return CASES[case_id]

    def rule(self, rule_id: str) -> Rule:
        if rule_id == JUDGED.rule_id:
            return JUDGED
        if rule_id != RULE.rule_id:
            raise NotFound(f"没有编号为“{rule_id}”的法规。请核对编号，或按名称查找。")
        return RULE

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        names = (RULE.title, *RULE.short_titles, "某部令第9号")
        fits = any(text in name for name in names) and level in (None, NEW.level)
        judged = (JUDGED,) if text and text in JUDGED.title else ()
        return (RULE, *judged) if fits else judged

    def articles(self, version_id: str) -> tuple[Article, ...]:
        return ARTICLES if version_id == NEW.version_id else ()

    def digests(self, version_id: str) -> tuple[Digest, ...]:
        return tuple(digest for digest in DIGESTS if digest.version_id == version_id)

    def article(self, rule_id: str, number: ArticleNumber, as_of: date) -> ArticleView:
        rule = self.rule(rule_id)
        version = rule.version_on(as_of) or rule.versions[-1]
        if rule is JUDGED:
            digests = self.digests(version.version_id)
            told = tuple(digest for digest in digests if place_order(digest.place)[0] == number)
            return ArticleView(rule, version, None, None, *digest_neighbours(digests, number), told)
        held = NEW
        for before, article, after in ((None, VENT, LAST), (VENT, LAST, None)):
            if article.number == number:
                return ArticleView(
                    rule,
                    version,
                    held,
                    article,
                    before.number if before else None,
                    after.number if after else None,
                    (VENT_DIGEST,) if article is VENT else (),
                )
        raise NotFound(
            f"《{version.title}》没有第{number.slug}条：最后一条是第一百三十四条之一。请核对条号。"
        )

    def facets(self, kind: Kind) -> dict[str, dict[str, int]]:
        if kind == "rule":
            return {"level": {"部门规章": 2}, "rule": {RULE.rule_id: 2}, "has_text": {"true": 2}}
        return {
            "sector": dict(Counter(c.sector for c in CASES.values())),
            "accident_class": {"中毒和窒息": 1, "高处坠落": 1, "瓦斯突出": 1},
            "equipment": {"脚手架": 1},
            "substances": {"硫化氢": 1, "瓦斯": 1},
            "province": {"甲省": 1, "丁省": 1, "某国": 1},
        }

    def segment(self, text: str) -> SegmentReport:
        at = text.find("通风")
        words = (CutWord("通风", at, at + 2, "measure"),) if at >= 0 else ()
        return SegmentReport(text, text, tuple(text), words, tuple(w.text for w in words), ())

    def status(self) -> Status:
        return Status(
            home=self.home,
            records_ready=self.ready,
            vector_coverage=self.coverage,
            model=self.model,
            cases=3,
            rules=1,
            rule_versions=2,
            articles=2,
            passages=9,
            generation=4,
            facts={"format": "1"},
            disk_bytes=1234,
            cases_by_cause_basis={"general": 1, "page": 1, "memory": 1},
            earliest_case=date(2005, 3, 9),
            latest_case=date(2019, 6, 1),
        )

    def build(self, *, force: bool = False, on_progress: object = None) -> None:
        self.build_records()
        self.build_vectors()

    def build_records(self, on_progress: object = None) -> None:
        self.calls.append("records")
        if self.build_failure is not None:
            raise self.build_failure
        self.ready = True

    def build_vectors(self, on_progress: object = None, cancelled: object = None) -> None:
        self.calls.append("vectors")
        if self.model is None:
            raise ModelMissing("本机没有语义模型。")
        if self.build_failure is not None:
            raise self.build_failure
        self.coverage = 1.0

    def close(self) -> None:
        self.calls.append("close")

    def _notices(
        self, request: SearchRequest, any_case: bool, any_rule: bool
    ) -> tuple[tuple[Notice, Kind | None], ...]:
        notices: list[tuple[Notice, Kind | None]] = []
        for kind, found in (("case", any_case), ("rule", any_rule)):
            if kind in request.kinds and not found:
                notices.append(("nothing-fits", "case" if kind == "case" else "rule"))
        if self.model is None:
            notices.append(("no-model", None))
        elif self.coverage < 1:
            notices.append(("vectors-pending", None))
        return tuple(notices)


def _story(case: Case) -> str:
    return f"{case.name}{case.direct_cause or ''}"


def _fits(case: Case, request: SearchRequest) -> bool:
    wanted = request.case_filters
    return (not wanted.sector or case.sector in wanted.sector) and (
        not wanted.year or case.occurred_on.year in wanted.year
    )


def _score(rank: int) -> Score:
    legs = (LegScore("lexical", "bm25_score", 12.3456789, rank), LegScore("dense", "cosine", 0.9, rank))
    return Score(rank=rank, fused_score=3.5 - rank, relevance=0.9, legs=legs)


def _case_hit(case: Case, words: tuple[str, ...], rank: int) -> CaseHit:
    text = case.direct_cause or case.name
    part = "direct_cause" if case.direct_cause else "name"
    marks = tuple((text.index(w), text.index(w) + len(w)) for w in words if w in text)
    evidence = (EvidencePassage(part, text, 0, len(text), marks),)
    return CaseHit(case, _score(rank), tuple(w for w in words if w in text), evidence)


def _rule_hits(request: SearchRequest, words: tuple[str, ...]) -> tuple[RuleHit, ...]:
    if "粉尘" in words:
        return _dust_hits(request)
    if "通风" not in words:
        return ()
    evidence = (EvidencePassage("item", "（一）通风；", 7, 13, ((3, 5),)),)
    told = (EvidencePassage("said_as", VENT_DIGEST.said_as[0], 0, 12, ((10, 12),)),)
    version = RULE.version_on(request.as_of) or NEW
    status = version.status(request.as_of)
    if version is OLD and "有限空间" not in words:
        return (RuleHit(RULE, OLD, None, None, None, status, _score(1), (), (), ()),)
    return (RuleHit(RULE, version, VENT, VENT_DIGEST, NEW, status, _score(1), ("通风",), evidence, told),)


def _dust_hits(request: SearchRequest) -> tuple[RuleHit, ...]:
    """The item on dust of the version of the day, found by its gist, and the one before it, where that is asked for."""
    found = []
    for version, digest in ((JUDGED_NOW, DUST), (JUDGED_ONCE, DUST_ONCE)):
        if version.in_force(request.as_of) or request.include_not_in_force:
            told = (EvidencePassage("gist", digest.gist, 0, 13, ((4, 6),)),)
            status, rank = version.status(request.as_of), len(found) + 1
            hit = RuleHit(JUDGED, version, None, digest, None, status, _score(rank), ("粉尘",), (), told)
            found.append(hit)
    return tuple(found)
