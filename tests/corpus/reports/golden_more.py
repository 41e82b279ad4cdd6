"""More golden documents: older, shorter and odder forms."""

from __future__ import annotations

from tests.corpus.reports.documents import Golden, piece

COLONS = Golden(
    "headings with colons and the text behind them",
    (
        piece("title", "热轧厂天车司机触电死亡事故"),
        piece(
            "course",
            "一、事故简要经过：1998年7月19日16时，天车司机孔某未停电即检查滑线，右手触及带电滑线，当场触电身亡。",
        ),
        piece("direct_cause", "二、事故原因：", "1、孔某违反停送电制度，带电检查，是事故的直接原因。"),
        piece("indirect_cause", "2、车间对停送电制度执行情况检查不到位，管理不严，是事故的主要管理原因。"),
        piece("responsibility", "三、对事故责任者的处理：", "给予车间副主任行政记过处分。"),
        piece("measures", "四、防范措施：", "（1）重新修订停送电牌制度。", "（2）天车滑线加装护板。"),
    ),
)

OLD = Golden(
    "report of the nineties",
    (
        piece("title", "四号井“2.26”瓦斯爆炸事故调查报告"),
        piece(
            "introduction",
            "1996年2月26日3时20分，四号井东翼掘进头发生瓦斯爆炸事故，死亡6人，伤2人。现将事故情况报告如下：",
        ),
        piece("background", "一、矿井概况", "四号井为乡办煤矿，1988年投产，年产3万吨，低瓦斯矿井。"),
        piece(
            "course",
            "二、事故经过",
            "2月25日夜班，东翼停风两个班后，工人打开局扇送风，3时20分放炮时发生爆炸。",
        ),
        piece("response", "三、事故抢救", "矿山救护队4时10分入井，7时将遇难人员全部运出。"),
        piece(
            "direct_cause",
            "四、事故原因",
            "1、直接原因：停风积聚的瓦斯达到爆炸浓度，放炮母线明接头打火引爆。",
        ),
        piece("indirect_cause", "2、间接原因：", "（1）随意停风。", "（2）瓦检员空班漏检。"),
        piece("nature", "五、事故性质", "责任事故。"),
        piece("responsibility", "六、责任划分和处理意见", "1、矿长对事故负主要责任，建议撤销职务。"),
        piece("measures", "七、今后预防措施", "1、严禁无计划停风。"),
    ),
)

SPACED = Golden(
    "numbers parted from the title by a space",
    (
        piece("title", "“10·30”脚手架坍塌事故调查报告"),
        piece(
            "background",
            "1 工程概况",
            "1.1 工程基本情况",
            "综合楼工程地上9层，外脚手架为落地式双排架。",
            "1.2 参建单位情况",
            "施工单位为正磐建设有限公司。",
        ),
        piece("course", "2 事故经过", "10月30日13时50分，架体二步以上整体外倾，13时52分坍塌，架上5人坠落。"),
        piece(
            "losses",
            "3 事故损失",
            "3.1 人员伤亡情况",
            "2人死亡，3人轻伤。",
            "3.2 直接经济损失",
            "直接经济损失265万元。",
        ),
        piece("direct_cause", "4 事故原因", "4.1 直接原因", "连墙件被提前拆除，架体失稳。"),
        piece("indirect_cause", "4.2 间接原因", "4.2.1 未编制拆除方案。", "4.2.2 监理旁站缺失。"),
        piece("measures", "5 防范措施", "5.1 拆除作业须按方案逐层进行。"),
    ),
)

LENS_INLINE = Golden(
    "【】 inside one paragraph",
    (
        piece("title", "案例三 皮带机绞伤事故"),
        piece("course", "【事故经过】2017年6月，选煤厂司机郑某跨越运行中的皮带机，裤腿被卷入，左腿截肢。"),
        piece("direct_cause", "【直接原因】郑某违章跨越运行设备。", inline=True),
        piece("indirect_cause", "【间接原因】过桥损坏后两个月未修复。", inline=True),
        piece("measures", "【防范措施】立即修复过桥，增设拉绳开关。", inline=True),
    ),
)

