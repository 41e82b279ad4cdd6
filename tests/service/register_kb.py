"""The hand-written knowledge base with the rules of the whole register in place of its invented one."""

from __future__ import annotations

from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import NotFound
from qianche.corpus.register import load_register
from qianche.corpus.rules import Article, Rule
from qianche.indexing.catalogue import find_rules

RULES = {rule.rule_id: rule for rule in load_register()}


class RegisterKnowledgeBase(FakeKnowledgeBase):
    """The hand-written base with the rules of the register, no text held."""

    def rule(self, rule_id: str) -> Rule:
        if rule_id not in RULES:
            raise NotFound(f"没有编号为“{rule_id}”的法规。请核对编号，或按名称查找。")
        return RULES[rule_id]

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        return find_rules(RULES.values(), text, sector, level)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        return ()
