"""The hand-written knowledge base with the texts of two versions of its rule, and of an act that replaced another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tests.service.fake_kb import NEW, OLD, RULE, FakeKnowledgeBase

from qianche.corpus.errors import NotFound
from qianche.corpus.rules import Article, ArticleNumber, Rule
from qianche.corpus.statutes import parse_article

BEFORE = replace(OLD, text_source="imported")
AFTER = NEW
A, B = BEFORE.version_id, AFTER.version_id
WITHOUT_TEXT = replace(OLD, version_date=date(2005, 1, 1), repealed_by=A)
BOTH = replace(RULE, versions=(WITHOUT_TEXT, BEFORE, AFTER))

SUCCESSOR = replace(
    NEW, rule_id="tank-act", title="池内作业条例", version_date=date(2024, 1, 1), replaces=f"{B}; 某部令第3号"
)
TANK_ACT = replace(RULE, rule_id="tank-act", short_titles=(), versions=(SUCCESSOR,))
STRANGER = replace(
    RULE, rule_id="stranger", short_titles=(), versions=(replace(NEW, rule_id="stranger", title="锅炉规定", replaces=None),)
)  # fmt: skip

_BEFORE = (
    "下池作业应当先通风，再检测，并有两人监护。",
    "下池前应当备齐下列物品：\n（一）安全绳；\n（二）呼吸器。",
    "违反本规定第二条的，由主管部门责令改正，处一千元罚款。",
    "清淤车不得停在池边，停放时应当垫好三角木。",
    "本规定自2010年3月1日起施行。",
)
_AFTER = (
    "下池作业应当先通风，再检测，并有两人监护。",
    "化粪池的盖板应当上锁，<钥匙>由值班人员保管。",
    "下池前应当备齐下列物品：\n（一）安全绳；\n（二）正压式呼吸器；\n（三）对讲机。",
    "违反本规定第三条的，由主管部门责令改正，处一千元罚款。",
    "本规定自2020年7月1日起施行。",
)
TEXTS = {A: _BEFORE, B: _AFTER, SUCCESSOR.version_id: _AFTER[:2], f"stranger@{NEW.version_date}": _AFTER[:1]}


def articles(version_id: str) -> tuple[Article, ...]:
    """The articles of a version, none where its text is not held."""
    return tuple(
        Article(f"{version_id}/{n}", version_id, ArticleNumber(n), (), text, parse_article(text))
        for n, text in enumerate(TEXTS.get(version_id, ()), 1)
    )


@dataclass
class TwoTexts(FakeKnowledgeBase):
    """The knowledge base of these rules."""

    def rule(self, rule_id: str) -> Rule:
        found = {rule.rule_id: rule for rule in self.rules()}.get(rule_id)
        if found is None:
            raise NotFound(f"没有编号为“{rule_id}”的法规。请核对编号，或按名称查找。")
        return found

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        return (BOTH, TANK_ACT, STRANGER)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        return articles(version_id)