COMPANIES = Golden(
    "companies as headings, causes and nature under one chapter",
    (
        piece("title", "云澜大桥施工“7·21”较大起重伤害事故调查报告"),
        piece(
            "introduction",
            "2013年7月21日10时40分，云澜大桥工程发生起重伤害事故，造成3人死亡、1人受伤，直接经济损失430万元。",
        ),
        piece(
            "background",
            "一、基本情况",
            "（一）工程建设手续办理情况",
            "大桥于2012年9月取得施工许可。",
            "（二）江北路桥集团有限公司",
            "施工单位，具有公路工程施工总承包一级资质。",
            "（三）明衡监理有限公司",
            "监理单位，派驻监理人员6名。",
            "（四）天气情况",
            "当日晴，风力2级。",
        ),
        piece(
            "course",
            "二、事故发生经过和事故救援情况",
            "10时40分，汽车吊吊装钢箱梁时支腿下陷，吊车倾覆，砸中梁下作业的4人。",
        ),
        piece("response", "事故发生后，项目部立即组织抢救，11时10分将伤者送往医院救治。"),
        piece("direct_cause", "三、事故原因和性质", "（一）直接原因", "吊车支腿未垫枕木，地基承载力不足。"),
        piece("indirect_cause", "（二）间接原因", "1．江北路桥未审批吊装方案。", "2．明衡监理未旁站。"),
        piece("nature", "（三）事故性质", "较大生产安全责任事故。"),
        piece(
            "responsibility",
            "四、事故责任的认定以及对事故责任者的处理建议",
            "（一）项目经理毛某，未落实整改措施，对事故负有主要责任，建议依法追究刑事责任。",
            "（二）防范措施落实不力的监理总监牛某，建议吊销注册证书。",
        ),
        piece("measures", "五、整改措施", "（一）严格吊装作业许可。"),
    ),
)

NOTICE = Golden(
    "accident notice with demands",
    (
        piece("title", "关于永济县宏达石料厂“11·03”坍塌事故的通报"),
        piece("introduction", "各乡镇人民政府、县直有关部门："),
        piece(
            "course",
            "一、事故基本情况",
            "11月3日9时20分，宏达石料厂采面上部岩体突然垮落，将2名装药工掩埋致死。",
        ),
        piece("lessons", "二、事故暴露出的主要问题", "（一）未按设计分台阶开采。", "（二）浮石清理不彻底。"),
        piece(
            "measures", "三、工作要求", "（一）立即组织排查高陡边坡。", "（二）对“一面墙”开采的一律停产整顿。"
        ),
    ),
)

HEADLESS = Golden(
    "no title, starts with the first chapter, time and place as headings",
    (
        piece("background", "一、企业详细名称、地址", "富民县东风鞭炮厂，富民县北门外。"),
        piece("introduction", "二、事故发生时间：2001年12月8日15时10分", "三、事故地点：装药工房"),
        piece("nature", "四、事故类别：火药爆炸"),
        piece("losses", "五、伤亡人员情况：死亡3人，重伤1人。"),
        piece("course", "六、事故经过", "15时10分，装药工乔某用铁铲铲药，摩擦起火，引爆工房内药料。"),
        piece("direct_cause", "七、事故原因", "直接原因：使用铁制工具铲装烟火药。"),
        piece("indirect_cause", "间接原因：超员超量生产，改变工房用途。"),
        piece("measures", "八、防范措施", "严禁使用铁制工具。"),
    ),
)

LATE_HEADINGS = Golden(
    "course before the first heading",
    (
        piece("title", "某热电厂锅炉灭火放炮事故"),
        piece("introduction", "1992年4月3日，某热电厂2号炉发生炉膛爆炸事故，水冷壁多处撕裂，停炉47天。"),
        piece(
            "course",
            "当日零时30分，司炉发现燃烧不稳，投油助燃未成，随后炉膛负压大幅摆动，看火孔无火。",
            "零时34分，司炉再次投油，炉膛突然爆炸，炉墙倒塌。",
        ),
        piece("direct_cause", "一、直接原因", "灭火后未吹扫即投油点火。"),
        piece("indirect_cause", "二、间接原因", "灭火保护长期退出运行。"),
        piece("measures", "三、对策", "灭火保护必须投入。"),
    ),
)

