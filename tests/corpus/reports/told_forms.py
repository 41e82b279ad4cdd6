"""Texts that tell one accident and have neither title nor parts of a usual report, in words of our own.

Each is a name, whether the kind is sure, and the paragraphs; places, companies, ships and persons are invented.
"""

from __future__ import annotations

TOLD_FORMS: tuple[tuple[str, bool, tuple[str, ...]], ...] = (
    ("title and date of issue in one line", True, (
        "柳溪安装工程有限公司“9.14”触电一般事故调查报告 2022-10-15",
        "2022年9月14日7时15分许，在柳溪环保公司车间旁，一名电工检修线路时碰到带电的电缆，导致触电。事故造成1人死亡。",
    )),
    ("a maritime report without a title, hours in four figures", True, (
        "一、事故概况",
        "（一）事故简况",
        "2015年12月6日约1400时，一艘无名钓鱼船载4人在青岬岛附近漏水，返港途中倾覆沉没。事故造成一名人员失踪。",
    )),
    ("a digest of a report on two ships", True, (
        "青岬海事局近日公布《“恒远8”轮与“青渔016”轮碰撞事故调查报告》。",
        "2024年4月3日零时17分左右,货船“恒远8”轮与渔船“青渔016”轮发生碰撞。渔船沉没，船上8名船员全部死亡。",
        "两船均未采取避碰行动，是导致碰撞的直接原因。",
    )),
    ("news of a cage that fell", True, (
        "记者从省政府获悉，2009年10月8日9时15分许，青石镇锡矿直井的罐笼因刹车失灵坠落。截至16时，已造成26人死亡，5人受伤。",
        "目前事故原因正在调查中。",
    )),
    ("news without the word accident in the sentence", False, (
        "11月30日，青原市输变电隧道工地清理渣土。11时40分许，洞口上沿突然涌出淤泥，将挖掘机司机陈某掩埋。次日陈某被救出，经医生鉴定后宣布死亡。",
        "区里成立了调查组。",
    )),
    ("a story over two paragraphs", False, (
        "2021年8月9日，临江县宏运建材厂的两名工人清理料仓。",
        "15时20分，仓壁积料突然坍塌，两名工人被埋，经抢救无效死亡。",
    )),
    ("a harmless fire", False, (
        "昨晚，城东一家纸箱厂起火，火势40分钟后被扑灭，未造成人员伤亡。",
    )),
    ("a reply of a government with its annex", True, (
        "柳溪县人民政府关于《柳溪县恒达公司“3·14”一般高处坠落事故调查报告》的批复",
        "柳府函〔2024〕31号",
        "现批复如下：",
        *(f"{n}、同意第{n}部分的意见。" for n in "一二三四五六七八九"),
        "附件",
        "柳溪县恒达公司“3·14”一般高处坠落事故调查报告",
        "2024年3月14日16时40分许，恒达公司更换采光板时发生一起高处坠落事故，造成1人死亡。",
    )),
    ("a reply without its annex", False, (
        "关于同意柳溪县恒达公司“3·14”高处坠落事故结案的批复",
        "同意调查组对事故原因的分析。",
    )),
    ("a notice that passes a report on", True, (
        "关于印发《恒达化工有限公司“5·6”爆炸事故调查报告》的通知",
        "2023年5月6日，恒达化工有限公司反应釜爆炸，造成2人死亡。",
    )),
    ("a company's announcement", True, (
        "恒达股份有限公司关于子公司发生安全事故的公告",
        "2023年5月6日，子公司恒达化工的反应釜检修时发生闪爆，造成2人死亡、1人受伤。",
    )),
    ("a note of the facts in the Chinese of a newspaper", False, (
        "【快讯】今晨，柳河大桥上两车相撞，3人受伤。",
    )),
    ("days in Chinese numerals", False, (
        "二〇〇三年九月十三日，青原机械厂防腐施工时煤气泄漏，三人中毒，抢救及时。",
    )),
    ("an English investigation of a fatality", True, (
        "FATALITY INVESTIGATION REPORT",
        "SUMMARY",
        "On June 4, 2018, a 52-year-old mechanic cut open a used barrel with a torch. The barrel exploded and struck him. "
        "He died two weeks later.",
        "RECOMMENDATIONS",
        "Clean barrels before any hot work.",
    )),
    ("an English story with a headline", True, (
        "Deckhand Killed When Winch Cable Breaks",
        "On 7 July 2011, a deckhand was struck by a parted cable and was pronounced dead at the clinic.",
    )),
    ("a report of a company to its office", True, (
        "关于“8·16”触电死亡事故的情况汇报",
        "8月16日10时，我公司临时工李某在拆电机线时触电，经抢救无效死亡。",
    )),
    ("a note of the police", False, (
        "警情通报",
        "2021年5月3日8时40分，一辆货车在青河大道与电动车相撞，电动车驾驶人当场死亡。案件正在办理。",
    )),
    ("an explanation of what the net says", False, (
        "关于网传某工地塔吊倒塌的情况说明",
        "5月3日14时许，柳河一工地塔吊顶升时倒塌，致3人受伤，均无生命危险。",
    )),
    ("a death without a count", False, (
        "高空作业无小事！这起坠落令人痛心",
        "2021年5月3日，外墙清洗工张某在青河广场坠落身亡。",
    )),
)  # fmt: skip
