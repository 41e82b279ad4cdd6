"""Rules in forms met on public pages, in words of our own: whole files, with head and tree worked out by hand.

The tree is in the notation of `texts.shape`. `head` holds title, number and issuer; None where the file has none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OtherForm:
    """A file and what it holds. `annexes` are the beginnings of their labels or titles."""

    name: str
    text: str
    kind: str
    title: str
    tree: str
    number: str | None = None
    issuer: str | None = None
    annexes: tuple[str, ...] = ()
    contents: str = ""
    """Beginning of the contents, "" where the file has none."""
    says: tuple[str, ...] = ()
    file_name: str = "规则.txt"


PROCLAIMED = OtherForm(
    "a province's proclamation before its 条例, in Arabic digits",
    """某省第九届人民代表大会常务委员会公告
（第147号）
《某省渡口安全条例》已由某省第九届人民代表大会常务委员会第三十七次会议于2002年10月13日通过，现予公布，自2003年1月1日起施行。
某省人民代表大会常务委员会
2002年10月13日
某省渡口安全条例
（2002年10月13日某省第九届人民代表大会常务委员会第三十七次会议通过）
第1章 总则
第1条 为了保障渡口安全，制定本条例。
第2条 在本省设置渡口，适用本条例。
法律另有规定的，从其规定。
第2章 渡口
第3条 渡口应当有下列设施：
（1）护栏；
（2）照明。
第3章 附则
第4条 本条例自2003年1月1日起施行。
""",
    "act",
    "某省渡口安全条例",
    "章1(条1(款1) 条2(款1 款2)) 章2(条3(款1(项1 项2))) 章3(条4(款1))",
    number="某省第九届人民代表大会常务委员会公告第147号",
    issuer="某省人民代表大会常务委员会",
)

MANY_AMENDED = OtherForm(
    "a decision on several rules, each with the changes to it",
    """某省人民代表大会常务委员会关于修改部分地方性法规的决定
（2010年9月29日某省第十一届人民代表大会常务委员会第十七次会议通过）
某省第十一届人民代表大会常务委员会第十七次会议决定，修改下列地方性法规：
一、对下列不适应实际的法规进行修改
1.在《某省渡口安全条例》第七条中增加一项作为第六项：“夜间照明；”
第九条修改为：“渡口由县级人民政府批准。”
2.将《某省气象条例》第七条修改为：“设置观测站应当备案。”
二、对下列法规中关于处罚的规定进行修改
3.《某省燃气条例》第二十条删去“没收工具”。
本决定自公布之日起施行。
""",
    "amending",
    "某省人民代表大会常务委员会关于修改部分地方性法规的决定",
    "文 节段1(款1(项1) 款2 款3) 节段2(款1) 文",
    issuer="某省人民代表大会常务委员会",
)

ORDER_OF_AMENDMENT = OtherForm(
    "an order with a decision whose title takes two lines",
    """某国安全监督管理总局令
第42号
《某国安全监督管理总局关于修改〈生产事故罚款暂行规定〉部分条款的决定》已经2011年8月29日局长办公会议审议通过，现予公布，自2011年11月1日起施行。
局长　方某
二○一一年九月一日
某国安全监督管理总局关于修改《生产事故罚款
暂行规定》部分条款的决定
某国安全监督管理总局决定对《生产事故罚款暂行规定》部分条款作如下修改：
一、第五条第一款第三项修改为：“故意不如实报告时间、地点的，属于谎报。”
第四项修改为：“超过时限没有报告，查证属实的，属于瞒报。”
二、第十一条增加一款，作为第二款：“拒绝接受调查的，从重处罚。”
本决定自2011年11月1日起施行。
""",
    "amending",
    "某国安全监督管理总局关于修改《生产事故罚款暂行规定》部分条款的决定",
    "文 节段1(款1 款2) 节段2(款1) 文",
    number="某国安全监督管理总局令第42号",
    issuer="某国安全监督管理总局",
)

LOCAL_STANDARD = OtherForm(
    "a local standard with cover, contents, foreword, annexes and bibliography",
    """ICS 13.100
CCS C 65
DB99
某省地方标准
DB99/T 5338—2021
木工机械安全操作规程
Safety operation rules for woodworking machines
2021-03-02 发布
2021-04-02 实施
某省市场监督管理局　发布
目　次
前言……………………………………………………Ⅱ
1 范围……………………………………………………1
2 规范性引用文件………………………………………1
3 术语和定义……………………………………………1
4 风险辨识………………………………………………2
附录A（规范性）检查表…………………………………4
参考文献…………………………………………………5
前　言
本文件按照标准化工作导则的规定起草。
本文件由某省应急管理厅提出并归口。
木工机械安全操作规程
1 范围
本文件规定了木工机械的操作要求。
本文件适用于家具企业。
2 规范性引用文件
下列文件中的内容构成本文件必不可少的条款。
GB/T 15706 机械安全
3 术语和定义
3.1
木工机械 woodworking machine
加工木材的机械。
4 风险辨识
4.1机械伤害
4.1.1防护罩缺失。
4.1.2急停装置失效，有下列情形：
a）按钮损坏；
b）线路断开。
4.2粉尘
4.2.1除尘系统停用。
附　录　A
（规范性）
检查表
A.1 开机前检查护罩。
A.2 停机后清理木屑。
参 考 文 献
[1] GB 15577 粉尘防爆安全规程
""",
    "standard",
    "木工机械安全操作规程",
    "文 1(款1 款2) 2(款1 款2) 3(3.1(款1 款2)) 4(4.1(4.1.1(款1) 4.1.2(款1(项1 项2))) 4.2(4.2.1(款1)))",
    number="DB99/T 5338-2021",
    issuer="某省市场监督管理局",
    annexes=("附录A", "参考文献"),
)

CONSTRUCTION_CODE = OtherForm(
    "a construction code with explanations of its clauses numbered as the clauses are",
    """中华人民共和国国家标准
