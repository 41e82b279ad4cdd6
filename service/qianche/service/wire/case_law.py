"""The rules of a case on the wire: on the day of the accident and today, side by side."""

from __future__ import annotations

from qianche.indexing.rulebook.case_law import Basis, CaseLaw, CaseRule
from qianche.service.wire.citing import citation_record
from qianche.service.wire.found import Json
from qianche.service.wire.rules import stand_in_record

BASIS_LABELS: dict[Basis, str] = {"cited": "记录中引用", "matched": "系统匹配，非报告引用"}
UNREAD = "不能认出是哪一部规定。"
REMOVED = "现行版本中没有与之对应的条文。"
ABROAD = "事故发生在境外，当时适用当地法规，本库没有收录。系统匹配的是中国现行规定，只供对照。"


def case_law(law: CaseLaw) -> Json:
    """Return every rule of a case with its state on the day of the accident (`then`) and today (`now`)."""
    return {
        "id": law.case.case_id,
        "then": law.case.occurred_on.isoformat(),
        "now": law.today.isoformat(),
        "notice": ABROAD if law.abroad else None,
        "rules": [_rule(law, rule) for rule in law.rules],
    }


def _rule(law: CaseLaw, rule: CaseRule) -> Json:
    then, hit = law.case.occurred_on, rule.hit
    return {
        "basis": rule.basis,
        "basis_label": BASIS_LABELS[rule.basis],
        "text": rule.text,
        "notice": _notice(rule, abroad=law.abroad),
        "then": [citation_record(read.text, read.resolution, then) for read in rule.then],
        "now": [citation_record(read.text, read.resolution, law.today) for read in rule.now],
        "stand_in": stand_in_record(hit.rule, hit.held, hit.article, then)
        if hit is not None and hit.held is not None and not rule.of_the_day
        else None,
    }


def _notice(rule: CaseRule, *, abroad: bool) -> str | None:
    """Say why one of the sides is empty."""
    if not rule.then and not (abroad and rule.basis == "matched"):
        return UNREAD
    return REMOVED if not rule.now else None
