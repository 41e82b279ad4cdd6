"""How the cause of a document is known: the right answers were given by hand before the texts were read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus.reports.documents import document

from qianche.corpus.reading.document import Span
from qianche.corpus.reports.case_drafts import case_drafts
from qianche.corpus.reports.cause_basis import Basis, cause_basis
from qianche.corpus.taking_in import take_in

WHAT = "2024年5月6日8时30分，安吉县青岭竹制品有限公司打磨车间发生火灾事故，造成2人死亡。"
CAUSE = "作业人员动火切割管道，火花引燃除尘管内的竹粉尘"
PARTS = ("一、事故经过", "当日工人甲动火切割管道。", "二、事故原因", "（一）直接原因", f"{CAUSE}。")


@pytest.mark.parametrize(
    ("paragraphs", "basis", "doubtful"),
    [
        (("安吉县青岭竹制品有限公司“5·6”火灾事故调查报告", WHAT, *PARTS), "report", False),
        (("安吉县青岭竹制品有限公司“5·6”火灾事故", "调 查 报 告", WHAT, *PARTS), "report", False),
        (("青岭竹制品“5·6”火灾事故调查报告（公开版）", WHAT, *PARTS), "report", False),
        (("青岭竹制品“5·6”火灾事故", WHAT, f"县政府成立事故调查组，经调查认定，直接原因是：{CAUSE}。"), "report", False),
        (("青岭竹制品“5·6”火灾事故", WHAT, f"事故调查组查明，直接原因是：{CAUSE}。"), "report", False),
        (("青岭竹制品“5·6”火灾事故调查报告公布", WHAT, f"直接原因是：{CAUSE}。"), "file", False),
        (("青岭竹制品“5·6”火灾事故", WHAT, f"事故调查组正在认定责任。直接原因是：{CAUSE}。"), "file", False),
        (("青岭竹制品“5·6”火灾事故", WHAT, f"经调查认定，直接原因是：{CAUSE}。"), "file", False),  # by nobody
        ((WHAT, f"直接原因是{CAUSE}。"), "file", False),
        (("青岭竹制品“5·6”火灾事故初步调查报告", WHAT, *PARTS), "preliminary", False),
        (("事故快报", WHAT, f"直接原因：{CAUSE}。"), "preliminary", False),
        (("关于青岭竹制品“5·6”火灾事故的通报", WHAT, f"经初步了解，事故直接原因是{CAUSE}。"), "preliminary", False),
        (("青岭竹制品“5·6”火灾事故", WHAT, f"调查组初步认定，直接原因是{CAUSE}。"), "preliminary", False),
        ((WHAT, f"直接原因是{CAUSE}。", "事故原因正在进一步调查中。"), "preliminary", False),
        (("青岭竹制品“5·6”火灾事故调查报告", WHAT, "一、事故经过", "当日工人甲动火切割管道。"), "absent", False),
    ],
)  # fmt: skip
def test_the_basis_of_a_cause(paragraphs: tuple[str, ...], basis: Basis, doubtful: bool) -> None:
    text = document(*paragraphs)
    [draft] = case_drafts(text, [Span(0, len(text.text))])
    assert cause_basis(text, draft) == (basis, doubtful)


def test_a_report_that_does_not_call_it_the_direct_cause_leaves_it_in_doubt() -> None:
    text = document(
        "青岭竹制品“5·6”火灾事故调查报告", WHAT, "二、事故原因", f"{CAUSE}。", "三、防范措施", "加强清扫。"
    )
    [draft] = case_drafts(text, [Span(0, len(text.text))])
    assert [f.sure for f in draft.direct_cause.findings] == [False]
    assert cause_basis(text, draft) == ("file", True)


def test_a_flash_report_as_a_file_is_preliminary(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_text(f"事故快报\n{WHAT}\n初步原因：{CAUSE}。\n", "utf-8")
    taken = take_in(path, "快报.txt")
    [draft] = taken.case_drafts
    assert cause_basis(taken.document, draft)[0] == "preliminary"
