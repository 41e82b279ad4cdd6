"""How fast citations are found: `python -m tests.benchmarks.citations` prints the figures as a table.

CPU time of this process on one core, the best of several rounds, since other work on the machine only ever slows a
round down. The texts are written here. See docs/benchmarks.md.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from qianche.corpus.citations import find_citations, print_citation
from tests.benchmarks.search import Row, load, machine, print_table, verdict

FORMS = (
    "《安全生产法》第三十六条第一款", "安法36条", "第六十条第一款第（二）项", "《安全生产法》第四十一条第二款（节选）",
    "第三条（二）",
    "第三十三条第三、四款", "《消防法》第十二条第一款第（三）项（连同引导语）", "《刑法》第一百三十四条之一", "令10号第四条",
    "应急管理部令第4号第十三条、第十五条", "GB 30871-2022 5.2.3", "6.2.2.1", "第7.1.2条", "AQ1020—2008", "国务院令493号",
    "本法第二十一条", "前款规定", "《安全生产法》第三＋六条", "GB 3O871-2022",
)  # fmt: skip
"""One citation each: the forms that people write, and two that recognition spoilt."""
CALLS = 2_000
ROUNDS = 9
BAR = 20_000
"""Citations a second on one core."""
LONG_BYTES = 100_000
_SENTENCES = (
    "某矿掘进工作面未按作业规程施工，现场没有专人监护，作业人员未佩戴自救器。",
    "事故发生后，企业负责人组织人员进入采空区附近抢险，没有先行检测气体浓度，导致伤亡扩大。",
    "安全管理部门对外包队伍的资质审核流于形式，第三条运输巷的皮带机长期带病运行。",
    "（一）直接原因：操作人员在设备没有停电、没有挂牌的情况下进入机内清理积料。",
    "上述行为违反了{}的规定，对事故发生负有管理责任。",
    "依据{}，建议由主管部门给予行政处罚。",
    "《二号岗位操作规程》没有修订，《安全生产责任制》没有落实到班组。",
)
"""Two of seven sentences cite; the rest holds what only looks like it."""
_MANY_TITLES = tuple(
    f"《{kind}第{n}类设备管理办法》第{n}条" for kind in ("起重", "输送") for n in range(1, 60)
)


def seconds(texts: Sequence[str], calls: int) -> float:
    """CPU seconds of one call for each text, the best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(calls):
            for text in texts:
                find_citations(text)
        best = min(best, time.process_time() - started)
    return best / calls


def long_text(size: int = LONG_BYTES, seed: int = 6) -> str:
    """Text like a report's, of so many bytes in UTF-8: sentences of our own with a citation in some of them."""
    chosen = random.Random(seed)
    named = [form for form in FORMS if form not in ("前款规定", "6.2.2.1", "第7.1.2条", "第三条（二）")]
    sentences: list[str] = []
    length = 0
    while length < size:
        citation = chosen.choice((*named, *chosen.sample(_MANY_TITLES, 8)))
        sentence = chosen.choice(_SENTENCES).format(citation)
        sentence += "\n" if chosen.random() < 0.3 else ""
        sentences.append(sentence)
        length += len(sentence.encode())
    return "".join(sentences)


def main() -> None:
    """Print the table."""
    for form in FORMS:
        assert len(find_citations(form)) == 1, form
    print(f"{machine()}; load {load()}\n")
    took = {form: seconds([form], CALLS) for form in FORMS}
    rows: list[Row] = [(form, f"{1 / spent:,.0f} a second", "", "") for form, spent in took.items()]
    mean = len(FORMS) / sum(took.values())
    rows.append(
        (
            f"all {len(FORMS)}, one after the other",
            f"{mean:,.0f} a second",
            f"≥ {BAR:,}",
            verdict(mean >= BAR),
        )
    )
    printed = [citation for form in FORMS for citation in find_citations(form)]
    started = time.process_time()
    for _ in range(CALLS):
        for citation in printed:
            print_citation(citation)
    rows.append(
        ("printing them", f"{CALLS * len(printed) / (time.process_time() - started):,.0f} a second", "", "")
    )
    text = long_text()
    spent, found = seconds([text], 1), len(find_citations(text))
    rows.append(
        (
            f"a report of {len(text.encode()) / 1000:.0f} kB ({len(text):,} characters, {found:,} citations)",
            f"{len(text) / spent / 1e6:.1f} million characters, {found / spent:,.0f} citations a second",
            f"≥ {BAR:,} citations",
            verdict(found / spent >= BAR),
        )
    )
    print_table(rows)


if __name__ == "__main__":
    main()
