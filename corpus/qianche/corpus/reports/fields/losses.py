"""Direct economic loss in 万元: only what the report calls direct; indirect, total and partial figures are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qianche.corpus.reports.draft import Field, Finding, FoundBy
from qianche.corpus.reports.fields.account import Account, Sentence
from qianche.corpus.reports.fields.numbers import FIGURE, read_figure

_WAN = {
    "": 1e-4,
    "十": 1e-3,
    "百": 1e-2,
    "千": 0.1,
    "万": 1.0,
    "十万": 10.0,
    "百万": 100.0,
    "千万": 1e3,
    "亿": 1e4,
}
_MONEY = (
    rf"(?P<about>约|近|大约|超过|逾|达)?(?:人民币|RMB)?[¥￥]?(?P<figure>{FIGURE})(?P<more>余|多)?"
    rf"(?P<unit>十万|百万|千万|亿|万|千|百|十)?(?P<more2>余|多)?(?P<tail>(?<=[余多])万)?"
    rf"(?:(?P<figure2>{FIGURE})(?P<unit2>千万|万|千|百)?)?(?P<more3>余|多)?"
    r"(?P<currency>元|圆|人民币|美元|港元|日元|欧元)(?!以上|以下)"
)
# Between the words and the figure: brackets, titles of standards, other words; no figure, no full stop.
_GAP = r"(?:\([^()]{0,60}\)|《[^》]{0,40}》|[^，。；\d¥￥壹贰叁肆伍陆柒捌玖])"
# Matches 直接经济损失1710万元, 直接经济损失(不含罚款)为165万元, 直接财产损失约3万元; not 间接经济损失.
_DIRECT = re.compile(
    rf"(?:直接(?:经济|财产)?损失|经济损失\(直接\)){_GAP}{{0,24}}?[，:]?(?:共计|合计|总计|约|计|为){{0,2}}{_MONEY}"
)
# Matches 1166万元的直接经济损失.
_REVERSED = re.compile(rf"{_MONEY}的?直接(?:经济|财产)?损失")
# Matches the label 经济损失：180万元.
_LABEL = re.compile(rf"(?:直接)?(?:经济|财产)?损失(?:情况)?[:|\t]{{1,2}}{_MONEY}")
# A figure in the sentence after the heading 直接经济损失. Matches 经核定，共计165万元.
_UNDER_HEADING = re.compile(
    rf"^(?:[^。\d]{{0,40}}?(?:核定|统计|计算|认定|估算|评估|损失))[^。\d]{{0,20}}?{_MONEY}"
)
# The sum of a list of items. Matches 合计145.7万元; looked for where the first figure is that of an item.
_SUM = re.compile(rf"(?:合计|共计|总计)(?:金额)?(?:为|约){{0,2}}{_MONEY}")
_ITEM = re.compile("费|赔偿|抚恤|补偿|丧葬|设备|医疗")
_INDIRECT = "间接"
_HEADING = re.compile("直接(?:经济|财产)?损失(?:情况)?[:。]?$")
_UNQUALIFIED = re.compile(rf"(?<!直接)(?<!间接)(?:经济|财产)损失(?:约|共|为|达|:)?{_MONEY}")
_NOT_THIS = re.compile(
    "曾|此前|历史上|历史事故|同类|类似|以往|监管企业|先后发生|可能造成|第[一二三四五六七八九十百]+条|预案"
)
_REMOTE = ("measures", "lessons", "background")


@dataclass(frozen=True, slots=True)
class LossReading:
    """The field, and Chinese warnings about it."""

    field: Field[float]
    warnings: tuple[str, ...] = ()


def find_loss(account: Account) -> LossReading:
    """Return the direct loss in 万元; 约, 余 and 多 are told in the remark.

    A loss not called direct is no finding but a warning, and so is one in another currency.
    """
    findings: list[Finding[float]] = []
    warnings: list[str] = []
    for sentence in account.sentences:
        for finding in _of_sentence(account, sentence):
            known = next((i for i, f in enumerate(findings) if f.value == finding.value), None)
            if known is None:
                findings.append(finding)
            else:
                findings[known] = replace(findings[known], spans=(*findings[known].spans, *finding.spans))
    if not findings:
        warnings = _unqualified(account)
    return LossReading(Field(tuple(findings)), tuple(warnings))


def _of_sentence(account: Account, sentence: Sentence) -> list[Finding[float]]:
    """The direct losses that a sentence states."""
    text = sentence.text
    if _NOT_THIS.search(text) or (sentence.kind in _REMOTE):
        return []
    if sentence.kind == "labels" and (label := _LABEL.match(text)):
        return _finding(label, sentence, "label")
    found = _DIRECT.search(text) or _REVERSED.search(text)
    if found is None and _follows_heading(account, sentence):
        found = _UNDER_HEADING.search(text) or (_SUM.search(text) if _INDIRECT not in text else None)
    if found and (total := _sum_of_items(text, found)):
        found = total
    return _finding(found, sentence, "sentence") if found else []


def _sum_of_items(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """The 合计 of the items that follow the word, where the figure found is that of the first item."""
    words = re.sub(r"\([^()]*\)", "", text[found.start() : found.start("figure")])
    total = _SUM.search(text, found.end())
    if total is None or not _ITEM.search(words) or _INDIRECT in text[found.end() : total.start()]:
        return None
    return total


def _follows_heading(account: Account, sentence: Sentence) -> bool:
    """The sentence before is the heading 直接经济损失 alone."""
    return sentence.order > 0 and bool(_HEADING.search(account.sentences[sentence.order - 1].text))


def _finding(match: re.Match[str], sentence: Sentence, found_by: FoundBy) -> list[Finding[float]]:
    """The finding of a match; none where the money is not 元."""
    value = _wan(match)
    if value is None:
        return []
    about = match["about"] or match["more"] or match["more2"] or match["more3"]
    before = match.string[max(0, match.start("figure") - 3) : match.start("figure")]
    remark = "约数" if about not in (None, "达") or "约" in before else ""
    return [Finding(value, (sentence.span(),), found_by, True, remark)]


def _wan(match: re.Match[str]) -> float | None:
    """The money of a match in 万元, None for another currency."""
    if match["currency"] not in ("元", "圆", "人民币"):
        return None
    figure = read_figure(match["figure"])
    rest = read_figure(match["figure2"]) if match["figure2"] else 0.0
    if figure is None or rest is None:
        return None
    unit = (match["unit"] or "") + (match["tail"] or "")
    value = figure * _WAN[unit] + rest * _WAN[match["unit2"] or ""]
    return round(value, 6)


def _unqualified(account: Account) -> list[str]:
    """A warning where the report gives a loss without saying that it is direct."""
    for sentence in account.sentences:
        match = _UNQUALIFIED.search(sentence.text)
        if match and sentence.kind not in _REMOTE and not _NOT_THIS.search(sentence.text):
            return [f"报告只写“{match[0]}”，没有说明是否为直接经济损失，未录入。请核对。"]
    return []
