"""Golden documents without the usual chapters: one paragraph, labels, English, numbered parts."""

from __future__ import annotations

from tests.corpus.reports.documents import Golden, piece

ENGLISH = Golden(
    "English headings",
    (
        piece(
            "title", "Collision of shunting locomotive with stationary wagons: accident investigation report"
        ),
        piece(
            "introduction", "Summary", "On 3 May 2014 a locomotive collided with wagons at the northern yard."
        ),
        piece("background", "Factual information", "The yard has eleven roads and one signal box."),
        piece("course", "What happened", "At about 0512 the driver accepted a movement onto road 7."),
        piece("direct_cause", "Findings", "The points were set for the wrong road."),
        piece("measures", "Safety action", "The operator issued a new instruction."),
        piece("annex", "Appendix A", "Layout of the yard."),
    ),
)

ONE_PARAGRAPH = Golden(
    "one paragraph only",
    (
        piece("introduction", "2009年10月15日，某水泥厂包装车间发生一起机械伤害事故，造成1人死亡。"),
        piece(
            "course",
            "当日上午10时许，清理工张某在皮带机运行时清理滚筒积料，右臂被卷入皮带与滚筒之间。",
            inline=True,
        ),
        piece("response", "工友发现后停机并拨打120，送往医院抢救无效死亡。", inline=True),
        piece("direct_cause", "事故的直接原因是张某在设备未停机的情况下违章清料。", inline=True),
        piece(
            "indirect_cause",
            "间接原因是车间安全教育不到位，皮带机防护罩缺失，管理人员未及时消除隐患。",
            inline=True,
        ),
        piece("nature", "经调查认定，这是一起责任事故。", inline=True),
        piece("measures", "为防止类似事故，应加强设备防护，严禁运行中清料。", inline=True),
    ),
)

UNHEADED = Golden(
    "paragraphs without any heading",
    (
        piece("title", "关于青沙码头“5·23”起重伤害事故情况的通报"),
        piece("introduction", "2018年5月23日，青沙码头有限公司3号泊位发生一起起重伤害事故，造成1人死亡。"),
        piece(
            "course",
            "当天8时30分，装卸工任某等4人在3号泊位卸钢管，门机司机起吊第六钩时，一根钢管滑出，砸中站在吊物下方的任某。",
        ),
        piece("response", "事故发生后，码头启动应急预案，将任某送往医院，经抢救无效死亡，善后工作已经结束。"),
        piece("direct_cause", "经分析，捆绑不牢、钢管滑落是事故发生的直接原因。"),
        piece("indirect_cause", "现场指挥缺位，吊装作业未设警戒区，安全培训不到位，是事故发生的间接原因。"),
        piece("lessons", "这起事故暴露出企业对吊装作业重视不够，教训十分深刻。"),
        piece("measures", "各单位要认真开展吊装作业专项检查，严格执行“十不吊”，坚决防止同类事故再次发生。"),
    ),
)

LABELLED = Golden(
    "labels with their text on the line, parts in another order",
    (
        piece("title", "案例：清罐作业氮气窒息"),
        piece("course", "事故经过：2012年7月4日，承包商两名工人进入刚用氮气置换的储罐清渣，先后昏倒。"),
        piece("losses", "事故后果：2人死亡。"),
        piece("direct_cause", "直接原因：进罐前未通风、未测氧含量。"),
        piece("indirect_cause", "管理原因：承包商管理缺失，作业票由他人代签。"),
        piece("lessons", "经验教训：惰性气体无色无味，置换合格不等于可以进人。"),
        piece("measures", "预防措施：执行受限空间作业“三不进入”。"),
    ),
)

NUMBERED_PARTS = Golden(
    "第一部分 and decimal numbers",
    (
        piece("title", "“2·28”铝粉尘爆炸事故技术报告"),
        piece(
            "introduction",
            "第一部分 引言",
            "2022年2月28日，安栗市永亮五金厂抛光车间发生铝粉尘爆炸事故，2人死亡、6人受伤。",
        ),
        piece(
            "background",
            "第二部分 基本情况",
            "2.1 企业概况",
            "永亮五金厂主要从事铝轮毂抛光，员工41人。",
            "2.2 除尘系统",
            "抛光车间设除尘器一台，管道长36米。",
        ),
        piece(
            "course",
            "第三部分 事故经过",
            "3.1 事故发生经过",
            "2月28日15时12分，除尘管道内先发生爆炸，随后冲击波扬起积尘，引发二次爆炸。",
        ),
        piece("response", "3.2 救援情况", "15时20分消防队到场，16时扑灭余火。"),
        piece("other", "第四部分 检验鉴定", "送检粉尘中位径28微米，最小点火能小于10毫焦。"),
        piece("direct_cause", "第五部分 原因分析", "5.1 直接原因", "除尘管道内积尘被抛光火花点燃。"),
        piece("indirect_cause", "5.2 间接原因", "未按规定清扫积尘，未设火花探测装置。"),
        piece("other", "第六部分 同类案例", "此前国内曾发生多起铝镁粉尘爆炸事故，造成重大伤亡。"),
        piece("measures", "第七部分 防范措施", "7.1 采用湿式除尘。", "7.2 每班清扫。"),
    ),
)

GOLDEN_SHORT = (ENGLISH, ONE_PARAGRAPH, UNHEADED, LABELLED, NUMBERED_PARTS)
