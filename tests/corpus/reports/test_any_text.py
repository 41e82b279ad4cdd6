"""Whatever the text: no crash, every span inside the text, every value that claims to be a quotation is one."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reports.content_reports import Report, report

from qianche.corpus.reports import content
from qianche.corpus.reports.draft import Field, Finding, PartKind

PIECES = (
    "王某，", "李某某", "某化工有限公司", "（以下简称“甲公司”）", "建设单位：", "直接原因是", "间接原因：", "1.", "（一）",
    "一是", "二是", "建议给予", "党内警告处分", "（3人）", "未通风", "突然爆炸", "CO", "塔吊", "。", "；", "，", "\n", "“",
    "）", "《", "2 ", "煤矿", "在进行焊接作业时", "矿长", "罚款", "×", "4.2.1 ", "是事故的直接原因", " ", "安全带",
    "县应急管理局",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
KINDS = st.sampled_from(get_args(PartKind))
REPORTS = st.lists(
    st.tuples(
        KINDS,
        st.none() | st.sampled_from(["一、原因", "处理（2人）", "教训和措施："]),
        st.lists(TEXTS, max_size=3),
    ),
    max_size=4,
)
NORMALISED = ("find_substances",)
"""Functions whose value may be the usual name in place of the one written."""


def findings(name: str, case: Report) -> list[Finding[Any]]:
    found = getattr(content, name)(*case.args)
    return list(found.findings if isinstance(found, Field) else found)


@settings(max_examples=150, deadline=None)
@given(REPORTS)
def test_every_finding_lies_in_the_text_and_quotes_it(parts: list[Any]) -> None:
    case = report(*[(kind, heading, [t.replace("\n", " ") for t in texts]) for kind, heading, texts in parts])
    for name in (n for n in content.__all__ if n != "check_people"):
        for finding in findings(name, case):
            assert finding.spans
            assert all(0 <= s.start < s.end <= len(case.text) for s in finding.spans), name
            if isinstance(finding.value, str) and name not in NORMALISED:
                assert finding.value in case.text, name
                assert finding.value == finding.value.strip()
    assert all(isinstance(warning, str) for warning in content.check_people(*case.args))


def test_the_same_report_gives_the_same_findings_without_parts_too() -> None:
    case = report(("other", None, ["某矿发生事故。直接原因是顶板冒落。"]))
    bare = (case.document, case.span, ())
    assert content.find_direct_cause(*bare).value == "顶板冒落。"
    assert content.find_people(*bare) == ()
