"""More rules in forms met on public pages; see `other_forms`."""

from __future__ import annotations

from tests.corpus.rule_texts.other_forms import FORMS, OtherForm

BILINGUAL = OtherForm(
    "Chinese and English in turn",
    """渡口安全规定
Provisions on the Safety of Ferry Landings
第一章 总则
Chapter I General Provisions
第一条 为了保障渡口安全，制定本规定。
Article 1 These Provisions are made for safety.
第二条 渡口应当有下列设施：
Article 2 A landing shall have the following facilities:
（一）护栏；
(1) railings;
（二）照明。
(2) lighting.
第二章 附则
Chapter II Supplementary Provisions
第三条 本规定自2015年1月1日起施行。
Article 3 These Provisions shall come into force on January 1, 2015.
""",
    "act",
    "渡口安全规定",
    "章1(文 条1(款1) 条2(款1(项1 项2))) 章2(文 条3(款1))",
)

SEVERAL_ATTACHED = OtherForm(
    "an order with two rules",
    """某部令
第12号
现公布《渡口检查规定》和《渡工考核办法》，自2012年3月1日起施行。
部长　方某
2012年1月5日
渡口检查规定
第一条 为了规范检查，制定本规定。
第二条 检查每季度一次。
第三条 本规定自2012年3月1日起施行。
渡工考核办法
第一条 为了规范考核，制定本办法。
第二条 考核每年一次。
第三条 本办法自2012年3月1日起施行。
""",
    "act",
    "渡口检查规定",
    "条1(款1) 条2(款1) 条3(款1)",
    number="某部令第12号",
    issuer="某部",
    annexes=("渡工考核办法",),
    says=("重新编号",),
)

TITLED_ARTICLES = OtherForm(
    "a draft whose articles have titles in brackets of two kinds",
    """某市渡口安全管理办法（征求意见稿）
第一条【目的和依据】为了保障渡口安全，制定本办法。
第二条【适用范围】本市渡口适用本办法。
第三条（职责分工）交通部门负责监督。
镇人民政府负责日常检查。
第四条（施行日期）本办法自2026年1月1日起施行。
""",
    "act",
    "某市渡口安全管理办法（征求意见稿）",
    "条1(款1) 条2(款1) 条3(款1 款2) 条4(款1)",
)

RESTARTING = OtherForm(
    "a company's rules whose articles begin anew in every chapter",
    """木工车间安全管理制度
第一章 总则
第一条 为保障车间安全，制定本制度。
第二条 本制度适用于木工车间。
第二章 设备
第一条 锯机应当有护罩。
第二条 停机后拉下闸刀。
第三条 每周检查一次。
第三章 奖惩
第一条 违反本制度的，罚款五十元。
第二条 全年没有事故的，奖励班组。
""",
    "act",
    "木工车间安全管理制度",
    "章1(条1(款1) 条2(款1)) 章2(条1(款1) 条2(款1) 条3(款1)) 章3(条1(款1) 条2(款1))",
    says=("各章",),
)

CHAPTERS_OF_SECTIONS = OtherForm(
    "chapters whose units are 一、二、, anew in every chapter",
    """锅炉房安全操作规程
第一章 点火前检查
一、检查水位，水位应当在正常线。
二、检查安全阀。
第二章 运行
一、每小时记录一次压力。
二、发现下列情况应当停炉：
（一）水位看不见；
（二）安全阀失灵。
第三章 停炉
一、缓慢降压。
二、关闭主汽阀。
""",
    "notice",
    "锅炉房安全操作规程",
    "章1(节段1(款1) 节段2(款1)) 章2(节段1(款1) 节段2(款1(项1 项2))) 章3(节段1(款1) 节段2(款1))",
)

