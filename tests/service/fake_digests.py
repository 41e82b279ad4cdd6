"""Digests of the hand-written knowledge base: of the invented rule, and of an invented one known by digests alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qianche.corpus.digests import Digest
from qianche.corpus.rules import Rule, RuleVersion

VENT_DIGEST = Digest(
    version_id="invented-rule@2020-05-01",
    place="3",
    label="第三条",
    gist="下池的人先通风再测气体。",
    said_as=("掀开盖子就下去了，没通风", "下池没带测气体的仪器"),
    duty_holders=("生产经营单位", "从业人员"),
    hazards=("通风不良",),
    penalties=("134-1",),
    major_hazard=False,
    basis="text",
    source="",
    read_on=date(2026, 11, 25),
)
JUDGED_ONCE = RuleVersion(
    rule_id="judged-rule",
    title="车间重大事故隐患判定办法",
    level="部门规章",
    issuer="某部",
    number="某部令第2号",
    version_date=date(2018, 1, 1),
    effective_from=date(2018, 3, 1),
    effective_to=date(2023, 5, 14),
    repealed_by="judged-rule@2023-04-14",
    replaces=None,
    article_count=None,
    text_source=None,
    verified="memory",
    version_date_verified="memory",
    evidence="",
    note="",
)
JUDGED_NOW = replace(
    JUDGED_ONCE,
    number="某部令第10号",
    version_date=date(2023, 4, 14),
    effective_from=date(2023, 5, 15),
    effective_to=None,
    repealed_by=None,
    replaces="judged-rule@2018-01-01",
    verified="page",
)
JUDGED = Rule(
    rule_id="judged-rule",
    short_titles=(),
    register_sectors=("综合",),
    sectors=("综合",),
    core=True,
    versions=(JUDGED_ONCE, JUDGED_NOW),
)
"""No text of it is held: its items are known by digests alone. It is found by asking for it, and listed by its name."""
DUST = replace(
    VENT_DIGEST,
    version_id="judged-rule@2023-04-14",
    place="3.2",
    label="第三条第（二）项",
    gist="车间里的粉尘没有按时清扫。",
    said_as=("横梁上的粉尘厚得能写字", "打磨台半个月没扫"),
    duty_holders=("生产经营单位",),
    hazards=(),
    penalties=(),
    major_hazard=True,
    basis="page",
    source="https://example.gov.cn/judged.html（经某处所录）",
)
DORMITORY = replace(
    DUST, place="3.1", label="第三条第（一）项", gist="宿舍和打磨车间在一栋楼里。", said_as=("车间楼上住人",)
)
MELT = replace(
    DUST, place="5.1", label="第五条第（一）项", gist="吊包经过有人的地方。", said_as=("铁水从头顶过",)
)
DUST_ONCE = replace(
    DUST,
    version_id="judged-rule@2018-01-01",
    place="4.1",
    label="第四条第（一）项",
    basis="memory",
    source="",
)
DIGESTS = (VENT_DIGEST, DORMITORY, DUST, MELT, DUST_ONCE)