DOUBLY_LOST = Golden(
    "county form with automatic numbers and several short headings lost",
    (
        piece("title", "“6·11”触电事故调查报告"),
        piece(
            "introduction",
            "2022年6月11日10时许，白杨坪镇提水泵站改造项目发生一起触电事故，造成1人死亡，1人受伤，直接经济损失约150万元。",
            "县人民政府成立了事故调查组开展调查。",
        ),
        piece("nature", "经事故调查组认定，白杨坪镇“6·11”触电事故是一起一般生产安全责任事故。"),
        piece(
            "background",
            "事故涉及项目及单位基本情况",
            "项目基本情况：提水泵站改造项目2021年立项，合同价460万元。",
            "（一）宏渠水利工程有限公司（施工单位）。成立日期：2010年6月；法定代表人：龙某；注册资本：1000万元。",
            "（二）县水利工程建设中心（业主单位）。事业单位，现有编制12名。",
        ),
        piece(
            "course",
            "二、事故发生经过、应急救援和善后处置情况",
            "2022年6月11日9时，班长吴某安排石某、向某搬移水泵。10时许，二人抬泵时碰到破损电缆，先后倒地。",
        ),
        piece(
            "response",
            "（二）事故应急救援及信息报送情况",
            "10时06分接到报警后，镇卫生院救护车赶到现场，将二人送往医院，石某经抢救无效死亡。",
            "善后协调由镇政府牵头，已与家属达成赔偿协议。",
        ),
        piece(
            "losses",
            "三、事故伤亡人员和直接经济损失情况",
            "1.石某：男，本县人。",
            "（二）受伤人员：向某。",
            "（三）直接经济损失：约150万元。",
        ),
        piece("direct_cause", "（一）事故直接原因：电缆绝缘破损，未装漏电保护器，石某搬泵时触电。"),
        piece(
            "indirect_cause",
            "（一）宏渠水利工程有限公司。未严格执行临时用电规范，电工未对电缆进行检查，安全管理不到位。",
            "（二）县水利工程建设中心。对施工单位督促检查不力。",
        ),
        piece(
            "responsibility",
            "七、对事故相关责任人和有关单位的处理建议",
            "（一）吴某，班长，负有直接责任，建议由公司按规定处理。",
            "（二）宏渠公司，建议依法予以处罚。",
        ),
        piece(
            "lessons",
            "（一）临时用电管理混乱。现场无一机一闸。",
            "（二）安全防护措施不到位。未装漏电保护器。",
        ),
        piece(
            "measures",
            "（一）进一步健全临时用电制度。宏渠公司要配齐漏电保护器。",
            "（二）切实加强督促检查。县水利局要开展专项检查。",
        ),
    ),
)

WEB = Golden(
    "web article with bare numbers above its headings",
    (
        piece("title", "城北工业园“2·18”罐车爆燃事故"),
        piece(
            "introduction",
            "2015年2月18日9时26分，城北工业园内发生一起罐车爆燃事故，共造成2人死亡、4人受伤。",
            "一起来看当时的情况",
        ),
        piece(
            "course",
            "1",
            "事故经过",
            "2月18日9时，司机在园区路边用铁锤敲击罐体阀门，9时26分罐内甲醇蒸气爆燃。",
        ),
        piece("direct_cause", "2", "事故原因", "直接原因为：", "敲击产生火花，引燃泄漏的甲醇蒸气。"),
        piece(
            "indirect_cause",
            "间接原因为：",
            "（1）运输公司对挂靠车辆只收费不管理。",
            "（2）园区管委会巡查不到位。",
        ),
        piece(
            "responsibility",
            "3",
            "处理意见",
            "（一）司法机关已采取措施人员（2人）",
            "1.司机万某，被刑事拘留。",
        ),
    ),
)

HANDLED = Golden(
    "causes told apart item by item, handling of the victims",
    (
        piece("introduction", "2008年7月5日下午3时，县道旁发生一起烟花运输爆炸事故，一死两伤。"),
        piece("course", "(一)事故经过", "7月5日下午，个体司机卢某用农用车装运烟花，行至坡道时车厢爆炸。"),
        piece("direct_cause", "(二)事故原因的初步分析", "1、烟花装载不实，颠簸摩擦起火，是事故的直接原因。"),
        piece("indirect_cause", "2、烟花批发公司将货物交给无资质车辆运输，是事故的间接原因。"),
        piece(
            "response",
            "(三)事故处理情况",
            "事故发生后，县领导立即赶赴现场组织抢险救援，伤者送往医院救治。",
            "善后工作组与死者家属达成赔偿协议。",
        ),
    ),
)

GOLDEN_MORE = (
    COLONS, OLD, SPACED, LENS_INLINE, COMPANIES, NOTICE, HEADLESS, LATE_HEADINGS, DOUBLY_LOST, WEB, HANDLED,
)  # fmt: skip