TECHNICAL_CODE = OtherForm(
    "a technical code of decimal sections with items (1), and an annex with clauses A1",
    """特种设备安全技术规范 TSG 9999-2016
渡缆安全技术监察规程
1 总则
1.1 目的
为了保障渡缆安全，制定本规程。
1.2 适用范围
1.2.1 一般规定
本规程适用于下列渡缆：
（1）载人渡缆；
（2）载货渡缆。
1.2.2 特殊规定
临时渡缆参照执行。
2 材料
2.1 基本要求
钢丝绳应当有质量证明书。
附件A
检验项目
A1 外观检查
表面不得有裂纹。
A2 载荷试验
""",
    "standard",
    "渡缆安全技术监察规程",
    "1(1.1(款1) 1.2(1.2.1(款1(项1 项2)) 1.2.2(款1))) 2(2.1(款1))",
    number="TSG 9999-2016",
    annexes=("附件A",),
)

ONE_AND_TWO = OtherForm(
    "a notice with 一是二是 and a date in ○",
    """某市安全生产委员会办公室关于开展消防隐患普查的通知
某安办发[2006]25号
各区县（自治县、市）人民政府，市政府各部门，有关单位：
经市政府同意，现就有关事项通知如下：
一、工作目标
通过普查，一是摸清底数，二是消除隐患，三是落实责任。
二、普查范围
（一）商场。
（二）学校。
三、工作要求
一是加强领导。各区县要成立小组。
二是严格执法。对不整改的依法处罚。
二○○六年十月二十六日
""",
    "notice",
    "某市安全生产委员会办公室关于开展消防隐患普查的通知",
    "文 节段1(款1) 节段2(款1(项1 项2)) 节段3(款1 款2)",
    number="某安办发〔2006〕25号",
    issuer="某市安全生产委员会办公室",
)

LAW_PAGE = OtherForm(
    "a page of a law site with its data sheet and tools",
    """<html><head><meta charset="utf-8"><title>某市渡口办法_法规库</title></head><body>
<div>用户名 <input> 密码 <input> 记住我 <a href="/in">加入收藏</a></div>
<div><a href="/">网站首页</a> <a href="/a">法律咨询</a> <a href="/b">找律师</a> <a href="/c">法规库</a></div>
<div>您的位置首页 &gt;&gt; 法规库 &gt;&gt; 法规正文</div>
<h1>某市渡口安全管理办法</h1>
<p>状态：有效　发布日期：2006-10-26　生效日期：2006-12-01</p><p>发布部门：某市人民政府</p><p>发布文号：某市人民政府令第88号</p>
<p>第一条　为了保障渡口安全，制定本办法。</p><p>第二条　渡口由镇人民政府管理。</p>
<p>第三条　本办法自2006年12月1日起施行。</p>
<div><a href="/d">上一篇</a> <a href="/e">下一篇</a> <a href="/f">打印本页</a></div>
<div>网站地图 | 联系我们 | 版权所有</div></body></html>""",
    "act",
    "某市渡口安全管理办法",
    "条1(款1) 条2(款1) 条3(款1)",
    number="某市人民政府令第88号",
    issuer="某市人民政府",
    file_name="办法.html",
)

COMPANY_COLONS = OtherForm(
    "a company's rules 一：with decimals below, and a list of its parts before",
    """现场安全管理规定
为强化现场安全管理，制定本规定。
本规定由以下三部分组成：
一：总体方针
二：现场要求
三：其他条款
一：总体方针
1.1全体员工必须树立安全第一的方针。
1.2每周一召开安全例会。
二：现场要求
2.1进入现场必须戴安全帽。
2.2动火必须办证。
三：其他条款
3.1本规定由安全部解释。
""",
    "standard",
    "现场安全管理规定",
    "文 节段1(1.1(款1) 1.2(款1)) 节段2(2.1(款1) 2.2(款1)) 节段3(3.1(款1))",
)

OTHER_FORMS = (
    *FORMS,
    BILINGUAL,
    SEVERAL_ATTACHED,
    TITLED_ARTICLES,
    RESTARTING,
    CHAPTERS_OF_SECTIONS,
    TECHNICAL_CODE,
    ONE_AND_TWO,
    LAW_PAGE,
    COMPANY_COLONS,
)