渡口工程施工安全标准
Standard for construction safety of ferry landings
GB 59999-2019
关于发布国家标准《渡口工程施工安全标准》的公告
现批准《渡口工程施工安全标准》为国家标准，编号为GB 59999-2019，自2019年12月1日起实施。
1 总则
1.0.1 为保障渡口工程施工安全，制定本标准。
1.0.2 本标准适用于内河渡口。
2 术语
2.0.1 渡口 ferry landing
供渡船靠岸的场所。
3 基本规定
3.1 一般规定
3.1.1 施工前应当编制方案。
3.1.2 水上作业人员必须穿救生衣。
3.2 设备
3.2.1 起重设备应当经过检验。
附录A 检查表
A.0.1 每日检查按表A.0.1填写。
本标准用词说明
1 为便于区别对待，用词说明如下：
1）表示很严格的：正面词采用“必须”；
2）表示严格的：正面词采用“应”。
引用标准名录
1 《起重机械安全规程》GB 6067
中华人民共和国国家标准
渡口工程施工安全标准
GB 59999-2019
条文说明
1 总则
1.0.1 本条说明制定的目的。
3 基本规定
3.1 一般规定
3.1.1 方案包括应急措施。
""",
    "standard",
    "渡口工程施工安全标准",
    "1(1.0.1(款1) 1.0.2(款1)) 2(2.0.1(款1)) 3(3.1(3.1.1(款1) 3.1.2(款1)) 3.2(3.2.1(款1)))",
    number="GB 59999-2019",
    annexes=("附录A", "本标准用词说明", "引用标准名录", "条文说明"),
)

COMPANY_SYSTEM = OtherForm(
    "a company's rules: articles with items 一、 and an article glued to the end of a paragraph",
    """安全档案管理制度
第一章 总 则
第一条 为使安全资料完整保存，制定本制度。
第二条 安全档案包括：
一、安全制度；
二、培训记录。第三条 档案实行两级管理。第四条 本制度适用于各项目部。
第二章 档案内容
第五条 法规和制度
一、法规每年收集一次。
二、安全文件：
1、发文；
2、收文。
第六条 本制度由安全部解释。
""",
    "act",
    "安全档案管理制度",
    "章1(条1(款1) 条2(款1(项1 项2)) 条3(款1) 条4(款1)) 章2(条5(款1(项1 项2(目1 目2))) 条6(款1))",
)

PLAN_UNDER_COVER = OtherForm(
    "a cover notice with a plan in decimal sections",
    """某县人民政府办公室关于印发某县生产安全事故应急预案的通知
某府办发〔2022〕44号
各乡、镇人民政府，县人民政府各工作部门：
《某县生产安全事故应急预案》已经县人民政府同意，现印发给你们，请认真抓好落实。
某县人民政府办公室
2022年6月22日
某县生产安全事故应急预案
1 总则
1.1编制目的
为规范应急处置，制定本预案。
1.2编制依据
依据有关法律法规制定。
2 组织体系
2.1指挥部
指挥长由县长担任。
2.2办公室
办公室设在县应急管理局。
3 附则
3.1预案管理
本预案由县应急管理局解释。
""",
    "standard",
    "某县生产安全事故应急预案",
    "1(1.1(款1) 1.2(款1)) 2(2.1(款1) 2.2(款1)) 3(3.1(款1))",
    number="某府办发〔2022〕44号",
    issuer="某县人民政府办公室",
)

CRITERIA = OtherForm(
    "a cover notice and criteria 一、二、 below a lead-in",
    """某部办公厅关于印发《木器行业重大事故隐患判定标准（试行）》的通知
某部安全函〔2023〕337号
各省、自治区、直辖市木器行业主管部门：
为准确判定重大隐患，某部制定了《木器行业重大事故隐患判定标准（试行）》，现印发给你们，请遵照执行。
某部办公厅
2023年12月1日
木器行业重大事故隐患判定标准（试行）
依据有关法律法规，以下情形应当判定为重大事故隐患：
一、喷漆间没有防爆电气的。
二、除尘系统停用仍在生产的。
三、有下列情形之一的：
（一）安全出口上锁的；
（二）仓库住人的。
""",
    "notice",
    "木器行业重大事故隐患判定标准（试行）",
    "文 节段1(款1) 节段2(款1) 节段3(款1(项1 项2))",
    number="某部安全函〔2023〕337号",
    issuer="某部办公厅",
)

FORMS = (
    PROCLAIMED,
    MANY_AMENDED,
    ORDER_OF_AMENDMENT,
    LOCAL_STANDARD,
    CONSTRUCTION_CODE,
    COMPANY_SYSTEM,
    PLAN_UNDER_COVER,
    CRITERIA,
)
