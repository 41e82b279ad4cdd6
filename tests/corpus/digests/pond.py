"""An invented act of three articles, its register, and digest files for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from qianche.corpus.digests import Digest
from qianche.corpus.register import Register
from qianche.corpus.rules import Article, ArticleNumber, Rule, RuleVersion
from qianche.corpus.statutes import parse_article

VERSION = RuleVersion(
    rule_id="pond-law",
    title="水池安全规定",
    level="部门规章",
    issuer="某部",
    number="令第1号",
    version_date=date(2020, 1, 1),
    effective_from=date(2020, 3, 1),
    effective_to=None,
    repealed_by=None,
    replaces=None,
    article_count=3,
    text_source="laws.db",
    verified="text",
    version_date_verified="text",
    evidence="",
    note="",
)
TEXTS = (
    "进入污水池清理前应当先行通风并检测有毒气体浓度。",
    "进入污水池期间应当有专人在池口监护。",
    "违反本规定第一条的，处一万元罚款。",
)
HAZARDS = """
[[hazard]]
name = "未通风检测"
branch = "管理因素"
accident_types = ["中毒和窒息"]
also = ["没测气"]

[[hazard]]
name = "无人监护"
branch = "人的因素"
accident_types = ["中毒和窒息", "淹溺"]
"""
HEAD = 'rule = "pond-law"\nversion = "2020-01-01"\nbasis = "text"\nsource = ""\nread_on = 2026-11-25\n'
DIGEST = Digest(
    version_id="pond-law@2020-01-01",
    place="1",
    label="第一条",
    gist="清池子之前先吹风、再测气，数值合格了人才能下去。",
    said_as=("没测硫化氢就让人下化粪池", "鼓风机坏了还往下跳"),
    duty_holders=("生产经营单位",),
    hazards=("未通风检测",),
    penalties=("3",),
    major_hazard=False,
    basis="text",
    source="",
    read_on=date(2026, 11, 25),
)


def a_register(**changes: object) -> Register:
    """The register of the invented act and of a second one, dyke-law, both changed alike."""
    version = replace(VERSION, **changes)  # type: ignore[arg-type]
    other = replace(version, rule_id="dyke-law", title="堤坝安全规定")
    rules = (Rule(v.rule_id, (v.title,), ("综合",), ("综合",), True, (v,)) for v in (version, other))
    return Register(tuple(rules))


def articles(*texts: str) -> tuple[Article, ...]:
    """The articles of the invented act, by default TEXTS."""
    version_id = VERSION.version_id
    return tuple(
        Article(f"{version_id}/{n}", version_id, ArticleNumber(n), (), text, parse_article(text))
        for n, text in enumerate(texts or TEXTS, 1)
    )


def entry(
    no: str = "1",
    gist: str = DIGEST.gist,
    said_as: tuple[str, ...] = DIGEST.said_as,
    more: str = 'duty_holder = ["生产经营单位"]\nhazards = ["未通风检测"]\npenalty = ["3"]\n',
) -> str:
    """One entry of a digest file."""
    said = ", ".join(f'"{phrase}"' for phrase in said_as)
    return f'\n[[article]]\nno = "{no}"\ngist = "{gist}"\nsaid_as = [{said}]\n{more}'


def write(
    folder: Path, text: str = HEAD + entry(), *, hazards: str = HAZARDS, major: str | None = None
) -> Path:
    """Write the files that the loader reads, and return the folder."""
    for name in ("articles", "major_hazards"):
        folder.joinpath(name).mkdir(exist_ok=True)
    folder.joinpath("hazards.toml").write_text(hazards, encoding="utf-8")
    folder.joinpath("articles", "pond-law.toml").write_text(text, encoding="utf-8")
    if major is not None:
        folder.joinpath("major_hazards", "pond-law.toml").write_text(major, encoding="utf-8")
    return folder
