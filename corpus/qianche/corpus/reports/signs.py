"""The wordings that speak for an accident report or for a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HEAD_LINES = 12
"""How many lines at the start are looked at for a title, a number and a lead sentence."""
TOP_LINES = 3
"""How many lines at the start are looked at for a title alone."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording that speaks for a kind.

    `kind` "other": a kind of text that is neither, however much it speaks of accidents. `where`: in one of the first
    lines or the title (`top`: in the very first), at line starts, or anywhere; `least`: how often it must occur.
    `example` is a text that the pattern matches, `unlike` one that it must not match.
    """

    kind: Literal["report", "rule", "other"]
    weight: int
    where: Literal["top", "head", "line", "text"]
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
# What names one accident: “3·14”, 某某公司, 发生; not 煤矿事故, 公司安全事故.
_NAMED = (
    r"(?:[“\"]\d{1,2}\s*[·•.．‧・-]\s*\d{1,2}[”\"]|\d·\d|[一-鿿]{4,}(?:公司|厂|工地|轮)|公司[^，。；]{0,10}发生"
    r"|发生[^，。；]{0,12}(?=事故|火灾|爆炸)|\d日)"
)
# A paper on one accident: 关于某厂“3·14”爆炸事故调查报告的批复, 关于子公司发生火灾的公告; not 关于吸取…事故教训的通知.
_ON_ONE = (
    r"(?!.*(?:吸取|汲取|加强|进一步|开展|做好|防范|预防|防止|规范|举一反三))"
    rf".*{_NAMED}[^，。；]{{0,40}}(?:事故|火灾|爆炸)(?:案|的?(?:技术)?调查报告|(?:调查)?(?:处理|处分|结案|问责|追责|责任追究)[^，。；]{{0,14}})?"
    r"[》”]?(?:[（(][^（）()]{1,20}[）)])?》?的?(?:有关|进展|调查|善后)?(?:情况)?的?"
    r"(?:批复|复函|函|公示|公告|通告|通知|通报|决定|意见|请示|说明|汇报|报告)$"
)
# 警情通报, 情况说明 say what they are about in their text only.
_BARE = "[^关]{0,20}(?:警情|情况)(?:通报|说明|公告)$"
# Figures and exercises have titles like those of reports: 上半年生产安全事故情况通报, 火灾事故演练评估报告.
_NOT_ONE = "统计|隐患|排查|检查|整治|培训|上半年|下半年|季度|月份|年度|全年|历年|近年|形势|演练|演习|风险|模板|范本|写作|格式"
# Titles that speak of accidents to come: 如何预防触电事故.
_TO_COME = (
    "防范|预防|防止|严防|谨防|避免|遏制|杜绝|减少|降低|如何|怎样|怎么|应对|应急|演练|演习|模拟|培训|知识|须知|手册|常识"
    "|统计|排查|典型|吸取|警惕|零|无|什么是|哪些|共发生|全国|全省|全市|全县"
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
        re.compile(rf"^(?!.*事故.*通报$)(?!{_ON_ONE})(?!{_BARE}).*(?:{_RULE_NAMES})[》」]?(?:[（(][^（）()]{{1,24}}[）)])*[》」]?(?:使用指南)?$"),
        "标题是法规、标准或通知", "井下运输安全规程（试行）", "某煤矿“3·8”顶板事故调查报告",
    ),
    Sign(
        "rule", 3, "head",
        re.compile(rf"关于(?!.*事故.*通报)(?!{_ON_ONE})[^。；]{{4,80}}的?(?:通知|意见|决定|公告|批复|函|通告)$"),
        "是关于某项工作的通知", "关于开展隐患排查的通知", "关于某厂爆炸事故的通报",
    ),
    Sign(
        "rule", 1, "head",
        re.compile(
            r"[\[［〔(（]\d{4}[\]］〕)）]\s*\d+\s*号|(?<![（(]国务院)令\s*第?\s*[\d一二三四五六七八九十]+\s*号"
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
            rf"^(?!.*(?:{_NOT_ONE})).*(?:事故|火灾|爆炸|事件)[^。；]{{0,16}}"
            r"(?:调查报告|追查报告|分析报告|技术报告|案例|(?:情况)?的?通报|快报|原因分析|评估报告|始末)"
            r"[》”]?(?:[（(].{1,20}[）)])?》?(?:的?公示)?(?:\.\w{3,4})?[\s\d年月日:：/.-]*$"
        ),
        "标题是事故报告", "某公司“3·8”机械伤害事故调查报告", "生产安全事故报告和调查处理条例",
    ),
    Sign(
        "report", 3, "head",
        re.compile(
            rf"^(?!.*(?:条例|规定|办法|标准|预案|通知|意见|规程|规范|{_TO_COME}))[^。；，]{{4,60}}(?:事故|火灾|爆炸)(?:案例)?$"
        ),
        "标题说一起事故", "某氮肥厂液氨泄漏事故", "生产安全事故应急预案",
    ),
    Sign(
        "report", 4, "head", re.compile(rf"关于{_ON_ONE}"),
        "是关于一起事故的公文", "关于某某化工公司“3·8”爆炸事故调查报告的批复", "关于规范事故调查报告批复工作的通知",
    ),
    Sign(
        "report", 3, "head",
        re.compile(r"(?:公布|发布|公开|披露|通报|批复)[^。]{0,12}《[^》]{4,80}(?:事故|火灾|爆炸)[^》]{0,16}调查报告[^》]{0,8}》"),
        "报道一份事故调查报告", "海事局公布《两船碰撞事故调查报告》", "公布《事故调查报告编写规范》",
    ),
    Sign(
        "report", 2, "text",
        re.compile(
            r"(?:造成|致|导致)[^。；]{0,14}[\d一二三四五六七八九十两]+\s*(?:名|人)(?!以上|以下)[^。；，,]{0,8}(?:死亡|受伤|遇难|重伤|中毒|失踪|失联|身亡)(?!，?或者)"
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
            r"(?:accident|incident|occurrence|fatality)\b.{0,60}\b(?:report|investigation)"
            r"|investigation.{0,80}(?:collision|failure|derailment|accident|fire)",
            re.IGNORECASE,
        ),
        "英文调查报告的标题", "Accident investigation report", "Annual report",
    ),
    Sign(
        "report", 2, "head",
        re.compile(
            r"^.{0,80}\b(?:dies|killed|electrocuted|crushed|drowns?|fatally injured|asphyxiated)\b.{0,80}$", re.IGNORECASE
        ),
        "英文标题写明伤亡", "Welder Dies in Vessel Explosion", "Annual report on safety",
    ),
    Sign(
        "other", 6, "top",
        re.compile(
            r"^.{0,60}(?:会议纪要|纪要|台账|一览表|登记表|讣告|悼词|保险条款|条款|说明书|使用手册|操作手册|月报|周报|季报|年报|工作总结"
            r"|年度总结|述职报告|工作报告|讲话|致辞|倡议书|公开信|演练|演习|演练(?:脚本|总结|报告|评估报告|简报)|应急预案"
            r"|培训(?:教材|课件|计划|资料|材料|讲义)|课件|试题|题库|报告(?:模板|范本|格式))$"
        ),
        "标题是会议、演练、培训、统计一类的材料", "安全生产例会会议纪要", "某厂“3·8”爆炸事故调查报告",
    ),
)  # fmt: skip
