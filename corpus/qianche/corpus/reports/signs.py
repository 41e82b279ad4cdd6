"""The wordings that speak for an accident report or for a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HEAD_LINES = 12
"""How many lines at the start are looked at for a title, a number and a lead sentence."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording that speaks for a kind.

    `where`: in one of the first lines or the title, at line starts, or anywhere; `least`: how often it must occur.
    `example` is a text that the pattern matches, `unlike` one that it must not match.
    """

    kind: Literal["report", "rule"]
    weight: int
    where: Literal["head", "line", "text"]
    pattern: re.Pattern[str]
    reason: str
    example: str
    unlike: str
    least: int = 1


_CN = "[零〇一二三四五六七八九十百千\\d]+"
_RULE_NAMES = (
    "法|法典|条例|规定|办法|细则|规程|规范|标准|决定|通知|意见|指南|要点|目录|清单|导则|通则|准则|公告|方案|硬措施|批复|制度|范围"
    "|要求|规则|条件|大纲|预案|说明|解释|公报|令|通报"
)

SIGNS = (
    Sign(
        "rule", 4, "line", re.compile(rf"[*#>\s]*第\s*{_CN}\s*条(?!第|规定|的|之规定|[、和款])"),
        "有“第…条”条文", "第三条　企业应当建立档案。", "第三条规定，企业应当", least=3,
    ),
    Sign(
        "rule", 2, "line", re.compile(rf"[*#>\s]*第\s*{_CN}\s*[章编]\s*\S"),
        "分章", "第一章 总则", "第一次检查", least=2,
    ),
    Sign(
        "rule", 3, "line", re.compile(r"[*#>\s]*\d{1,2}(?:[.．]\d{1,2}){1,4}(?![\d%％年月])\s*[一-鿿《]"),
        "有标准的条文编号", "6.2.2.1 应设置护栏", "1.5%的瓦斯", least=8,
    ),
    Sign(
        "rule", 3, "head",
        re.compile(rf"^(?!.*事故.*通报$).*(?:{_RULE_NAMES})[》」]?(?:[（(][^（）()]{{1,24}}[）)])*[》」]?(?:使用指南)?$"),
        "标题是法规、标准或通知", "井下运输安全规程（试行）", "某煤矿“3·8”顶板事故调查报告",
    ),
    Sign(
        "rule", 3, "head", re.compile(r"关于(?!.*事故.*通报)[^。；]{4,80}的?(?:通知|意见|决定|公告|批复|函|通告)$"),
        "是关于某项工作的通知", "关于开展隐患排查的通知", "关于某厂爆炸事故的通报",
    ),
    Sign(
        "rule", 1, "head",
        re.compile(
            r"[\[［〔(（]\d{4}[\]］〕)）]\s*\d+\s*号|令\s*第?\s*[\d一二三四五六七八九十]+\s*号"
            r"|(?:GB|AQ|DB|JGJ|TSG|MT)\s*/?T?\s*\d{3,}"
        ),
        "文首有文号或标准号", "某安办〔2024〕17号", "（2024年）",
    ),
    Sign(
        "rule", 2, "text", re.compile(r"自.{2,24}起(?:正式)?(?:施|实|执)行|印发给你们|请.{0,10}(?:遵照|贯彻).{0,6}(?:执行|落实)"),
        "有施行或印发用语", "自2021年9月1日起施行", "施行日期不详",
    ),
    Sign(
        "rule", 2, "text", re.compile(r"现(?:将|就).{2,60}(?:通知|印发|公布|公告|提出)"),
        "是通知的行文", "现将有关事项通知如下", "现将伤者送往医院",
    ),
    Sign(
        "rule", 1, "text", re.compile(r"应当|不得|必须|应符合|严禁"),
        "多为规范用语", "不得擅自拆除", "没有人受伤", least=12,
    ),
    Sign(
        "report", 4, "head",
        re.compile(
            r"(?:事故|火灾|爆炸|事件)[^。；]{0,16}(?:调查报告|追查报告|分析报告|技术报告|案例|(?:情况)?的?通报|快报|原因分析|评估报告|始末)"
            r"(?:[（(].{1,20}[）)])?(?:\.\w{3,4})?$"
        ),
        "标题是事故报告", "某公司“3·8”机械伤害事故调查报告", "生产安全事故报告和调查处理条例",
    ),
    Sign(
        "report", 3, "head",
        re.compile(r"^(?!.*(?:条例|规定|办法|标准|预案|通知|意见|规程|规范))[^。；，]{4,60}(?:事故|火灾|爆炸)(?:案例)?$"),
        "标题说一起事故", "某氮肥厂液氨泄漏事故", "生产安全事故应急预案",
    ),
    Sign(
        "report", 3, "head",
        re.compile(
            r"(?:\d\s*日|[一二三四五六七八九十]日|\d{4}\s*年|昨日|今日|日前)[^。]{0,120}?(?:发生|突发|造成)[^。]{0,60}?"
            r"(?:事故|事件|火灾|大火|爆炸|坍塌|中毒|死亡|受伤|泄漏)"
        ),
        "开头写明何时发生事故", "2015年3月2日，某厂发生机械伤害事故", "事故发生后1小时内报告",
    ),
    Sign(
        "report", 2, "text",
        re.compile(
            r"(?:造成|致|导致)[^。；]{0,14}[\d一二三四五六七八九十两]+\s*(?:名|人)(?!以上|以下)[^。；，]{0,8}(?:死亡|受伤|遇难|重伤|中毒)(?!，?或者)"
        ),
        "写明伤亡人数", "事故造成3人死亡", "造成3人以上10人以下死亡",
    ),
    Sign(
        "report", 3, "text",
        re.compile(
            r"^\W*(?:[一二三四五六七八九十\d（(）)、.．]{0,5})?(?:事故|火灾|起火|爆炸)(?:发生)?的?\s*(?:直接|间接)原因(?:是|[:：。]|$)"
            r"|是(?:造成|导致)[^。]{0,6}(?:这|该|本|此)[起次][^。]{0,12}事故[^。]{0,8}的[^。]{0,6}原因",
            re.MULTILINE,
        ),
        "写明事故原因", "事故直接原因：吊索断裂", "查明事故直接原因和间接原因",
    ),
    Sign(
        "report", 2, "head",
        re.compile(
            r"(?:accident|incident|occurrence)\b.{0,60}\b(?:report|investigation)"
            r"|investigation.{0,80}(?:collision|failure|derailment|accident|fire)",
            re.IGNORECASE,
        ),
        "英文调查报告的标题", "Accident investigation report", "Annual report",
    ),
)  # fmt: skip
