"""Golden documents of forms met last: bare words as headings, chapters and sections, news."""

from __future__ import annotations

from tests.corpus.reports.documents import Golden, piece

ELECTROPLATING = Golden(
    "section-like headings worded 发生的…",
    (
        piece("title", "南屏区鸿运电镀厂“5·30”中毒窒息死亡事故调查处理报告"),
        piece(
            "introduction",
            "2008年5月30日上午10时20分左右，南屏区鸿运电镀厂废水池发生一起中毒窒息死亡事故，造成3人死亡。",
            "根据《生产安全事故报告和调查处理条例》的规定，区政府成立了由安监、公安、监察、工会等部门组成的联合调查组，现将调查情况报告如下：",
        ),
        piece("background", "一、企业概况", "鸿运电镀厂位于南屏区工业大道，私营企业，现有员工62人。"),
        piece(
            "course",
            "二、事故发生的时间、地点及经过",
            "5月30日10时，工人谭某下到废水池捞取掉落的水泵时昏倒，池边两名工人先后下池救人也昏倒。",
            "10时35分，厂方报警。消防官兵11时到达现场，11时20分将三人救起。",
        ),
        piece("losses", "三、事故造成的伤亡及损失情况", "死亡3人，直接经济损失约105万元。"),
        piece(
            "direct_cause",
            "四、事故发生的原因",
            "（一）直接原因",
            "废水池积存硫化氢等有毒气体，谭某未采取防护措施下池作业。",
        ),
        piece("indirect_cause", "（二）主要原因", "1、厂方没有制定有限空间作业制度。"),
        piece("nature", "五、事故的性质", "经调查组认定，此次事故属于生产安全责任事故。"),
        piece(
            "responsibility",
            "六、事故责任的划分及处理意见",
            "1、厂长邱某，未履行职责，对事故负主要责任，建议处以罚款5万元。",
        ),
        piece("measures", "七、整改意见", "1、鸿运电镀厂停产整顿。"),
        piece("other", "南屏区“5·30”事故联合调查组", "二〇〇八年六月二十日"),
    ),
)

ACID = Golden(
    "nothing but bare words as headings",
    (
        piece("title", "硫酸储罐溢流灼伤事故"),
        piece(
            "course",
            "事情经过",
            "2011年3月某日夜班，操作工倪某接卸硫酸时离岗打盹，储罐液位计失灵，硫酸从溢流口喷出。",
            "倪某惊醒后去关阀门，脚踩酸液滑倒，臀部和双手被灼伤。",
        ),
        piece("direct_cause", "原因剖析", "倪某接卸期间离岗，未按规程监视液位，是直接原因。"),
        piece("indirect_cause", "液位报警长期失修，车间夜班检查流于形式，是间接原因。"),
        piece("lessons", "启示", "接卸作业离不得人，报警器坏一天也不行。"),
        piece("measures", "对策", "1. 增设高液位联锁。", "2. 接卸实行双人监护。"),
    ),
)

TUNNEL = Golden(
    "第一章 and 第一节",
    (
        piece("title", "远安市江口隧道“9·17”突泥涌水事故调查报告"),
        piece(
            "introduction",
            "前言",
            "2020年9月17日21时40分，江口隧道出口掌子面发生突泥涌水事故，造成6人死亡，直接经济损失1420万元。",
        ),
        piece(
            "background",
            "第一章 工程概况",
            "第一节 项目情况",
            "隧道全长4.2公里。",
            "第二节 参建单位",
            "施工单位为中岭隧道局。",
        ),
        piece(
            "course",
            "第二章 事故发生经过",
            "21时20分，掌子面出现掉块和渗水。21时40分，大量泥水涌出，冲毁台车。",
        ),
        piece(
            "response",
            "第三章 应急处置与评估",
            "第一节 应急处置",
            "省应急厅接报后启动二级响应，调集救援队伍9支，9月24日救援结束。",
            "第二节 应急评估",
            "信息报告迟缓。",
        ),
        piece(
            "direct_cause",
            "第四章 事故原因",
            "第一节 直接原因",
            "前方隐伏溶腔充填泥水，超前探测未发现，爆破后失稳涌出。",
        ),
        piece(
            "indirect_cause",
            "第二节 管理原因",
            "施工单位超前地质预报造假。",
            "第五章 有关单位存在的问题",
            "监理单位对超前预报未核验。",
        ),
        piece("responsibility", "第六章 责任追究", "建议对项目经理等11人追究刑事责任。"),
        piece("measures", "第七章 防范措施和建议", "第一节 强化超前预报", "必须做到不探不进。"),
    ),
)

BLAZE = Golden(
    "news of a fire",
    (
        piece(
            "introduction",
            "昨日下午3点左右，位于清河镇的一家塑料颗粒厂突发大火，现场浓烟滚滚。记者赶到时，消防员正在灭火。",
        ),
        piece(
            "course", "据工人介绍，起火时她正在二楼分拣，突然听到楼下有人喊着火了，跑到楼梯口时烟已经很大。"
        ),
        piece(
            "response", "消防部门接到报警后出动8辆消防车赶赴现场，经过两个多小时扑救，火势于5点20分被扑灭。"
        ),
        piece("losses", "截至记者发稿时，火灾共造成1人死亡、2人受伤，过火面积约400平方米。"),
    ),
)

GOLDEN_LATE = (ELECTROPLATING, ACID, TUNNEL, BLAZE)
